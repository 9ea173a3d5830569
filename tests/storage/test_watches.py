"""Watches: set, switched off, claimed by one process, told once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.store import Store
from storage.tables.watches import WatchTable
from storage.types import Lease, Who
from storage.watch_types import WatchSet

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANN, BEN = Who("telegram", "7"), Who("web", "8")


def wanted(code: str = "DD1391-100", below: int | None = 100_000) -> WatchSet:
    return WatchSet(code, below, 129_000, NOW)


def lease(owner: str) -> Lease:
    return Lease(HOUR, owner)


def in_time(database: Database, hours: int = 0) -> WatchTable:
    return WatchTable(database, lambda: NOW + hours * HOUR)


async def test_a_watch_is_set_once_for_each_code_and_event(store: Store) -> None:
    watches = store.watches
    first = await watches.switch_on(ANN, wanted(), "ko", "e1", NOW, 20)
    again = await watches.switch_on(ANN, wanted("dd1391 100", None), "en", "e2", NOW, 20)
    assert first is not None
    assert again is not None
    assert (first.id, first.below_won, first.start_won) == (again.id, 100_000, 129_000)
    assert again.below_won is None
    # The first event comes again: it changes nothing any more.
    assert await watches.switch_on(ANN, wanted(), "ko", "e1", NOW, 20) == again
    off = await watches.switch_off(ANN, "DD1391-100", "e3", NOW)
    assert off is not None
    assert not off.active
    assert await watches.switch_on(ANN, wanted(), "ko", "e2", NOW, 20) == off
    assert await watches.of(ANN) == ()
    assert await watches.get(BEN, first.id) is None
    assert await watches.switch_off(BEN, "DD1391-100", "e9", NOW) is None


async def test_a_person_has_only_so_many(store: Store) -> None:
    for number in range(2):
        assert await store.watches.switch_on(ANN, wanted(f"DD139{number}-100"), "", "e", NOW, 2)
    assert await store.watches.switch_on(ANN, wanted("FU9006"), "", "e", NOW, 2) is None
    assert await store.watches.switch_on(ANN, wanted("DD1390-100"), "", "f", NOW, 2)  # anew
    assert await store.watches.switch_on(BEN, wanted("FU9006"), "", "e", NOW, 2)


async def test_no_two_processes_take_a_watch(store: Store, ready_url: str) -> None:
    other = await Database.open(ready_url)
    for number in range(20):
        await store.watches.switch_on(ANN, wanted(f"DD13{number:02}-100"), "", "e", NOW, 99)
    ours, theirs = in_time(store.database), in_time(other)
    taken = await asyncio.gather(
        *(ours.take(lease("a"), NOW, 3) for _ in range(5)),
        *(theirs.take(lease("b"), NOW, 3) for _ in range(5)),
    )
    ids = [watch.id for each in taken for watch in each]
    assert len(ids) == len(set(ids)) == 20
    assert not await ours.take(lease("c"), NOW, 99)
    # What a process that died held is taken again.
    assert len(await in_time(other, hours=2).take(lease("c"), NOW, 99)) == 20
    await other.close()


async def test_only_the_holder_changes_a_watch(store: Store) -> None:
    watches = store.watches
    await watches.switch_on(ANN, wanted(), "ko", "e1", NOW, 20)
    (held,) = await watches.take(lease("a"), NOW, 9)
    await watches.alerted(held.id, "b", 90_000, NOW)
    await watches.checked(held.id, "b", 90_000, NOW, NOW + HOUR)
    assert await watches.find(ANN, "DD1391-100") == held
    assert await watches.hold(held.id, lease("a"))
    await watches.alerted(held.id, "a", 90_000, NOW)
    await watches.checked(held.id, "a", 90_000, NOW, NOW + HOUR)
    after = await watches.find(ANN, "DD1391-100")
    assert after is not None
    assert (after.last_won, after.alerted_won, after.checked_at) == (90_000, 90_000, NOW)
    assert not await watches.take(lease("a"), NOW, 9)
    assert await watches.take(lease("a"), NOW + HOUR, 9)
    await watches.switch_off(ANN, "DD1391-100", "e2", NOW)
    assert not await watches.hold(held.id, lease("a"))


async def test_what_waits_is_told_by_one_event(store: Store) -> None:
    watches = store.watches
    await watches.switch_on(ANN, wanted(), "ko", "e1", NOW, 20)
    (held,) = await watches.take(lease("a"), NOW, 9)
    assert await watches.waiting(ANN, "v0") == ()
    await watches.wait(held.id, "a", 90_000, NOW)
    assert await watches.waiting(BEN, "v1") == ()
    for _ in range(2):
        assert [one.waiting_won for one in await watches.waiting(ANN, "v1")] == [90_000]
    assert await watches.waiting(ANN, "v2") == ()


async def test_old_ones_go_and_so_do_those_of_a_person_who_leaves(store: Store) -> None:
    await store.watches.switch_on(ANN, wanted(), "ko", "e1", NOW, 20)
    await store.watches.switch_off(ANN, "DD1391-100", "e2", NOW)
    await store.watches.switch_on(BEN, wanted(), "ko", "e1", NOW, 20)
    assert await store.watches.sweep(NOW, NOW) == 0
    assert await store.watches.sweep(NOW + HOUR, NOW) == 1
    await store.told.once(BEN, "quota:naver", NOW.date(), "e1")
    assert await store.people.forget(BEN) == 2
    assert await store.watches.of(BEN) == ()
    assert await store.told.once(BEN, "quota:naver", NOW.date(), "e2")


async def test_something_is_told_once_a_day(store: Store) -> None:
    day, tomorrow = NOW.date(), (NOW + 24 * HOUR).date()
    told = store.told
    assert await told.once(ANN, "quota:naver", day, "e1")
    assert await told.once(ANN, "quota:naver", day, "e1")
    assert not await told.once(ANN, "quota:naver", day, "e2")
    assert await told.once(ANN, "quota:elevenst", day, "e2")
    assert await told.once(BEN, "quota:naver", day, "e2")
    assert await told.once(ANN, "quota:naver", tomorrow, "e3")
    assert not await told.once(ANN, "quota:naver", day, "e4")
