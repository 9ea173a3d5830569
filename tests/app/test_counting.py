"""The job that counts what the operator's first page shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import running
from bot.running.counting import Counting
from bot.settings import Settings
from bot.talk.prices.price_memory import day_of
from storage.store import Store
from storage.types import Who
from tests.bot.room import NOON
from tests.fakes.serving import ServingReader, settings_in
from tests.waiting import until

DAY = timedelta(days=1)


async def opened(settings: Settings) -> Store:
    return await Store.open(settings.database_url, settings.photo_dir)


async def photo(store: Store, at: datetime) -> None:
    row, _ = await store.interactions.begin(Who("telegram", "7"), at.isoformat(), at)
    await store.interactions.save(replace(row, photo="ab" * 32))


async def counted(store: Store, since: datetime, until: datetime) -> int:
    rows = await store.overview.figures(day_of(since), day_of(until), "channel")
    return sum(row.photos for row in rows)


async def test_what_was_never_counted_is_counted_at_the_start(tmp_path: Path) -> None:
    settings, now = settings_in(tmp_path), datetime.now(UTC)
    store = await opened(settings)
    for days in (0, 100):
        await photo(store, now - days * DAY)

    async def all_counted() -> bool:
        return await counted(store, now - 200 * DAY, now) == 2

    async with running(settings, ServingReader().open):
        await until(all_counted)
    await store.close()


async def test_rows_that_go_because_of_their_age_stay_in_the_numbers(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, retention_rows_days=3)
    store = await opened(settings)
    for hour in range(96):
        await photo(store, NOON - timedelta(hours=hour))
    await Counting(store, settings, lambda: NOON).once()
    assert await counted(store, NOON - 9 * DAY, NOON) == 96
    await store.people.retire(None, NOON - 3 * DAY)
    await Counting(store, settings, lambda: NOON + timedelta(hours=1)).once()
    assert await counted(store, NOON - 9 * DAY, NOON) == 96
    await store.close()


async def test_a_count_that_is_stopped_begins_no_day(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = await opened(settings)
    await photo(store, NOON)
    counting = Counting(store, settings, lambda: NOON)
    counting.stop()
    await counting.once()
    assert await counted(store, NOON, NOON) == 0
    await store.close()
