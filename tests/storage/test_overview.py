"""The operator's figures: what is counted by day equals what is counted by hand, at any moment."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storage import schema
from storage.database import Database
from storage.overview_types import By, FigureRow, day_of
from storage.store import Store
from storage.tables.overview import RECOUNTED_DAYS, Overview
from storage.tables.rows import fixed, mutable
from storage.types import Interaction, Status, Who
from stylecode import TagFields
from tests.storage.contract import JUN, MINA
from tests.storage.figures import CODES, DAY, EVER, MINUTE, NOW, TODAY, agrees, candidates, sent

CODE = st.sampled_from(CODES)
ROWS = st.builds(
    Interaction,
    id=st.just(0),
    who=st.sampled_from([MINA, JUN, Who("web", "ann")]),
    event_key=st.just(""),
    # On both sides of the day's end in Korea, which is not that of UTC.
    created_at=st.integers(0, 24 * 20).map(lambda hours: NOW - timedelta(hours=hours)),
    status=st.sampled_from(Status),
    photo=st.sampled_from([None, "ab" * 32]),
    candidates=st.lists(CODE, max_size=3).map(candidates),
    models=st.sampled_from([{}, {"reader": "r-7", "finder": "f-1"}, {"reader": "r-8"}]),
    code=st.none() | CODE,
    auto_code=st.none() | CODE,
    fields=st.sampled_from([TagFields(), TagFields(brand="Puma")]),
    lead=st.integers(0, 2),
    taps=st.none() | st.integers(0, 5),
)


async def fill(database: Database, rows: Sequence[Interaction]) -> None:
    """These rows in place of what there was."""
    async with database.begin() as connection:
        for table in (schema.day_figures, schema.counted_days, schema.interactions):
            await connection.execute(sa.delete(table))
        if rows:
            values = [fixed(row) | mutable(row) for row in rows]
            await connection.execute(sa.insert(schema.interactions), values)


def numbered(rows: Iterable[Interaction]) -> list[Interaction]:
    return [
        replace(row, event_key=f"sent-{number}", updated_at=row.created_at)
        for number, row in enumerate(rows)
    ]


def test_figures_are_what_a_count_by_hand_finds(ready_url: str) -> None:
    async def compare(database: Database, rows: list[Interaction]) -> None:
        await fill(database, rows)
        overview = Overview(database)
        days = {day_of(row.created_at) for row in rows}
        assert await overview.recount(NOW + DAY) == tuple(sorted(days))
        await agrees(overview, rows)
        for row in await overview.figures(*EVER, "day"):
            assert row.photos == row.answered + row.none_found + row.failed

    with asyncio.Runner() as runner:
        database = runner.run(Database.open(ready_url))

        @given(st.lists(ROWS, max_size=12).map(numbered))
        def agree(rows: list[Interaction]) -> None:
            runner.run(compare(database, rows))

        agree()
        runner.run(database.close())


async def photos(store: Store) -> dict[str, int]:
    return {row.name: row.photos for row in await store.overview.figures(*EVER, "day")}


async def test_only_days_that_changed_are_counted_again(store: Store) -> None:
    yesterday = await sent(store, NOW - DAY)
    await sent(store, NOW)
    later = NOW + timedelta(hours=1)
    assert await store.overview.recount(later) == (TODAY - DAY, TODAY)
    assert await store.overview.recount(later + MINUTE) == ()
    said = replace(yesterday, status=Status.REFUSED, updated_at=later + MINUTE)
    await store.interactions.save(said)
    assert await store.overview.recount(later + 2 * MINUTE) == (TODAY - DAY,)
    assert (await store.overview.figures(*EVER, "day"))[0].refused == 1
    # The change was so young that another one may have been under way: once more, then no more.
    assert await store.overview.recount(later + 7 * MINUTE) == (TODAY - DAY,)
    assert await store.overview.recount(later + 12 * MINUTE) == ()


async def test_what_was_committed_late_with_an_earlier_time_is_counted(store: Store) -> None:
    slow = await sent(store, NOW)
    await sent(store, NOW + MINUTE)
    await store.overview.recount(NOW + MINUTE)
    late = replace(slow, status=Status.REFUSED, updated_at=NOW + MINUTE / 2)
    await store.interactions.save(late)
    assert await store.overview.recount(NOW + 5 * MINUTE) == (TODAY,)
    assert (await store.overview.figures(*EVER, "day"))[0].refused == 1


async def test_what_is_deleted_stays_in_the_numbers_of_older_days_alone(store: Store) -> None:
    oldest_recounted = TODAY - (RECOUNTED_DAYS - 1) * DAY
    for days in (RECOUNTED_DAYS, RECOUNTED_DAYS - 1, 0):
        await sent(store, NOW - days * DAY, MINA)
        await sent(store, NOW - days * DAY, JUN)
    await store.overview.recount(NOW + MINUTE)
    await store.people.forget(MINA)
    await store.overview.recount(NOW + 2 * MINUTE)
    names = [day.isoformat() for day in (oldest_recounted - DAY, oldest_recounted, TODAY)]
    assert await photos(store) == dict(zip(names, (2, 1, 1), strict=True))
    await store.people.forget(JUN)
    await store.overview.recount(NOW + 3 * MINUTE)
    assert await photos(store) == {names[0]: 2}


async def test_days_without_the_bot_are_counted_at_its_next_start(store: Store) -> None:
    last = NOW - 30 * DAY
    await sent(store, last)
    await store.overview.recount(last)
    await sent(store, last + timedelta(hours=2))  # after the last count of its day
    await sent(store, last + 3 * DAY)
    await sent(store, NOW)
    counted = await store.overview.recount(NOW)
    assert counted == (TODAY - 30 * DAY, TODAY - 27 * DAY, TODAY)
    assert list((await photos(store)).values()) == [2, 1, 1]


async def test_a_first_count_that_is_stopped_goes_on_where_it_was(store: Store) -> None:
    for days in (40, 30, 20, 0):
        await sent(store, NOW - days * DAY)
    asked = Counter[str]()

    def twice() -> bool:
        asked["times"] += 1
        return asked["times"] <= 2

    assert await store.overview.recount(NOW, twice) == (TODAY - 40 * DAY, TODAY - 30 * DAY)
    assert await store.overview.recount(NOW + DAY) == (TODAY - 20 * DAY, TODAY)
    assert len(await photos(store)) == 4


async def test_a_span_has_both_its_ends_and_weeks_begin_on_monday(store: Store) -> None:
    monday = TODAY - 2 * DAY
    for days in (3, 2, 0):  # Sunday, Monday, today
        await sent(store, NOW - days * DAY)
    await store.overview.recount(NOW)

    async def names(since: date, until: date, by: By) -> list[tuple[str, int]]:
        found = await store.overview.figures(since, until, by)
        return [(row.name, row.photos) for row in found]

    week_before = monday - 7 * DAY
    assert await names(*EVER, "week") == [(week_before.isoformat(), 1), (monday.isoformat(), 2)]
    assert await names(monday, TODAY, "day") == [(monday.isoformat(), 1), (TODAY.isoformat(), 1)]
    assert await names(monday, monday, "channel") == [("telegram", 1)]
    assert await names(TODAY + DAY, TODAY + DAY, "brand") == []


async def test_what_has_most_photos_comes_first(store: Store) -> None:
    for number, channel in enumerate(["web", "kakao", "kakao", "telegram"]):
        await sent(store, NOW + number * MINUTE, Who(channel, "7"))
    await store.overview.recount(NOW)
    found = [row.name for row in await store.overview.figures(*EVER, "channel")]
    assert found == ["kakao", "telegram", "web"]


def test_shares_tell_nothing_of_nothing() -> None:
    nothing = FigureRow("")
    shares = (nothing.right, nothing.without_code, nothing.wrong_auto)
    assert [share.value for share in shares] == [None] * 3
    assert nothing.taps_each is None
    some = FigureRow("", photos=40, none_found=10, unmended=14, corrected=1, taps=3, tapped=2)
    assert (some.right.value, some.without_code.value) == (14 / 15, 0.25)
    assert some.right.interval == pytest.approx((0.7018, 0.9881), abs=1e-4)
    assert some.taps_each == 1.5
