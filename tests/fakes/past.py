"""The in-memory stand-in for `bot.talk.ports.Past`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from statistics import mean

from storage.past_types import CodePast, PastCode, PersonStats, PricePoint, Search, SearchWord
from storage.types import Interaction, StoredQuote, Who
from stylecode import brand_of, key


class FakePast:
    """Questions about rows in a dict."""

    def __init__(self) -> None:
        self.rows: dict[int, Interaction] = {}
        self.kept_quotes: dict[int, list[StoredQuote]] = {}

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        coded = self._coded(who)
        return tuple(coded[offset : offset + limit]), len(coded)

    async def codes(
        self, who: Who, offset: int, limit: int, search: Search | None = None
    ) -> tuple[Sequence[PastCode], int]:
        by_key: dict[str, list[Interaction]] = {}
        for row in self._coded(who):
            if _fits(row, search):
                by_key.setdefault(key(row.shown_code or ""), []).append(row)
        found = [PastCode(rows[0], len(rows)) for rows in by_key.values()]
        return tuple(found[offset : offset + limit]), len(found)

    async def times_of_codes(self, who: Who, search: Search | None = None) -> Sequence[datetime]:
        found, _ = await self.codes(who, 0, len(self.rows), search)
        return tuple(past.newest.created_at for past in found)

    async def past_of(self, who: Who, code: str) -> CodePast | None:
        rows = [row for row in self._coded(who) if key(row.shown_code or "") == key(code)]
        if not rows:
            return None
        prices = [PricePoint(r.price_won, r.created_at) for r in rows if r.price_won is not None]
        shown = [
            PricePoint(offer.price_won, quote.fetched_at)
            for row in reversed(rows)
            for quote in self.kept_quotes.get(row.id, ())
            for offer in quote.offers
            if offer.comparable
        ]
        return CodePast(
            tuple(rows[:50]),
            len(rows),
            min(row.created_at for row in rows),
            prices[-1] if prices else None,
            min(shown, key=lambda point: point.price_won, default=None),
        )

    async def stats(self, who: Who) -> PersonStats:
        photos = [row for row in self._of(who) if row.photo is not None]
        keys = {(_brand(row), key(row.shown_code or "")) for row in self._coded(who)}
        brands = Counter(brand for brand, _ in keys if brand)
        priced = [
            (key(row.shown_code or ""), row.shown_code or "", row.price_won)
            for row in self._coded(who)
            if row.price_won is not None
        ]
        lowest = [
            (min(code for _, code, _ in rows), min(price for _, _, price in rows))
            for rows in (list(group) for _, group in groupby(sorted(priced), lambda p: p[0]))
        ]
        taps = [row.taps for row in photos if row.shown_code and row.taps is not None]
        return PersonStats(
            photos=len(photos),
            codes=len({name for _, name in keys}),
            statuses=Counter(row.status for row in photos),
            taps=mean(taps) if taps else None,
            brands=tuple(sorted(brands.items(), key=lambda pair: (-pair[1], pair[0]))[:5]),
            lowest=tuple(sorted(lowest, key=lambda pair: (pair[1], pair[0]))[:5]),
        )

    async def rows_before(
        self, who: Who, before: int | None, limit: int, search: Search | None = None
    ) -> Sequence[Interaction]:
        rows = self._of(who) if search is None else self._coded(who)
        older = (row for row in rows if before is None or row.id < before)
        return tuple(row for row in older if _fits(row, search))[:limit]

    async def quotes_of(self, interactions: Sequence[int]) -> Mapping[int, tuple[StoredQuote, ...]]:
        kept = {number: tuple(self.kept_quotes.get(number, ())) for number in interactions}
        return {number: quotes for number, quotes in kept.items() if quotes}

    def _of(self, who: Who) -> list[Interaction]:
        return [row for _, row in sorted(self.rows.items(), reverse=True) if row.who == who]

    def _coded(self, who: Who) -> list[Interaction]:
        return [row for row in self._of(who) if row.shown_code is not None]


def _brand(row: Interaction) -> str:
    return row.fields.brand or brand_of(row.shown_code or "")


def _fits(row: Interaction, search: Search | None) -> bool:
    if search is None:
        return True
    return any(way and all(_may_be(row, word) for word in way) for way in search.ways)


def _may_be(row: Interaction, word: SearchWord) -> bool:
    dated = word.since and word.until and word.since <= row.created_at < word.until
    named = word.code and word.code in key(row.shown_code or "")
    return bool(dated or named or _brand(row) in word.brands)
