"""Flood limits, people who blocked the bot, and what Telegram refuses."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from bot.talk.conversation import Conversation
from bot.talk.manners import Manners
from bot.talk.types import NO_PICTURE, Choice, Document, Event, Replies, Reply, Who
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import QUICK, Bench, settled
from tests.waiting import PATIENCE_S

PHOTO = tag_jpeg()
IMPATIENT = replace(QUICK, patience_s=0.2)


class Says:
    """Answers every event with the same reply."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        await replies.send(self.reply)


async def test_a_long_flood_wait_of_many_people_holds_nobody_else_up(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    flooded = [Person(server, 3000 + number) for number in range(40)]
    for person in flooded:
        server.chats.silent_until[person.chat] = time.monotonic() + 600
    async with bench.bot(timing=IMPATIENT):
        for person in flooded:
            await person.send_text("/help")
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 1)
    assert not any(person.sees() for person in flooded)


async def test_a_flood_wait_of_many_people_is_kept_to(bench: Bench, server: TelegramServer) -> None:
    flooded = [Person(server, 3000 + number) for number in range(10)]
    for person in flooded:
        server.chats.silent_until[person.chat] = time.monotonic() + 2
    async with bench.bot(timing=IMPATIENT) as store:
        for person in flooded:
            await person.send_text("/help")
        for person in flooded:
            await person.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert len(server.called("sendMessage")) <= 10 * 4
    assert [len(person.sees()) for person in flooded] == [1] * 10


