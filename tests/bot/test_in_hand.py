"""Photos as they were sent are in memory only where there is room for them."""

from __future__ import annotations

import asyncio

from bot.talk.in_hand import BYTES_IN_HAND, LARGEST_PHOTO, BytesInHand
from bot.talk.types import PhotoSent
from storage.types import Who
from tests.bot.room import Room
from tests.fakes.replies import RecordingReplies
from tests.waiting import until

PEOPLE = 12


async def test_large_photos_are_fetched_one_after_the_other(room: Room) -> None:
    """However many channels they come by: of twelve that wait, one is in memory."""
    fetched: list[int] = []

    async def send(person: int, size: int) -> None:
        async def fetch() -> bytes:
            fetched.append(size)
            return b"photo"

        async def told() -> int:
            return size

        event = PhotoSent(f"photo of {person}", fetch, size=told)
        await room.conversation.handle(Who("telegram", str(person)), event, RecordingReplies())

    room.reader.gate = asyncio.Event()
    large = [asyncio.create_task(send(person, LARGEST_PHOTO)) for person in range(PEOPLE)]
    await until(lambda: len(room.reader.reads) == 1)
    await until(lambda: len(room.interactions.rows) == PEOPLE)
    assert len(fetched) == 1
    room.reader.gate.set()
    await asyncio.gather(*large)
    assert len(fetched) == PEOPLE


async def test_there_is_room_for_many_small_ones_and_for_none_of_unknown_size() -> None:
    hands, inside = BytesInHand(), 0
    leave = asyncio.Event()

    async def hold(size: int) -> None:
        nonlocal inside
        async with hands.room(size):
            inside += 1
            await leave.wait()

    small = [asyncio.create_task(hold(BYTES_IN_HAND // PEOPLE)) for _ in range(PEOPLE)]
    await until(lambda: inside == PEOPLE)
    unknown = asyncio.create_task(hold(0))
    behind = asyncio.create_task(hold(1))  # in order: a large one is not put off for ever
    for _ in range(5):
        await asyncio.sleep(0)
    assert inside == PEOPLE
    unknown.cancel()  # who goes away lets the next one in, once there is room
    leave.set()
    await asyncio.gather(*small, behind)
    assert inside == PEOPLE + 1


async def test_one_larger_than_all_the_room_is_read_alone() -> None:
    entered = False
    async with BytesInHand(10).room(11):
        entered = True
    assert entered
