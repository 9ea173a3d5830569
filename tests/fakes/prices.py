"""A hand-written stand-in for `lookup.service.PriceLookup` (the `Prices` protocol of the bot)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from lookup.link import naver_link
from lookup.types import Offer, PriceAnswer, PriceQuote, SourceState

FETCHED_AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def offer(price_won: int = 129_000, title: str = "", mall: str = "가게") -> Offer:
    """An offer with a working-looking link."""
    return Offer(title or "운동화", price_won, f"https://shop.example/{price_won}", mall)


def quote(
    code: str,
    *prices: int,
    source: str = "fake",
    name: str = "Fake shop",
    state: SourceState | None = None,
) -> PriceQuote:
    """A quote with these prices, lowest first; without prices EMPTY, unless `state` says else."""
    offers = tuple(offer(price, f"운동화 {code}") for price in sorted(prices))
    state = state or (SourceState.OK if offers else SourceState.EMPTY)
    return PriceQuote(code, source, name, state, FETCHED_AT, offers)


class FakePrices:
    """Answers what it was told, remembers what it was asked.

    `answers[code]` are the quotes for a code; other codes get `default` (no quotes at all).
    `delay_s` holds every answer back; `gate`, where set, holds answers until it is opened.
    `calls` are all codes asked for, in order; `cancelled` those whose caller went away.
    """

    def __init__(self, answers: dict[str, tuple[PriceQuote, ...]] | None = None) -> None:
        self.answers: dict[str, tuple[PriceQuote, ...]] = dict(answers or {})
        self.default: tuple[PriceQuote, ...] = ()
        self.delay_s = 0.0
        self.gate: asyncio.Event | None = None
        self.calls: list[str] = []
        self.cancelled: list[str] = []

    def set(self, code: str, *quotes: PriceQuote) -> None:
        """Answer `code` with these quotes from now on."""
        self.answers[code] = quotes

    def set_prices(self, code: str, *prices: int) -> None:
        """Answer `code` with one source's offers at these prices."""
        self.set(code, quote(code, *prices))

    async def quote(self, code: str) -> PriceAnswer:
        """What was set for `code`; the link is always there."""
        self.calls.append(code)
        try:
            if self.gate is not None:
                await self.gate.wait()
            await asyncio.sleep(self.delay_s)
        except asyncio.CancelledError:
            self.cancelled.append(code)
            raise
        return PriceAnswer(code, self.answers.get(code, self.default), naver_link(code))
