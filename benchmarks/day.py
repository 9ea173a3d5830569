"""`python -m benchmarks.day`: a day's use, with all price services failing in turn.

The real conversation over a real SQLite file, the real look-up over HTTP to stand-ins of the
services, a scripted reader; the clock runs ahead, so that the day takes about a minute. Everybody
sends photos, presses what they are offered, some watch a price; the process restarts at noon. It
ends with 1 where a photo was not answered, something was lost, or a quota was not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.day_shops import Shops, open_shops, price_of
from benchmarks.shopper import blank_jpeg
from benchmarks.tables import table
from bot.buttons import parse
from bot.conversation import Conversation
from bot.desk import Memory
from bot.manners import Manners
from bot.price_memory import PriceRecorder
from bot.types import CommandSent, Event, PhotoSent, Reply, TextSent
from bot.watchman import AT_ONCE, Watchman
from recognizer.errors import ReaderBusy
from recognizer.types import Candidate, CodeReading, Quad, ReadPhoto, TextRegion
from storage.store import Store
from storage.types import Status, Who

MIDNIGHT = datetime(2026, 11, 20, 15, tzinfo=UTC)  # in Korea, where the quotas' day begins
_CHANNELS = ("web", "telegram", "kakao")
_AT_ONCE = 24
_EVERY = timedelta(hours=2)  # between two looks at a watched price
_FALL = 18  # the hour at which all prices fall
_QUAD: Quad = ((10.0, 20.0), (150.0, 20.0), (150.0, 40.0), (10.0, 40.0))


@dataclass
class Day:
    """What happened. `unanswered` and `lost` say what went wrong."""

    people: int = 0
    photos: int = 0
    typed: int = 0
    presses: int = 0
    watches: int = 0
    alerts: int = 0
    unanswered: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: dict[str, int] = field(default_factory=dict)
    quotas: dict[str, int] = field(default_factory=dict)
    refusals: int = 0
    answered_ms: list[float] = field(default_factory=list)
    took_s: float = 0.0

    @property
    def over_quota(self) -> list[str]:
        """Services that were called more often than their quota allows."""
        return [name for name, calls in self.calls.items() if calls > self.quotas[name]]

    @property
    def well(self) -> bool:
        """Every photo answered, nothing lost, quotas kept, nobody told twice."""
        wrong = (self.unanswered, self.lost, self.over_quota, self.refusals)
        return not any(wrong) and self.alerts == self.watches


class _Reader:
    """Reads the code that the photo's bytes name; now and then it is busy or finds none."""

    def __init__(self) -> None:
        self._jpeg = blank_jpeg()

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        await asyncio.sleep(0.002)
        kind, _, code = data.decode().partition(" ")
        if kind == "busy":
            raise ReaderBusy
        if kind == "none":
            return ReadPhoto(self._jpeg, CodeReading(()))
        confidence = 0.97 if kind == "sure" else 0.7
        found = Candidate(code, confidence, TextRegion(_QUAD, 0.9), ())
        return ReadPhoto(self._jpeg, CodeReading((found,)))


class _Sink:
    def __init__(self) -> None:
        self.sent: list[Reply] = []

    @property
    def latest(self) -> int:
        return len(self.sent)

    async def send(self, reply: Reply) -> None:
        self.sent.append(reply)

    async def amend(self, reply: Reply, message: int) -> None:
        self.sent[message - 1] = reply

    async def working(self) -> None:
        pass


