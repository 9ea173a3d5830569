"""In-memory stand-ins for `bot.talk.ports.Interactions`, `People` and `Photos`.

`tests/storage/test_contract.py` runs the same tests over these and over the real tables.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storage.types import Consent, Interaction, Status, StoredQuote, Who
from stylecode import key
from stylecode.witness import SURE_READING
from tests.fakes.past import FakePast


class FakeInteractions(FakePast):
    """Rows in a dict. `rows` and `kept_quotes` are open for tests to look at."""

    def __init__(self) -> None:
        super().__init__()
        self._last_id = 0

    async def begin(self, who: Who, event_key: str, now: datetime) -> tuple[Interaction, bool]:
        for row in self.rows.values():
            if row.who == who and row.event_key == event_key:
                return row, False
        self._last_id += 1
        row = Interaction(
            id=self._last_id,
            who=Who(who.channel, who.user),
            event_key=event_key,
            created_at=now,
            status=Status.READ,
            updated_at=now,
        )
        self.rows[row.id] = row
        return row, True

    async def get(self, interaction: int) -> Interaction | None:
        return self.rows.get(interaction)

    async def save(self, interaction: Interaction) -> None:
        old = self.rows.get(interaction.id)
        if old is not None:
            self.rows[old.id] = replace(
                interaction, who=old.who, event_key=old.event_key, created_at=old.created_at
            )

    async def latest(self, who: Who) -> Interaction | None:
        mine = self._of(who)
        return mine[0] if mine else None

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        newest = {  # later rows overwrite a person's earlier ones
            (row.who, barcode.text): row
            for row in sorted(self.rows.values(), key=lambda row: row.id)
            for barcode in row.barcodes
            if barcode.text in texts and row.code is not None
        }
        voices: dict[str, dict[Who, bool]] = {}
        shown: dict[str, str] = {}
        for (who, _), row in newest.items():
            code = row.code or ""
            first = row.current[0] if row.current else None
            other = first is not None and first.confidence >= SURE_READING
            doubted = other and first is not None and key(first.code) != key(code)
            people = voices.setdefault(key(code), {})
            people[who] = doubted and people.get(who, True)
            shown[key(code)] = min(code, shown.get(key(code), code))
        return {
            shown[name]: len(people)
            for name, people in voices.items()
            if len(people) > 1 or not all(people.values())
        }

    async def known_codes(self, codes: Sequence[str]) -> Mapping[str, int]:
        said = {Status.CONFIRMED, Status.PICKED, Status.EDITED}
        voices = {
            (key(row.code), row.who)
            for row in self.rows.values()
            if row.code is not None and row.status in said
        }
        people = Counter(name for name, _ in voices)
        return {code: people[key(code)] for code in codes if people[key(code)]}

    async def photos_since(self, who: Who, since: datetime, beside: str) -> int:
        return sum(
            (row.photo is not None or row.status is not Status.TYPED)
            and row.created_at >= since
            and row.event_key != beside
            for row in self._of(who)
        )

    async def find(self, who: Who, event_key: str) -> Interaction | None:
        return next((row for row in self._of(who) if row.event_key == event_key), None)

    async def add_quotes(self, interaction: int, quotes: Sequence[StoredQuote]) -> None:
        if interaction in self.rows:
            self.kept_quotes.setdefault(interaction, []).extend(quotes)

    async def quotes(self, interaction: int) -> Sequence[StoredQuote]:
        return tuple(self.kept_quotes.get(interaction, ()))

    def remove(self, gone: Sequence[Interaction]) -> int:
        """Drop rows; how many with their quotes, barcodes and readings."""
        for row in gone:
            del self.rows[row.id]
        quotes = sum(len(self.kept_quotes.pop(row.id, ())) for row in gone)
        read = sum(row.photo is not None or row.reading is not None for row in gone)
        return len(gone) + quotes + read + sum(len(row.barcodes) for row in gone)

    def of(self, who: Who, code: str | None = None) -> list[Interaction]:
        """The person's rows, newest first; of a code alone where one is given."""
        rows = self._of(who)
        if code is None:
            return rows
        return [
            row
            for row in rows
            if (row.shown_code and key(row.shown_code) == key(code))
            or (not row.photo and not row.shown_code and code in [c.code for c in row.candidates])
        ]


class FakeCatalogue:
    """Codes of a price list, open for tests to change."""

    def __init__(self, *codes: str) -> None:
        self.codes = set(codes)

    async def known(self, codes: Collection[str]) -> frozenset[str]:
        keys = {key(code) for code in self.codes}
        return frozenset(code for code in codes if key(code) in keys)


class FakePhotos:
    """Photos in a dict by digest, open for tests to look at."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def put(self, jpeg: bytes) -> str:
        digest = hashlib.sha256(jpeg).hexdigest()
        self.files[digest] = jpeg
        return digest

    async def get(self, digest: str) -> bytes | None:
        return self.files.get(digest)

    async def has(self, digest: str) -> bool:
        return digest in self.files


class FakePeople:
    """People in dicts; forgetting reaches into the other two fakes like the real one does."""

    def __init__(self, interactions: FakeInteractions, photos: FakePhotos) -> None:
        self.languages: dict[Who, str] = {}
        self.consents: dict[Who, Consent] = {}
        self.asked: dict[Who, str] = {}  # by which event
        self.searches: dict[int, tuple[Who, str]] = {}  # in the order in which they were used
        self._last_search = 0
        self._interactions = interactions
        self._photos = photos

    async def language(self, who: Who) -> str | None:
        return self.languages.get(who)

    async def choose_language(self, who: Who, language: str) -> None:
        self.languages[who] = language

    async def consent(self, who: Who) -> Consent:
        return self.consents.get(who, Consent())

    async def ask_consent(self, who: Who, event_key: str) -> bool:
        if who in self.consents:
            return False
        return self.asked.setdefault(who, event_key) == event_key

    async def answer_consent(self, who: Who, given: bool, now: datetime) -> None:
        if self.consents.get(who, Consent()).given is not given:
            self.consents[who] = Consent(given, now)

    async def remember_search(self, who: Who, term: str, now: datetime) -> int:
        mine = [number for number, (owner, _) in self.searches.items() if owner == who]
        number = next((n for n in mine if self.searches[n][1] == term), None)
        if number is None:
            self._last_search += 1
            number = self._last_search
            if len(mine) >= 20:
                del self.searches[mine[0]]
        self.searches.pop(number, None)
        self.searches[number] = (who, term)
        return number

    async def search_term(self, who: Who, number: int) -> str | None:
        owner, term = self.searches.get(number, (None, None))
        return term if owner == who else None

    async def forget(self, who: Who) -> int:
        deleted = self._forget_rows(self._interactions.of(who))
        mine = [number for number, (owner, _) in self.searches.items() if owner == who]
        for number in mine:
            del self.searches[number]
        kept = (self.languages, self.consents, self.asked)
        known = [store.pop(who, None) for store in kept]
        return deleted + len(mine) + any(value is not None for value in known)

    async def forget_code(self, who: Who, code: str) -> int:
        gone = self._interactions.of(who, code)
        self._forget_rows(gone)
        return len(gone)

    def _forget_rows(self, gone: Sequence[Interaction]) -> int:
        deleted = self._interactions.remove(gone)
        still_named = {row.photo for row in self._interactions.rows.values()}
        for row in gone:
            if row.photo is not None and row.photo not in still_named:
                self._photos.files.pop(row.photo, None)
        return deleted
