"""While photos are read, everybody else is still answered: the event loop is never held up."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.running.warming import OpenReader
from recognizer.errors import ModelError
from recognizer.local import LocalReader
from recognizer.photo.photo import decode, encode_jpeg
from recognizer.pipeline import Pipeline
from recognizer.types import CodeReading, Quad, ReadPhoto
from tests.fakes.serving import settings_in
from tests.web.client import Person

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
LIMIT_S = 0.05
PHOTOS = 4
ATTEMPTS = 5  # other programs may starve us now and then; our own work would do so every time


@pytest.fixture(autouse=True)
def _only_our_own_garbage() -> Iterator[None]:
    """A full collection walks whatever other tests have imported, torch with its hundreds of
    thousands of objects; the server has none of that, and 0.3 s of it would count as ours."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


class Ticker:
    """The longest time between two turns of the loop: by the clock, and of our own computing."""

    def __init__(self) -> None:
        self.wall_s = 0.0
        self.computing_s = 0.0

    async def tick(self) -> None:
        while True:
            wall, computing = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.002)
            self.wall_s = max(self.wall_s, time.perf_counter() - wall - 0.002)
            self.computing_s = max(self.computing_s, time.thread_time() - computing)


def _decoded(data: bytes, marked: Quad | None) -> ReadPhoto:
    """Everything but the networks."""
    return ReadPhoto(encode_jpeg(decode(data)), CodeReading(()))


async def without_networks() -> LocalReader:
    return LocalReader(_decoded)


async def longest_holdup(folder: Path, opening: OpenReader) -> Ticker:
    ticker = Ticker()
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        running(settings_in(folder), opening) as url,
        aiohttp.ClientSession(cookie_jar=jar) as session,
    ):
        person = Person(session, url)
        await person.log()
        await person.photo(SAMPLE.read_bytes())  # what is set up once does not count
        ticking = asyncio.create_task(ticker.tick())
        answers = [person.photo(SAMPLE.read_bytes()) for _ in range(PHOTOS)]
        for answer in await asyncio.gather(*answers):
            assert answer.lines[-1]["type"] == "end"
        ticking.cancel()
    return ticker


@pytest.mark.parametrize("networks", [False, True])
async def test_the_loop_is_never_held_up(tmp_path: Path, networks: bool) -> None:
    if networks:
        try:
            Pipeline.load()
        except ModelError as error:
            pytest.skip(f"no networks: {error}")
    opening = LocalReader.start if networks else without_networks
    held = []
    for attempt in range(ATTEMPTS):
        ticker = await longest_holdup(tmp_path / str(attempt), opening)
        held.append(max(ticker.wall_s, ticker.computing_s))
        if held[-1] < LIMIT_S:
            break
    assert min(held) < LIMIT_S, held
