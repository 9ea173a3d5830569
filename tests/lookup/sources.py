"""Hand-written price sources and rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp

from lookup.sources.means import CallManners, Means, utc_now
from lookup.sources.quota import MemoryBook
from lookup.types import Offer, PriceQuote, QuotaBook, SourceState


def shop_offer(price_won: int, title: str = "나이키 덩크 로우 DD1391-100") -> Offer:
    return Offer(title, price_won, f"https://shop.example/{price_won}", "우리가게")


def means(
    session: aiohttp.ClientSession,
    now: Callable[[], datetime] = utc_now,
    book: QuotaBook | None = None,
    **manners: Any,
) -> Means:
    """What sources are handed; patient, where `manners` (of `CallManners`) say nothing else."""
    return Means(session, CallManners(**{"deadline_s": 20, **manners}), book or MemoryBook(), now)


class FakeSource:
    """Answers with `offers` (or `state`) after `delay_s`; raises `error` where one is set."""

    def __init__(self, key: str = "fake", *prices: int) -> None:
        self.key = key
        self.name = f"{key} shop"
        self.kept_s = 0.0
        self.offers = tuple(shop_offer(price) for price in sorted(prices))
        self.state: SourceState | None = None
        self.error: BaseException | None = None
        self.delay_s = 0.0
        self.gate: asyncio.Event | None = None  # holds the answer until it is set
        self.stubborn = False  # ignore the first cancellation
        self.calls: list[str] = []
        self.cancelled = 0

    async def quote(self, code: str) -> PriceQuote:
        self.calls.append(code)
        try:
            await asyncio.sleep(self.delay_s)
            if self.gate:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            if not self.stubborn:
                raise
            await asyncio.sleep(self.delay_s)
        if self.error is not None:
            raise self.error
        fits = code.strip() == "DD1391-100" and self.state is None
        offers = self.offers if fits else ()
        state = self.state or (SourceState.OK if offers else SourceState.EMPTY)
        return PriceQuote(code, self.key, self.name, state, datetime.now(UTC), offers)


class FakeRows:
    """Catalogue rows in memory, by reduced code."""

    def __init__(self, rows: dict[str, tuple[Offer, ...]] | None = None) -> None:
        self.rows = rows or {}
        self.error: Exception | None = None
        self.keys: list[str] = []

    async def find(self, key: str) -> tuple[Offer, ...]:
        self.keys.append(key)
        if self.error is not None:
            raise self.error
        return self.rows.get(key, ())
