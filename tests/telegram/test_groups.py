"""Groups, topics, anonymous writers, groups that move."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks.stand_ins.telegram.chats import BOT
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import PATIENT, Bench, settled

PHOTO = tag_jpeg()
GROUP = -500


@pytest.fixture
def group(server: TelegramServer) -> Person:
    return Person(server, 1003, "ko", group=GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "write to mail@pumbeon_bot.kr DD1391-100",
        "@pumbeon_bot2 DD1391-100",
        "/help@another_bot",
        "/unheard_of",
        "DD1391-100",
        "http://x.kr/@pumbeon_bot DD1391-100",
    ],
)
async def test_what_does_not_name_the_bot_is_not_for_it(
    bench: Bench, group: Person, text: str
) -> None:
    async with bench.bot() as store:
        await group.send_text(text)
        await group.send_text("/help@pumbeon_bot")
        await group.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert len(group.sees()) == 1


async def test_a_name_behind_emoji_is_found_and_taken_out(bench: Bench, group: Person) -> None:
    async with bench.bot():
        await group.send_text("👟👟 @Pumbeon_Bot DD1391-100 ")
        await group.until(lambda seen: len(seen) >= 1)
        me = {"type": "text_mention", "offset": 0, "length": 3, "user": BOT}
        await group.send(text="봇님아 CW2288-111", entities=[me])
        seen = await group.until(lambda seen: len(seen) >= 2)
    assert seen[1].codes == ["CW2288-111"]


async def test_naming_the_bot_under_a_photo_reads_that_photo(
    bench: Bench, server: TelegramServer, group: Person
) -> None:
    other = Person(server, 1004, "ko", group=GROUP)
    async with bench.bot() as store:
        photo = await other.send_photo(PHOTO)
        asked = await group.send_text("@pumbeon_bot 이거 뭐예요?", reply_to=photo.id)
        (answer,) = await group.answered()
        await group.send_text("@pumbeon_bot DD1391-100", reply_to=photo.id)
        await settled(store.inbox)
        row = await store.interactions.get(1)
    assert answer.reply_to == asked.id and bench.reader.reads == [PHOTO]
    assert row is not None and row.who.user == "1003"


async def test_a_reply_to_the_bot_is_for_it_and_anothers_button_is_only_noticed(
    bench: Bench, server: TelegramServer, group: Person
) -> None:
    other = Person(server, 1004, "ko", group=GROUP)
    async with bench.bot(timing=PATIENT) as store:
        await group.send_photo(PHOTO, caption="@pumbeon_bot")
        (answer,) = await group.answered()
        query = await other.press(answer, "edit")
        await group.until(lambda _: server.toasts.get(query))
        await settled(store.inbox)
        assert len(group.sees()) == 1 and not answer.past[1:]
        await group.send_text("CW2288-111", reply_to=answer.id)
        await group.until(lambda seen: len(seen) >= 2)
        row = await store.interactions.get(1)
    assert row is not None and row.code == "CW2288-111"


async def test_what_is_ones_own_is_shown_in_private(bench: Bench, group: Person) -> None:
    async with bench.bot():
        await group.send_text("/history")
        (answer,) = await group.until(lambda seen: len(seen) >= 1)
    assert answer.buttons[0]["url"] == "https://t.me/pumbeon_bot?start=history"


async def test_answers_stay_in_their_topic(bench: Bench, server: TelegramServer) -> None:
    person = Person(server, 1003, "ko", group=-1_000_000_000_500, topic=7)
    async with bench.bot():
        await person.send_photo(PHOTO, caption="@pumbeon_bot")
        await person.answered()
        server.chats.topics.clear()
        await person.send_text("/help@pumbeon_bot")
        seen = await person.until(lambda seen: len(seen) >= 2)
    assert [m.thread for m in seen] == [7, None]  # a topic that is gone: in the chat itself
    typed = server.called("sendChatAction")
    assert typed and all(int(call["message_thread_id"]) == 7 for call in typed)


async def test_nobody_and_anonymous_writers_do_no_harm(
    bench: Bench, server: TelegramServer, group: Person
) -> None:
    chat = server.chats.known[GROUP]
    hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    entities = [{"type": "mention", "offset": 0, "length": 12}]
    base = {"date": 1, "chat": chat, "text": "@pumbeon_bot DD1391-100", "entities": entities}
    channel = {"id": -900, "type": "channel", "title": "C"}
    async with bench.bot() as store:
        await server.deliver("message", {**base, "message_id": 11})
        post = {**base, "message_id": 12, "from": {**hidden, "id": 777000, "is_bot": False}}
        await server.deliver("message", {**post, "text": "news", "entities": []})
        await server.deliver("message", {**base, "message_id": 13, "chat": channel})
        await server.deliver(
            "message", {**base, "message_id": 14, "from": hidden, "sender_chat": chat}
        )
        (answer,) = await group.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert "익명" in answer.text and not bench.prices.calls


async def test_a_group_that_became_a_supergroup_gets_its_answer_there(
    bench: Bench, server: TelegramServer, group: Person
) -> None:
    new = Person(server, 1003, "ko", group=-1_000_000_000_700)
    bench.reader.gate = asyncio.Event()
    async with bench.bot() as store:
        await group.send_photo(PHOTO, caption="@pumbeon_bot")
        await group.until(lambda _: bench.reader.reads)
        server.chats.moved[GROUP] = new.chat
        bench.reader.gate.set()
        (answer,) = await new.answered()
        await group.send(migrate_to_chat_id=new.chat)
        await group.send_text("/help@pumbeon_bot")
        await new.until(lambda seen: len(seen) >= 2)
        await settled(store.inbox)
    assert answer.codes == ["DD1391-100"]


async def test_own_inline_results_are_not_answered(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        await minji.send(text="DD1391-100", via_bot=BOT)
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert not bench.prices.calls
