from __future__ import annotations

import asyncio
import threading

import pytest

from recognizer.errors import PhotoBroken, ReaderBusy
from recognizer.local import LocalReader
from recognizer.types import CodeReading, Quad, ReadPhoto
from tests.waiting import PATIENCE_S


def reading(data: bytes) -> ReadPhoto:
    return ReadPhoto(data, CodeReading(()))


async def test_a_photo_is_read_off_the_event_loop() -> None:
    threads: list[str] = []

    def read(data: bytes, marked: Quad | None) -> ReadPhoto:
        threads.append(threading.current_thread().name)
        return reading(data)

    reader = LocalReader(read)
    assert (await reader.read(b"x")).jpeg == b"x"
    assert threads[0].startswith("reader")
    await reader.close()


async def test_a_full_queue_is_an_explicit_busy_and_empties_again() -> None:
    release = threading.Event()

    def read(data: bytes, marked: Quad | None) -> ReadPhoto:
        assert release.wait(PATIENCE_S)
        return reading(data)

    reader = LocalReader(read, waiting=2)
    waiting = [asyncio.create_task(reader.read(bytes([i]))) for i in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(ReaderBusy):
        await reader.read(b"third")
    release.set()
    assert [photo.jpeg for photo in await asyncio.gather(*waiting)] == [b"\0", b"\1"]
    assert (await reader.read(b"fourth")).jpeg == b"fourth"
    await reader.close()


async def test_workers_read_photos_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=PATIENCE_S)

    def read(data: bytes, marked: Quad | None) -> ReadPhoto:
        both.wait()  # passes only when two are being read
        return reading(data)

    reader = LocalReader(read, workers=2)
    found = await asyncio.gather(reader.read(b"a"), reader.read(b"b"))
    assert [photo.jpeg for photo in found] == [b"a", b"b"]
    await reader.close()


async def test_errors_reach_the_one_who_asked() -> None:
    def read(data: bytes, marked: Quad | None) -> ReadPhoto:
        raise PhotoBroken("cut off")

    reader = LocalReader(read, waiting=1)
    for _ in range(3):
        with pytest.raises(PhotoBroken):
            await reader.read(b"")
    await reader.close()
