"""Photos at a half, once, twice and four times of what can be read, and typed codes meanwhile."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import aiohttp

from benchmarks.storm.house import LIMITLESS, House
from benchmarks.storm.messages import Codes, StormMessage, percentile
from benchmarks.storm.photos import tag_photo
from benchmarks.storm.report import Row, at_most, none_of
from benchmarks.storm.web import WebShopper

MOST_MB = 600.0
_PROMISE_S = 20.0  # for a photo that was taken
_TOLD_S = 1.0  # for one that was not
_TEXT_S = 0.3
_HEALTH_S = 0.5
_TIMES = (0.5, 1.0, 2.0, 4.0)
_TEXTS_PER_S = 10.0  # beside the photos
_MANY_TEXTS_PER_S = 100.0
_PEOPLE = 400  # more than photos and codes that wait at once
_UNDER_WAY = 4  # photos under way while capacity is measured: the readers are never idle


@dataclass(frozen=True, slots=True)
class Load:
    """`lasting` seconds for each of the steps."""

    lasting: float
    processes: int = 1


async def load(folder: Path, tables: str, size: Load, seed: int) -> list[Row]:
    """Run it; `tables` is the address of an empty database."""
    chance = random.Random(seed)
    settings = {
        "DATABASE_URL": tables,
        "PHOTO_DIR": str(folder / "photos"),
        **LIMITLESS,
    }
    house = House(folder, settings, size.processes)
    async with AsyncExitStack() as stack:
        await house.start()
        stack.push_async_callback(house.stop)
        people = [
            WebShopper(house.addresses, random.Random(number), persistent=False)
            for number in range(_PEOPLE)
        ]
        for person in people:
            stack.push_async_callback(person.close)
            await person.open()
        town = _Town(house, people, chance)
        capacity = await town.capacity(size.lasting)
        rows = [Row("photos a second, the readers never idle", f"{capacity:.2f}")]
        for times in _TIMES:
            rows += await town.step(times, capacity, _TEXTS_PER_S, size.lasting)
        rows += await town.step(2.0, capacity, _MANY_TEXTS_PER_S, size.lasting)
        return [*rows, at_most("most memory of a process", house.peak_mb, MOST_MB, " MB")]


class _Town:
    def __init__(self, house: House, people: Sequence[WebShopper], chance: random.Random) -> None:
        self._house, self._chance = house, chance
        # Apart: a person's own messages are answered in order.
        self._senders = cycle(people[::2])
        self._typists = cycle(people[1::2])
        self._codes = Codes()

    async def capacity(self, lasting: float) -> float:
        """Photos a second with a few always under way."""
        until = time.monotonic() + lasting
        read = 0

        async def send() -> None:
            nonlocal read
            while time.monotonic() < until:
                message = await next(self._senders).photo(tag_photo(self._chance))
                read += bool(message.answered)

        since = time.monotonic()
        await asyncio.gather(*(send() for _ in range(_UNDER_WAY)))
        return read / (time.monotonic() - since)

    async def step(self, times: float, capacity: float, texts: float, lasting: float) -> list[Row]:
        """Photos at `times` of capacity and typed codes, coming whether or not others wait."""
        photos_sent: list[asyncio.Task[StormMessage]] = []
        texts_sent: list[asyncio.Task[StormMessage]] = []
        health: list[float] = []
        looking = asyncio.create_task(self._health(health))
        await asyncio.gather(
            self._arrivals(times * capacity, lasting, photos_sent, self._photo),
            self._arrivals(texts, lasting, texts_sent, self._text),
        )
        read, typed = await asyncio.gather(*photos_sent), await asyncio.gather(*texts_sent)
        looking.cancel()
        name = f"{times:g}x, {texts:g} codes/s"
        return [*_of_photos(name, read), *_of_texts(name, typed, health)]

    async def _arrivals(
        self,
        per_s: float,
        lasting: float,
        sent: list[asyncio.Task[StormMessage]],
        send: Callable[[], Awaitable[StormMessage]],
    ) -> None:
        """Start one each time it is due, by an even clock."""
        since = time.monotonic()
        for number in range(round(per_s * lasting)):
            await asyncio.sleep(max(0.0, since + number / per_s - time.monotonic()))
            sent.append(asyncio.ensure_future(send()))

    async def _photo(self) -> StormMessage:
        return await next(self._senders).photo(tag_photo(self._chance))

    async def _text(self) -> StormMessage:
        return await next(self._typists).text(self._codes.fresh())

    async def _health(self, took: list[float]) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                since = time.monotonic()
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{self._house.addresses[0]}/health") as got:
                        await got.read()
                took.append(time.monotonic() - since)
                await asyncio.sleep(0.1)


def _of_photos(name: str, sent: Sequence[StormMessage]) -> list[Row]:
    taken = [one for one in sent if one.answered]
    told = [one for one in sent if one.busy and not one.answered]
    took = percentile([one.took_s for one in taken], 0.95)
    rows = [
        Row(f"{name}: photos taken, told busy", f"{len(taken):,}, {len(told):,}"),
        none_of(f"{name}: photos neither", len(sent) - len(taken) - len(told)),
        at_most(f"{name}: photo, p95 to the answer", took, _PROMISE_S, " s"),
    ]
    if told:
        busy = percentile([one.busy - one.sent for one in told], 0.95)
        rows.append(at_most(f"{name}: busy, p95 until told", busy, _TOLD_S, " s"))
    return rows


def _of_texts(name: str, sent: Sequence[StormMessage], health: Sequence[float]) -> list[Row]:
    answered = [one.took_s for one in sent if one.answered]
    told = sum(bool(one.busy) for one in sent if not one.answered)
    return [
        none_of(f"{name}: codes neither answered nor told", len(sent) - len(answered) - told),
        Row(
            f"{name}: codes told to wait, of {len(sent):,}", f"{told:,}", "0", not told, speed=True
        ),
        Row(f"{name}: code, median", f"{percentile(answered, 0.5) * 1000:.0f} ms"),
        at_most(f"{name}: code, p95", percentile(answered, 0.95), _TEXT_S, " s"),
        at_most(f"{name}: /health, p95", percentile(health, 0.95), _HEALTH_S, " s"),
    ]
