"""kill -9 at any moment: every photo is answered once, nothing is lost, old buttons work."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from itertools import count, product

import pytest

from benchmarks.stand_ins.telegram.chats import Shown
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from bot.talk.types import Reply
from storage.types import Status, Who
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import Bench
from tests.telegram.zygote import Zygote
from tests.waiting import PATIENCE_S

PHOTO, PHOTOS = tag_jpeg(), 20
IN_A_PHOTO = ["getUpdates", "sendMessage", "sendChatAction", "getFile", "file", "editMessageMedia"]
AT_THE_START = ["getMe", "setMyCommands", "deleteWebhook"]


class Mortal:
    """A bot process to be killed and started again."""

    def __init__(self, bench: Bench, zygote: Zygote) -> None:
        self.bench = bench
        self.kills = 0
        self._zygote = zygote
        self._pid = 0

    async def start(self) -> None:
        self._pid = await self._zygote.start(self.bench)

    async def kill(self) -> None:
        """SIGKILL; returns when the process is gone, and spares the next one."""
        self.bench.server.on_call = None
        pid, self._pid = self._pid, 0
        if not pid:
            return
        self.kills += 1
        os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)
                await asyncio.sleep(0.001)

    def sleep_at(self, method: str) -> asyncio.Event:
        """Stop it where it stands at its next call of this kind; the event is set when it is.

        Not while it renews a hold: it would keep the whole database locked.
        """
        asleep = asyncio.Event()

        async def watch(called: str, at: str) -> bool:
            if (called, at) == (method, "before") and not asleep.is_set():
                os.kill(self._pid, signal.SIGSTOP)
                while locked_by_another(self.bench):
                    os.kill(self._pid, signal.SIGCONT)
                    await asyncio.sleep(0.005)
                    os.kill(self._pid, signal.SIGSTOP)
                asleep.set()
            return False

        self.bench.server.on_call = watch
        return asleep

    def wake(self) -> None:
        os.kill(self._pid, signal.SIGCONT)

    def die_after(self, calls: int, stage: str) -> asyncio.Event:
        """Kill it at so many calls from now."""
        dead, left = asyncio.Event(), count(calls, -1)

        async def watch(_: str, at: str) -> bool:
            if at != stage or dead.is_set() or next(left) > 0:
                return False
            await self.kill()
            dead.set()
            return True

        self.bench.server.on_call = watch
        return dead

    def die_at(self, method: str, stage: str, time: int = 1) -> asyncio.Event:
        """Kill it when the server sees this call the so-manieth time; set when it is dead."""
        dead, left = asyncio.Event(), count(time - 1, -1)

        async def watch(called: str, at: str) -> bool:
            if (called, at) != (method, stage) or dead.is_set() or next(left) > 0:
                return False
            await self.kill()
            dead.set()
            return True

        self.bench.server.on_call = watch
        return dead


def locked_by_another(bench: Bench) -> bool:
    """Whether nobody else can write to the file."""
    with closing(sqlite3.connect(bench.file, timeout=0.1, isolation_level=None)) as file:
        try:
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        file.execute("ROLLBACK")
    return False


@pytest.fixture
async def mortal(bench: Bench, zygote: Zygote) -> AsyncIterator[Mortal]:
    mortal = Mortal(bench, zygote)
    try:
        yield mortal
    finally:
        await mortal.kill()


def answers(person: Person) -> list[Shown]:
    return [message for message in person.sees() if message.buttons]


async def everything_is_answered(person: Person, sent: list[Shown]) -> None:
    """Each photo has one answer, in order, and nothing else lies about."""
    await person.answered(len(sent))
    await asyncio.sleep(0.1)  # a second answer would come right behind
    assert [message.reply_to for message in answers(person)] == [photo.id for photo in sent]
    assert answers(person) == person.sees()


async def test_killed_at_every_kind_of_call(
    bench: Bench, server: TelegramServer, mortal: Mortal
) -> None:
    await mortal.start()
    photos = 0
    points = [
        (m, s) for m in IN_A_PHOTO for s in ("before", "after") if (m, s) != ("file", "after")
    ]
    points.append(("getUpdates", "acknowledged"))
    for number, (method, stage) in enumerate(points):
        person = Person(server, 2000 + number)
        dead = mortal.die_at(method, stage)
        sent = [await person.send_photo(PHOTO) for _ in range(2)]
        photos += len(sent)
        async with asyncio.timeout(PATIENCE_S):
            await dead.wait()
        await mortal.start()
        await everything_is_answered(person, sent)
        assert len(person.sees()) == len(sent), (method, stage)
    assert not server.called("sendPhoto")  # all answers are edits
    await person.until(lambda _: not waiting(bench))
    await mortal.kill()
    assert rows(bench) == [(f"tg:{5001 + number}", "read") for number in range(photos)]
    async with bench.store() as store:
        assert not await store.inbox.pending("telegram")


def rows(bench: Bench) -> list[tuple[str, str]]:
    """Event and status of every interaction in the file, oldest first."""
    with closing(sqlite3.connect(bench.file)) as file:
        return file.execute("SELECT event_key, status FROM interactions ORDER BY id").fetchall()


def waiting(bench: Bench) -> int:
    """How many updates the file holds that are not answered yet."""
    with closing(sqlite3.connect(bench.file)) as file:
        count: int = file.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone()[
            0
        ]
    return count


async def test_killed_while_starting(server: TelegramServer, mortal: Mortal) -> None:
    person = Person(server)
    sent = []
    for method in AT_THE_START:
        dead = mortal.die_at(method, "after")
        await mortal.start()
        sent.append(await person.send_photo(PHOTO))
        async with asyncio.timeout(PATIENCE_S):
            await dead.wait()
    await mortal.start()
    await everything_is_answered(person, sent)


async def test_killed_at_a_press(bench: Bench, server: TelegramServer, mortal: Mortal) -> None:
    person = Person(server)
    await mortal.start()
    sent = [await person.send_photo(PHOTO) for _ in range(4)]
    await everything_is_answered(person, sent)
    points = list(product(("answerCallbackQuery", "sendMessage"), ("before", "after")))
    olds = answers(person)
    for (method, stage), old in zip(points, olds, strict=True):
        dead = mortal.die_at(method, stage)
        await person.press(old, "confirm")
        async with asyncio.timeout(PATIENCE_S):
            await dead.wait()
        await mortal.start()
        await replied(person, old.id, 1)
        # Settled, so that the next death cannot fall between this message and its note as well.
        await person.until(lambda _: not waiting(bench))
    await asyncio.sleep(0.2)
    assert [replies(person, old.id) for old in olds] == [1] * 4
    await mortal.kill()
    assert [status for _, status in rows(bench)] == [Status.CONFIRMED] * 4


async def test_killed_while_texts_are_answered(
    bench: Bench, server: TelegramServer, mortal: Mortal
) -> None:
    await mortal.start()
    for number, stage in enumerate(("before", "after") * 2):
        person, other = Person(server, 2000 + number), Person(server, 3000 + number)
        dead = mortal.die_at("sendMessage", stage)
        sent = [await one.send_text("DD1391-100") for one in (person, other, person)]
        async with asyncio.timeout(PATIENCE_S):
            await dead.wait()
        await mortal.start()
        await person.until(lambda _: not waiting(bench))
        told = sorted(m.reply_to or 0 for one in (person, other) for m in one.sees())
        assert told == [message.id for message in sent], stage
        assert all("129,000" in m.text for one in (person, other) for m in one.sees())


async def test_what_is_looked_for_overwrites_no_other_message(
    bench: Bench, server: TelegramServer, mortal: Mortal
) -> None:
    """A process that knows nothing of what another sent dies in the window, too."""
    person = Person(server)
    await mortal.start()
    for _ in range(2):
        await person.send_photo(PHOTO)
    old, answer = await person.answered(2)
    await person.press(answer, "confirm")
    await person.until(lambda seen: len(seen) == 4)  # the price, and the question about training
    await person.until(lambda _: not waiting(bench))
    before = [message.text for message in person.sees()]
    await mortal.kill()
    await mortal.start()
    dead = mortal.die_at("sendMessage", "before")
    await person.press(old, "confirm")
    async with asyncio.timeout(PATIENCE_S):
        await dead.wait()
    await mortal.start()
    await person.until(lambda _: not waiting(bench))
    assert [message.text for message in person.sees()][1 : len(before)] == before[1:]
    assert len(person.sees()) == len(before) + 1


async def test_an_alert_is_not_taken_for_the_message_that_is_looked_for(
    bench: Bench, mortal: Mortal
) -> None:
    person = Person(bench.server)
    await mortal.start()
    dead = mortal.die_at("sendMessage", "before")
    sent = await person.send_text("DD1391-100")
    async with asyncio.timeout(PATIENCE_S):
        await dead.wait()
    alert = Reply("DD1391-100 <99,000원>")
    async with bench.store() as store:
        channel = bench.channel(bench.conversation(store), store)
        await channel.post(Who("telegram", str(person.id)), alert)
        await channel.stop()
    await mortal.start()
    await replied(person, sent.id, 1)
    await person.until(lambda _: not waiting(bench))
    assert [m.text for m in person.sees() if not m.reply_to] == [alert.text]
    assert replies(person, sent.id) == 1


async def test_an_albums_summary_comes_once(bench: Bench, mortal: Mortal) -> None:
    person = Person(bench.server)
    await mortal.start()
    placeholders = 2
    dead = mortal.die_at("sendMessage", "after", placeholders + 1)
    await person.send_album([PHOTO] * placeholders)
    async with asyncio.timeout(PATIENCE_S):
        await dead.wait()
    await mortal.start()
    await person.until(lambda _: not waiting(bench))
    assert sum(message.text.startswith("사진 2장") for message in person.sees()) == 1


async def test_who_slept_through_a_lease_leaves_the_answer_to_who_took_it(
    bench: Bench, zygote: Zygote, mortal: Mortal
) -> None:
    """A process that stands still (a suspended machine, a database away) is as good as dead."""
    person, other = Person(bench.server), Mortal(bench, zygote)
    await mortal.start()
    await person.send_photo(PHOTO)
    (answer,) = await person.answered()
    await person.until(lambda _: not waiting(bench))
    asleep = mortal.sleep_at("answerCallbackQuery")
    await person.press(answer, "confirm")
    async with asyncio.timeout(PATIENCE_S):
        await asleep.wait()
    await other.start()
    try:
        await replied(person, answer.id, 1)
        mortal.wake()
        await asyncio.sleep(0.5)  # a second answer would come right behind
    finally:
        await other.kill()
    assert replies(person, answer.id) == 1


async def test_a_press_that_was_answered_is_not_answered_after_a_restart(
    bench: Bench, server: TelegramServer, mortal: Mortal
) -> None:
    person = Person(server)
    await mortal.start()
    await person.send_photo(PHOTO)
    (answer,) = await person.answered()
    await person.until(lambda _: not waiting(bench))
    dead = mortal.die_at("sendMessage", "before")
    await person.press(answer, "confirm")
    async with asyncio.timeout(PATIENCE_S):
        await dead.wait()
    await mortal.start()
    await person.until(lambda _: not waiting(bench))
    assert len(server.called("answerCallbackQuery")) == 1


async def replied(person: Person, message: int, count: int) -> None:
    await person.until(lambda _: replies(person, message) >= count)


def replies(person: Person, message: int) -> int:
    """How many of the bot's messages tell prices in reply to this one."""
    return sum(m.reply_to == message and "129,000" in m.text for m in person.sees())


async def killed_at_random(mortal: Mortal, person: Person, luck: random.Random) -> None:
    """Some calls after it began to answer, or where there was less to do."""
    await mortal.start()
    await person.until(lambda _: person.server.called("getUpdates"))
    person.server.calls.clear()
    dead = mortal.die_after(luck.randint(1, 25), luck.choice(("before", "after")))
    await person.until(lambda _: dead.is_set() or len(answers(person)) >= PHOTOS)
    await mortal.kill()


async def test_killed_at_random_during_twenty_photos(
    bench: Bench, server: TelegramServer, mortal: Mortal
) -> None:
    person, luck = Person(server), random.Random(7)
    sent = [await person.send_photo(PHOTO) for _ in range(PHOTOS)]
    while len(answers(person)) < len(sent):
        await killed_at_random(mortal, person, luck)
    assert mortal.kills >= 3
    await mortal.start()
    await everything_is_answered(person, sent)
    first = answers(person)[0]
    await person.press(first, "confirm")
    await person.until(lambda seen: [m for m in seen if m.reply_to == first.id])
