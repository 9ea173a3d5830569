"""Prices seen from day to day."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from storage.store import Store
from storage.watch_types import PriceSeen

DAY = date(2026, 11, 21)


def seen(lowest: int, source: str = "naver", day: date = DAY, key: str = "DD1391100") -> PriceSeen:
    return PriceSeen(key, source, source.title(), day, lowest, lowest + 10_000, 3)


async def test_a_day_keeps_its_lowest_price(store: Store) -> None:
    for lowest in (129_000, 119_000, 125_000):
        await store.prices_seen.add([seen(lowest)])
    (kept,) = await store.prices_seen.of({"DD1391100"}, DAY)
    assert (kept.lowest_won, kept.median_won, kept.offers) == (119_000, 135_000, 3)


async def test_sources_days_and_codes_stand_apart(store: Store) -> None:
    earlier = DAY - timedelta(days=3)
    rows = [seen(1000, day=earlier), seen(1000), seen(1100, "elevenst"), seen(900, key="FU9006")]
    await asyncio.gather(*(store.prices_seen.add([row]) for row in rows))
    assert await store.prices_seen.of({"DD1391100"}, DAY - timedelta(days=9)) == (
        rows[0],
        rows[2],
        rows[1],
    )
    assert await store.prices_seen.of({"DD1391100", "FU9006"}, DAY) == (rows[2], rows[1], rows[3])
    assert await store.prices_seen.of(set(), DAY) == ()
    assert await store.prices_seen.sweep(DAY) == 1
    await store.prices_seen.add([])
