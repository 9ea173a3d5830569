"""In-memory stand-ins for `bot.ports.Interactions`, `People` and `Photos`.

`tests/storage/test_contract.py` runs the same tests over these and over the real tables.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storage.types import Interaction, Status, StoredQuote, Who
from stylecode import key


class FakeInteractions:
    """Rows in a dict. `rows` and `kept_quotes` are open for tests to look at."""

    def __init__(self) -> None:
        self.rows: dict[int, Interaction] = {}
        self.kept_quotes: dict[int, list[StoredQuote]] = {}
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

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        coded = [row for row in self._of(who) if row.code is not None]
        return tuple(coded[offset : offset + limit]), len(coded)

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        newest = {  # later rows overwrite a person's earlier ones
            (row.who, barcode.text): row.code
            for row in sorted(self.rows.values(), key=lambda row: row.id)
            for barcode in row.barcodes
            if barcode.text in texts and row.code is not None
        }
        voices = {(who, key(code)): code for (who, _), code in sorted(newest.items(), key=repr)}
        shown = {name: code for (_, name), code in sorted(voices.items(), key=repr)}
        people = Counter(name for _, name in voices)
        return {shown[name]: number for name, number in people.items()}

    async def add_quotes(self, interaction: int, quotes: Sequence[StoredQuote]) -> None:
        if interaction in self.rows:
            self.kept_quotes.setdefault(interaction, []).extend(quotes)

    async def quotes(self, interaction: int) -> Sequence[StoredQuote]:
        return tuple(self.kept_quotes.get(interaction, ()))

    def remove(self, who: Who) -> tuple[list[Interaction], int]:
        """Drop the person's rows; the rows, and how many with their quotes and barcodes."""
        gone = self._of(who)
        for row in gone:
            del self.rows[row.id]
        quotes = sum(len(self.kept_quotes.pop(row.id, ())) for row in gone)
        return gone, len(gone) + quotes + sum(len(row.barcodes) for row in gone)

    def _of(self, who: Who) -> list[Interaction]:
        return [self.rows[key] for key in sorted(self.rows, reverse=True) if self._is(key, who)]

    def _is(self, key: int, who: Who) -> bool:
        return self.rows[key].who == who


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


class FakePeople:
    """Languages in a dict; `forget` reaches into the other two fakes like the real one does."""

    def __init__(self, interactions: FakeInteractions, photos: FakePhotos) -> None:
        self.languages: dict[Who, str] = {}
        self._interactions = interactions
        self._photos = photos

    async def language(self, who: Who) -> str | None:
        return self.languages.get(who)

    async def choose_language(self, who: Who, language: str) -> None:
        self.languages[who] = language

    async def forget(self, who: Who) -> int:
        gone, deleted = self._interactions.remove(who)
        still_named = {row.photo for row in self._interactions.rows.values()}
        for row in gone:
            if row.photo is not None and row.photo not in still_named:
                self._photos.files.pop(row.photo, None)
        return deleted + (self.languages.pop(who, None) is not None)
