"""Deep links, forwarded photos, commands in both languages, marks, two processes at once."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from bot.channels.telegram.build import mark_page
from bot.channels.telegram.calls.introducing import menu
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.updates.deep_links import linked_code
from bot.sentences import sentences
from bot.talk.commands import MENU
from bot.talk.types import Event, MarkSent, Replies, Reply, Who
from storage.database import utc_now
from storage.types import Lease, Quad
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import QUICK, Bench, settled
from tests.telegram.zygote import Zygote
from tests.waiting import PATIENCE_S

PHOTO = tag_jpeg()
CORNERS: Quad = ((0.1, 0.2), (0.9, 0.2), (0.9, 0.4), (0.1, 0.4))


def encoded(code: str) -> str:
    return base64.urlsafe_b64encode(code.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("DD1391-100", "DD1391-100"),
        ("dd1391-100", "DD1391-100"),
        (encoded("DD1391 100"), "DD1391-100"),
        (encoded("M.1234/5-6"), "M.1234/5-6"),
        ("DD1391_100", "DD1391-100"),
        ("inline", ""),
        ("", ""),
        ("=====", ""),
        ("%00", ""),
        ("가나다", ""),
    ],
)
def test_start_links_carry_codes(argument: str, code: str) -> None:
    assert linked_code(argument) == code


async def test_a_start_link_is_like_typing_its_code(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_text("/start DD1391-100")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await minji.send_text("/start inline")
        await minji.send_text("/start history")
        seen = await minji.until(lambda seen: len(seen) >= 3)
    assert answer.codes == ["DD1391-100"] and "129,000" in answer.text
    assert "안녕하세요" in seen[1].text and "DD1391-100" in str(seen[2].keyboard)


async def test_forwarded_photos_and_photos_in_replies_are_photos(
    bench: Bench, minji: Person
) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Shop"}
    async with bench.bot():
        first = await minji.send_photo(PHOTO, forward_origin=origin)
        await minji.send_photo(PHOTO, reply_to=first.id)
        await minji.answered(2)
    assert len(bench.reader.reads) == 2


async def test_commands_are_registered_in_both_languages(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.until(lambda _: len(bench.server.commands) == 2)
    told = {each["command"]: each["description"] for each in bench.server.commands["ko"]}
    english = menu(sentences("en"))
    assert tuple(told) == tuple(english) == MENU
    assert told == menu(sentences("ko"))
    assert all(told[name] != english[name] for name in told)


@pytest.mark.parametrize(
    ("url", "page"),
    [("https://a.kr", "https://a.kr/mark"), ("http://a.kr", ""), (None, "")],
)
def test_the_page_for_marks_needs_https(url: str | None, page: str) -> None:
    assert mark_page(url) == page


class Marked:
    """Keeps marks; answers with a sentence."""

    def __init__(self) -> None:
        self.marks: list[tuple[Who, MarkSent]] = []

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        if isinstance(event, MarkSent):
            self.marks.append((who, event))
        await replies.send(Reply("here", interaction=1, code="DD1391-100"))


async def test_a_mark_is_answered_once_in_the_private_chat(bench: Bench, minji: Person) -> None:
    handler = Marked()
    async with bench.store() as store:
        channel: TelegramChannel = bench.channel(handler, store)
        await channel.marked("1001", "ko", 1, CORNERS)  # before it is up: kept
        assert len(await store.inbox.pending("telegram")) == 1
        await channel.start()
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
        await channel.marked("1001", "en", 1, CORNERS)
        photo = await minji.send_photo(PHOTO)
        await settled(store.inbox)
        await channel.marked("1001", "ko", 1, CORNERS[::-1])
        seen = await minji.until(lambda seen: len(seen) >= 3)
        with pytest.raises(ValueError, match="corners"):
            await channel.marked("1001", "ko", 1, ((0, 0), (2, 0), (1, 1), (0, 1)))
        with pytest.raises(ValueError, match="user"):
            await channel.marked("-5; x", "ko", 1, CORNERS)
        await channel.stop()
    assert answer.past == ["읽는 중이에요…"] and answer.text == "here"
    assert [(who.user, mark.interaction) for who, mark in handler.marks] == [("1001", 1)] * 2
    assert handler.marks[0][1].corners == CORNERS
    assert seen[2].reply_to == photo.id


async def test_a_mark_reads_the_part_that_was_marked(bench: Bench, minji: Person) -> None:
    bench.reader.default = reading(jpeg=PHOTO)
    bench.reader.marked = reading("DD1391-100", jpeg=PHOTO)
    async with bench.store() as store:
        channel = bench.channel(bench.conversation(store), store)
        await channel.start()
        sent = await minji.send_photo(PHOTO)
        await minji.answered()
        await settled(store.inbox)
        await channel.marked("1001", "ko", 1, CORNERS)
        seen = await minji.until(lambda seen: any("DD1391-100" in m.codes for m in seen))
        await settled(store.inbox)
        await channel.stop()
    answers = [m for m in seen if "DD1391-100" in m.codes]
    assert bench.reader.marks == [CORNERS] and answers[-1].reply_to == sent.id


async def test_two_processes_that_start_at_once_answer_each_update_once(
    bench: Bench, server: TelegramServer, zygote: Zygote
) -> None:
    people = [Person(server, 4000 + number) for number in range(8)]
    chats = server.chats
    rows = []
    for number, person in enumerate(people):
        extra = {"from": person.user}
        message = chats.json(chats.add(person.chat, person.id, text="/help", extra=extra))
        update = {"update_id": 100 + number, "message": message}
        rows.append((f"tg:{100 + number}", json.dumps(update), str(person.id)))
    async with bench.store() as store:
        await store.inbox.put_many("telegram", rows)
    pids = [await zygote.start(bench, lease_s=PATIENCE_S) for _ in range(2)]
    try:
        for person in people:
            await person.until(lambda seen: seen)
        await people[0].until(lambda _: not unanswered(bench.file))
        await asyncio.sleep(0.5)
    finally:
        _kill(pids)
    assert [len(person.sees()) for person in people] == [1] * 8


async def test_what_a_process_that_died_held_is_answered_when_its_hold_ends(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    message = server.chats.json(
        server.chats.add(minji.chat, minji.id, text="/help", extra={"from": minji.user})
    )
    row = ("tg:100", json.dumps({"update_id": 100, "message": message}), "1001")
    lease = Lease(timedelta(seconds=1.5), "dead")
    until = utc_now() + lease.length
    async with bench.store() as store:
        await store.inbox.put_many("telegram", [row], lease)
    async with bench.bot(timing=replace(QUICK, lease_s=1.5)) as store:
        await minji.until(lambda seen: len(seen) >= 1)
        assert utc_now() >= until
        await settled(store.inbox)


def unanswered(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        query = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
        count: int = database.execute(query).fetchone()[0]
    return count


def _kill(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
