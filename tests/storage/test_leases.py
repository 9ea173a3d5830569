"""Leases over all four tables that have them: one holder, until it lapses, never for longer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.photos.photos import PhotoFolder
from storage.store import Store
from storage.tables.channels.chat import ChatTable
from storage.tables.channels.inbox import Inbox
from storage.tables.channels.kakao import KakaoTable
from storage.tables.watches import WatchTable
from storage.types import Lease, Who
from storage.watch_types import WatchSet

Clock = Callable[[], datetime]
Take = Callable[[Lease], Awaitable[bool]]
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
LENGTH = timedelta(seconds=30)
MOMENT = timedelta(milliseconds=1)
HOURS = timedelta(hours=9)  # about what a clock is off by that was set to the wrong zone
KEY = "DD1391-100"
PHOTOS = PhotoFolder(Path("no-photo-is-put"))


class Work:
    """One piece of work in a table, and what can be done with the lease on it."""

    def __init__(
        self, take: Take, renew: Take, release: Callable[[str], Awaitable[object]]
    ) -> None:
        self.take = take
        self.renew = renew
        self.release = release


async def update(database: Database, clock: Clock | None) -> Work:
    inbox = Inbox(database, clock)
    await inbox.put("telegram", KEY, "{}")

    async def take(lease: Lease) -> bool:
        return bool(await inbox.take("telegram", lease))

    async def renew(lease: Lease) -> bool:
        return await inbox.renew("telegram", lease) == 1

    return Work(take, renew, lambda owner: inbox.release("telegram", owner))


async def web_turn(database: Database, clock: Clock | None) -> Work:
    chat = ChatTable(database, PHOTOS, clock)
    entry, _ = await chat.open_turn(Who("web", "ann"), KEY, "{}", None)

    async def take(lease: Lease) -> bool:
        return await chat.begin_answer(entry, lease) > 0

    async def renew(lease: Lease) -> bool:
        await chat.renew(lease)
        return True

    return Work(take, renew, chat.release)


async def kakao_turn(database: Database, clock: Clock | None) -> Work:
    kakao = KakaoTable(database, PHOTOS, clock)
    turn = await kakao.open(Who("kakao", "u"), KEY, "{}", timedelta())

    async def take(lease: Lease) -> bool:
        seen = bool(await kakao.orphans(lease))
        taken = await kakao.claim(turn.id, lease) > 0
        assert taken is seen or clock is None  # others may have come between
        return taken

    async def renew(lease: Lease) -> bool:
        await kakao.renew(lease)
        return True

    return Work(take, renew, kakao.release)


async def watch(database: Database, clock: Clock | None) -> Work:
    watches = WatchTable(database, clock)
    wanted = WatchSet(KEY, None, None, NOW)
    set_up = await watches.switch_on(Who("telegram", "7"), wanted, "ko", "e", NOW, 20)
    assert set_up is not None
    number = set_up.id

    async def take(lease: Lease) -> bool:
        return bool(await watches.take(lease, NOW, 5))

    return Work(take, lambda lease: watches.hold(number, lease), watches.release)


Made = Callable[[Database, Clock | None], Awaitable[Work]]
everywhere = pytest.mark.parametrize("made", [update, web_turn, kakao_turn, watch])


def lease(owner: str) -> Lease:
    return Lease(LENGTH, owner)


class Time:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@everywhere
async def test_a_hold_lasts_its_length_and_no_longer(store: Store, made: Made) -> None:
    time = Time()
    work = await made(store.database, time)
    assert await work.take(lease("one"))
    time.now = NOW + LENGTH - MOMENT
    assert not await work.take(lease("two"))
    time.now = NOW + LENGTH
    assert await work.take(lease("two"))
    assert not await work.take(lease("three"))


@everywhere
async def test_a_hold_is_renewed_and_given_back(store: Store, made: Made) -> None:
    time = Time()
    work = await made(store.database, time)
    assert await work.take(lease("one"))
    time.now = NOW + LENGTH / 2
    assert await work.renew(lease("one"))
    time.now = NOW + LENGTH
    assert not await work.take(lease("two"))
    await work.release("two")  # holds nothing
    assert not await work.take(lease("two"))
    await work.release("one")
    assert await work.take(lease("two"))


@everywhere
async def test_who_lost_a_hold_renews_nothing(store: Store, made: Made) -> None:
    time = Time()
    work = await made(store.database, time)
    assert await work.take(lease("one"))
    time.now = NOW + LENGTH
    assert await work.take(lease("two"))
    time.now = NOW + LENGTH * 1.5
    await work.renew(lease("one"))
    time.now = NOW + LENGTH * 2
    assert await work.take(lease("three"))


@everywhere
async def test_a_clock_that_was_set_back_holds_no_work(store: Store, made: Made) -> None:
    time = Time()
    work = await made(store.database, time)
    time.now = NOW + HOURS
    assert await work.take(lease("one"))
    time.now = NOW + MOMENT
    assert await work.take(lease("two"))
    assert not await work.take(lease("three"))
    time.now = NOW  # however little it was set back
    assert await work.take(lease("three"))


@everywhere
async def test_the_holder_itself_goes_on_after_the_clock_was_set_back(
    store: Store, made: Made
) -> None:
    time = Time()
    work = await made(store.database, time)
    time.now = NOW + HOURS
    assert await work.take(lease("one"))
    time.now = NOW
    assert await work.renew(lease("one"))
    assert not await work.take(lease("two"))


@everywhere
async def test_takers_at_once_by_the_shared_clock(store: Store, ready_url: str, made: Made) -> None:
    """Without a clock of the test's own: whoever waited for a row judges it by the time then."""
    other = await Database.open(ready_url)
    work = await made(store.database, None)
    takers: list[Awaitable[object]] = [work.take(lease(f"our {number}")) for number in range(8)]
    if made is update:
        takers += [Inbox(other).take("telegram", lease(f"their {n}")) for n in range(8)]
    elif made is watch:
        takers += [WatchTable(other).take(lease(f"their {n}"), NOW, 5) for n in range(8)]
    taken = await asyncio.gather(*takers)
    assert sum(bool(each) for each in taken) == 1
    await other.close()
