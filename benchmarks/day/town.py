"""The people of a simulated day and their bot: the real conversation over the real store."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from time import perf_counter

from benchmarks.day.report import Day
from benchmarks.day.shops import Shops, price_of
from benchmarks.taps.shopper import blank_jpeg
from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.manners import Manners
from bot.talk.prices.price_memory import PriceRecorder
from bot.talk.types import CommandSent, Event, PhotoSent, Reply, TextSent
from recognizer.errors import ReaderBusy
from recognizer.types import Candidate, CodeReading, Quad, ReadPhoto, TextRegion
from storage.store import Store
from storage.types import Who

MIDNIGHT = datetime(2026, 11, 20, 15, tzinfo=UTC)  # in Korea, where the quotas' day begins
TOWN_CHANNELS = ("web", "telegram", "kakao")
EVERY = timedelta(hours=2)  # between two looks at a watched price
_QUAD: Quad = ((10.0, 20.0), (150.0, 20.0), (150.0, 40.0), (10.0, 40.0))


def who_is(number: int, language: str = "") -> Who:
    """A person of the town; everybody uses one channel."""
    return Who(TOWN_CHANNELS[number % len(TOWN_CHANNELS)], f"person-{number}", language)


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


class Town:
    """The people, their bot, and the clock."""

    def __init__(self, store: Store, shops: Shops, recorder: PriceRecorder, day: Day) -> None:
        self.now = MIDNIGHT
        self.store, self.shops, self.day = store, shops, day
        self._memory = Memory(
            recorder,
            watches=store.watches,
            told=store.told,
            pushing=frozenset(TOWN_CHANNELS),
            watch_every=EVERY,
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
        """Wait for prices that come late."""
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


def _data(sink: _Sink, verb: str) -> str:
    choices = (choice for reply in sink.sent for row in reply.rows for choice in row)
    return next((choice.data for choice in choices if choice.data.startswith(f"{verb}:")), "")