async def test_a_photo_under_a_flood_limit_is_answered_once(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot(timing=IMPATIENT) as store:
        bench.reader.gate = asyncio.Event()
        sent = await minji.send_photo(PHOTO)
        await minji.until(lambda _: bench.reader.reads)
        server.chats.silent_until[minji.chat] = time.monotonic() + 1.5
        bench.reader.gate.set()
        (answer,) = await minji.answered()
        await settled(store.inbox)
    assert minji.sees() == [answer] and answer.reply_to == sent.id
    assert len(bench.reader.reads) == 1


async def test_what_waits_for_somebody_who_blocked_the_bot_is_dropped(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    bench.reader.gate = asyncio.Event()
    async with bench.bot() as store:
        for _ in range(6):
            await minji.send_photo(PHOTO)
        await minji.until(lambda _: bench.reader.reads)
        server.chats.blocked.add(minji.chat)
        bench.reader.gate.set()
        await settled(store.inbox)
        assert len(bench.reader.reads) == 1
        server.chats.blocked.clear()
        await minji.send_text("/help")  # back again
        await minji.until(lambda seen: len(seen) >= 2)


async def test_a_button_that_telegram_refuses_does_not_cost_the_answer(
    bench: Bench, minji: Person
) -> None:
    rows = ((Choice("shop", url="http://localhost/x"), Choice("yes", "confirm:1")),)
    async with bench.bot(Says(Reply("fine", rows))):
        await minji.send_text("hello")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
    assert answer.buttons == [{"text": "yes", "callback_data": "confirm:1"}]


async def test_copying_marking_and_styles(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    row = (
        Choice("copy", copy="DD1391-100", style="primary"),
        Choice("too long", copy="x" * 257),
        Choice("mark", mark=True, style="success"),
        Choice("no", "refuse:7", style="danger"),
    )
    wide = tuple(Choice(str(number), f"char:7:{number}") for number in range(120))
    says = Says(Reply("text", (row, wide), interaction=7))
    page = "https://bot.example.org/mark"
    async with bench.bot(says, mark_page=page):
        await minji.send_text("hello")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        group = Person(server, 1003, "ko", group=-500)
        await group.send_text("@pumbeon_bot hello")
        (shown,) = await group.until(lambda seen: len(seen) >= 1)
    copy, mark, no, *rest = answer.buttons
    assert copy == {"text": "copy", "copy_text": {"text": "DD1391-100"}, "style": "primary"}
    assert mark["web_app"] == {"url": f"{page}?interaction=7"} and mark["style"] == "success"
    assert no["style"] == "danger" and len(rest) == 97
    assert not [button for button in shown.buttons if "web_app" in button]


async def test_without_a_public_address_there_is_no_button_to_mark(
    bench: Bench, minji: Person
) -> None:
    says = Says(Reply("text", ((Choice("mark", mark=True),),), interaction=7))
    async with bench.bot(says):
        await minji.send_text("hello")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
    assert not answer.buttons


async def test_a_page_without_a_picture_takes_the_place_of_one_with(
    bench: Bench, minji: Person
) -> None:
    turn = ((Choice("next", "hist:0:1"),),)
    says = Says(Reply("page 1", turn, image=PHOTO))
    async with bench.bot(says):
        await minji.send_text("/history")
        (first,) = await minji.until(lambda seen: len(seen) >= 1)
        says.reply = Reply("page 2", turn, image=NO_PICTURE, replaces=True)
        await minji.press(first, "hist")
        (second,) = await minji.until(lambda seen: seen[:1] and seen[0].text == "page 2")
        assert first.deleted and second.photo is None
        says.reply = Reply("page 1", turn, image=PHOTO, replaces=True)
        await minji.press(second, "hist")
        (third,) = await minji.until(lambda seen: seen[:1] and seen[0].photo is not None)
    assert third.text == "page 1"


async def test_a_file_comes_as_a_document(bench: Bench, minji: Person) -> None:
    file = Document("my/codes: 1.csv", "text/csv", b"code,price\n")
    says = Says(Reply("Your codes", document=file))
    async with bench.bot(says):
        await minji.send_text("/export")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        says.reply = Reply("x " * 600, document=file)
        await minji.send_text("/export")
        text, long = (await minji.until(lambda seen: len(seen) >= 3))[1:]
    assert (answer.text, answer.document) == ("Your codes", b"code,price\n")
    assert answer.name == "my_codes_ 1.csv"
    assert len(text.text) > 1024 and text.document is None and long.document


async def test_typing_is_shown_as_long_as_a_photo_is_read(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    bench.reader.gate = asyncio.Event()
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        await minji.until(lambda _: len(server.called("sendChatAction")) >= 3)
        bench.reader.gate.set()
        await minji.answered()
        await settled(store.inbox)
        signs, seen = server.called("sendChatAction"), -1
        async with asyncio.timeout(PATIENCE_S):
            while seen < len(signs):  # a call that was cut off may still be arriving
                seen = len(signs)
                await asyncio.sleep(3 * QUICK.typing_s)
                signs = server.called("sendChatAction")
    assert seen >= 3


async def test_a_person_with_too_many_photos_is_told_so_kindly(
    bench: Bench, server: TelegramServer, minji: Person, paul: Person
) -> None:
    async with bench.store() as store:
        tables = store.interactions, store.people, store.photos
        conversation = Conversation(
            bench.reader,
            bench.prices,
            *tables,
            lambda: datetime.now(UTC),
            manners=Manners(photos_per_minute=2),
        )
        channel = bench.channel(conversation, store)
        await channel.start()
        for _ in range(3):
            await minji.send_photo(PHOTO)
        await paul.send_photo(PHOTO)
        await paul.answered()
        await settled(store.inbox)
        await channel.stop()
    *read, told = minji.sees()
    assert all(message.photo for message in read) and len(read) == 2
    assert told.text != "읽는 중이에요…" and told.past == ["읽는 중이에요…"]
    assert len(bench.reader.reads) == 3


async def test_malformed_updates_stop_nobody(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    user, chat = minji.user, server.chats.known[minji.chat]
    good = {"message_id": 1, "date": 1, "chat": chat, "from": user}
    odd = [
        ("message", "text"),
        ("message", []),
        ("message", {"from": "me", "chat": "there"}),
        ("message", {**good, "text": "\ud800 half a letter"}),
        ("message", {**good, "media_group_id": 5, "photo": [{}]}),
        ("message", {**good, "media_group_id": "A", "photo": "x", "message_id": 2**70}),
        ("message", {**good, "entities": [{"type": "mention", "offset": -5, "length": 900}]}),
        (
            "message",
            {**good, "text": "@x", "entities": [{"type": "new", "offset": 9, "length": 9}]},
        ),
        ("edited_message", {**good, "photo": []}),
        ("edited_message", None),
        ("callback_query", {"id": 5, "from": user}),
        (
            "callback_query",
            {
                "id": "Q",
                "from": user,
                "inline_message_id": "x",
                "data": "a:1",
                "chat_instance": "1",
            },
        ),
        ("inline_query", {"id": "I"}),
        ("inline_query", 7),
        ("poll", {"id": "1"}),
    ]
    server.queries["Q"] = "open"
    async with bench.bot() as store:
        for number, (kind, content) in enumerate(odd):
            await server.redeliver({"update_id": 7000 + number, kind: content})
        last = await minji.send_text("/help")
        await minji.until(lambda seen: any(m.reply_to == last.id for m in seen))
        await settled(store.inbox)
    assert server.queries["Q"] == "answered"
