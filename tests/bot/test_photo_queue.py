"""How long a photo would wait, told before it is taken."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from bot.talk.photo_queue import PHOTO_S, PhotoQueue
from bot.talk.types import PhotoSent
from storage.types import Who
from tests.bot.room import ANN, MINSU, Room
from tests.waiting import until

JIWOO = Who("web", "jiwoo", "en")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_wait_is_what_waits_times_what_one_takes() -> None:
    clock = Clock()
    queue = PhotoQueue(10.0, clock)
    assert (queue.wait_s, queue.busy_for()) == (0.0, 0)
    with ExitStack() as stack:
        places = [queue.place() for _ in range(40)]
        for place in places:
            stack.enter_context(place)
        assert queue.wait_s == pytest.approx(40 * PHOTO_S)
        assert queue.busy_for() == 2
    for _ in range(60):  # two seconds each, whatever was thought before
        with queue.place():
            clock.now += 2.0
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(queue.place())
        assert queue.wait_s == pytest.approx(12.0, rel=0.02)
        assert queue.busy_for() == 2
    assert queue.busy_for() == 0


def test_without_a_promise_nobody_is_sent_away() -> None:
    queue = PhotoQueue()
    with ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(queue.place())
        assert queue.busy_for() == 0


async def test_a_photo_that_would_wait_too_long_is_not_taken(room: Room) -> None:
    room.manners(photo_wait_s=PHOTO_S * 1.5)
    room.reader.gate = asyncio.Event()
    waiting = [asyncio.create_task(room.photo(who)) for who in (ANN, MINSU)]
    await until(lambda: len(room.interactions.rows) == 2)
    told = await room.photo(JIWOO)
    assert "about 1 seconds" in told.text
    assert len(room.interactions.rows) == 2
    room.reader.gate.set()
    for task in waiting:
        assert (await task).last.code == "DD1391-100"
    assert (await room.photo(JIWOO)).last.code == "DD1391-100"


async def test_a_photo_that_was_admitted_is_read_however_many_wait(room: Room) -> None:
    room.manners(photo_wait_s=PHOTO_S / 2)
    room.reader.gate = asyncio.Event()
    first = asyncio.create_task(room.photo(ANN))
    await until(lambda: room.reader.reads)

    async def fetch() -> bytes:
        return b"bytes"

    second = asyncio.create_task(room.handle(JIWOO, PhotoSent("e", fetch, admitted=True)))
    await until(lambda: len(room.interactions.rows) == 2)
    room.reader.gate.set()
    assert (await first).last.code == (await second).last.code == "DD1391-100"


async def test_of_many_that_come_at_once_each_counts_for_the_next(room: Room) -> None:
    room.manners(photo_wait_s=PHOTO_S * 4.5)
    room.reader.gate = asyncio.Event()
    people = [Who("kakao", f"u{number}", "en") for number in range(30)]
    photos = [asyncio.create_task(room.photo(who)) for who in people]
    await until(lambda: sum(task.done() for task in photos) == 25)
    room.reader.gate.set()
    told = [(await task).text for task in photos]
    assert sum("Many photos are waiting" in text for text in told) == 25