class _Town:
    """The people, their bot, and the clock."""

    def __init__(self, store: Store, shops: Shops, recorder: PriceRecorder, day: Day) -> None:
        self.now = MIDNIGHT
        self.store, self.shops, self.day = store, shops, day
        self._memory = Memory(
            recorder, None, store.watches, store.told, frozenset(_CHANNELS), _EVERY
        )
        self.told: list[Who] = []
        self._numbers = iter(range(10**9))
        self._reader = _Reader()
        self.restart()

    def restart(self) -> None:
        """Another process over the same database."""
        tables = self.store.interactions, self.store.people, self.store.photos
        self._conversation = Conversation(
            self._reader,
            self.shops.lookup,
            *tables,
            lambda: self.now,
            catalogue=self.store.catalogue,
            manners=Manners(sure_confidence=0.9, price_deadline_s=0.5),
            checker=self.shops.lookup,
            memory=self._memory,
        )

    async def settled(self) -> None:
        await self._conversation.settled()

    async def post(self, who: Who, reply: Reply) -> None:
        """An alert."""
        self.told.append(who)

    async def say(self, who: Who, event: Event) -> _Sink:
        """Handle one event; one without an answer is counted."""
        sink = _Sink()
        await self._conversation.handle(who, event, sink)
        if not any(reply.text or reply.toast for reply in sink.sent):
            self.day.unanswered.append(event.key)
        for reply in sink.sent:
            if "문제가 생겨" in reply.text:
                self.day.unanswered.append(f"{event.key}: {reply.text}")
        return sink

    async def visit(self, who: Who, code: str, chance: random.Random) -> None:
        """One photo, and what the person does with the answer."""
        kind = chance.choices(("sure", "likely", "none", "busy"), (60, 30, 8, 2))[0]

        async def fetch() -> bytes:
            return f"{kind} {code}".encode()

        key, since = f"photo-{next(self._numbers)}", perf_counter()
        answer = await self.say(who, PhotoSent(key, fetch))
        self.day.answered_ms.append((perf_counter() - since) * 1000)
        self.day.photos += 1
        confirm = _data(answer, "confirm")
        if confirm:
            self.day.presses += 1
            await self.say(who, parse(f"press-{next(self._numbers)}", confirm))
        elif kind != "sure":
            self.day.typed += 1
            await self.say(who, TextSent(f"text-{next(self._numbers)}", code))
        row = await self.store.interactions.find(who, key)
        if row is None or (kind != "busy" and row.photo is None):
            self.day.lost.append(key)
        elif row.shown_code not in {code, None} or (row.code is None and kind == "likely"):
            self.day.lost.append(f"{key}: {row.status}")

    async def watch(self, who: Who, code: str) -> None:
        """Watch a code for less than it costs before the evening."""
        self.day.watches += 1
        below = f"{code} {price_of(code) - 5_000:,}원"
        event = CommandSent(f"watch-{next(self._numbers)}", "watch", below)
        await self.say(who, event)


async def simulate(people: int, seed: int = 7) -> Day:
    """A day of so many people."""
    day, since = Day(people), perf_counter()
    day.quotas = {"naver": 6 * people, "elevenst": people // 2, "serpapi": people // 8}
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/day.db", Path(folder) / "photos")
        recorder = PriceRecorder(store.prices_seen)
        codes = tuple(f"DV{number}" for number in range(2000, 2000 + max(10, people // 4)))
        clock = [MIDNIGHT]
        opened = open_shops(store, codes, day.quotas, lambda: clock[0], recorder.hear)
        async with opened as shops:
            town = _Town(store, shops, recorder, day)
            await _live(town, codes, clock, random.Random(seed))
            await town.settled()
            await recorder.stop()
            await _look_back(town, shops)
        await store.close()
    day.took_s = perf_counter() - since
    return day


async def _live(
    town: _Town, codes: tuple[str, ...], clock: list[datetime], chance: random.Random
) -> None:
    """Hour after hour; each person comes once, in a random hour between 0 and 24."""
    hours: list[list[int]] = [[] for _ in range(24)]
    for number in range(town.day.people):
        hours[chance.randrange(24)].append(number)
    outboxes = dict.fromkeys(_CHANNELS, town)
    men = [
        Watchman(
            town.store.watches, town.shops.lookup, town.store.people, outboxes, _EVERY,
            lambda: town.now,
        )
        for _ in range(2)
    ]  # fmt: skip
    for hour, numbers in enumerate(hours):
        town.shops.hour(hour, fallen=hour >= _FALL)
        if hour == 12:
            await town.settled()
            town.restart()
        for start in range(0, len(numbers), _AT_ONCE):
            part = timedelta(hours=hour + start / max(1, len(numbers)))
            clock[0] = town.now = MIDNIGHT + part
            batch = numbers[start : start + _AT_ONCE]
            await asyncio.gather(*(_come(town, number, codes, chance) for number in batch))
        for _ in range(max(1, town.day.watches // AT_ONCE + 1)):
            await asyncio.gather(*(man.look() for man in men))


async def _come(town: _Town, number: int, codes: tuple[str, ...], chance: random.Random) -> None:
    who = Who(_CHANNELS[number % 3], f"person-{number}", "ko")
    code = chance.choice(codes)
    await town.visit(who, code, chance)
    if number % 4 == 0:
        await town.visit(who, chance.choice(codes), chance)
    if number % 20 == 0 and town.now < MIDNIGHT + timedelta(hours=_FALL):
        await town.watch(who, code)


async def _look_back(town: _Town, shops: Shops) -> None:
    """Whether everything is there at the end of the day."""
    day, rows = town.day, 0
    for number in range(day.people):
        who = Who(_CHANNELS[number % 3], f"person-{number}")
        for row in await town.store.interactions.rows_before(who, None, 100):
            rows += 1
            quotes = await town.store.interactions.quotes(row.id)
            day.states.update((quote.source, quote.state) for quote in quotes)
            if row.photo is not None and await town.store.photos.get(row.photo) is None:
                day.lost.append(f"photo of row {row.id}")
            if row.status is Status.NONE_FOUND:
                day.lost.append(f"row {row.id}: the typed code")
    if rows < day.photos:
        day.lost.append(f"{day.photos - rows} rows")
    day.alerts = len(town.told)
    if len(set(town.told)) != day.alerts:
        day.lost.append("somebody was told twice")
    day.calls, day.refusals = shops.calls(), shops.refusals()


def report(day: Day) -> str:
    """The day in tables."""
    p95 = quantiles(day.answered_ms, n=20)[-1]
    happened = [
        ["people", f"{day.people:,}"],
        ["photos", f"{day.photos:,}"],
        ["not answered", str(len(day.unanswered))],
        ["lost", str(len(day.lost))],
        ["codes typed, buttons pressed", f"{day.typed:,}, {day.presses:,}"],
        ["watches set, alerts sent", f"{day.watches:,}, {day.alerts:,}"],
        ["ms to the answer, median and p95", f"{median(day.answered_ms):.0f}, {p95:.0f}"],
        ["seconds in all", f"{day.took_s:.0f}"],
    ]
    sources = sorted({source for source, _ in day.states})
    states = sorted({state for _, state in day.states})
    shown = [[one, *(str(day.states[one, state]) for state in states)] for one in sources]
    calls = [
        [name, f"{made:,}", f"{day.quotas[name]:,}", "no" if name in day.over_quota else "yes"]
        for name, made in day.calls.items()
    ]
    tables = [
        table(["a day", ""], happened),
        table(["answers shown", *states], shown),
        table(["service", "calls", "quota", "kept"], calls),
    ]
    wrong = [*day.unanswered[:5], *day.lost[:5]]
    return "\n\n".join([*tables, *wrong])


def main() -> int:
    """Print the tables; 1 where the day did not end well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000, help="how many (default: 2000)")
    day = asyncio.run(simulate(parser.parse_args().people))
    print(report(day))
    return 0 if day.well else 1


def _data(sink: _Sink, verb: str) -> str:
    choices = (choice for reply in sink.sent for row in reply.rows for choice in row)
    return next((choice.data for choice in choices if choice.data.startswith(f"{verb}:")), "")


if __name__ == "__main__":
    sys.exit(main())
