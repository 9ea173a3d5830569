"""Trouble on the way to Telegram, and people who cannot be reached."""

from __future__ import annotations

import logging
from itertools import product

import pytest

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TOKEN, Fault, TelegramServer
from bot.channels.telegram.logs import LOG
from bot.talk.types import Event, PhotoSent, Replies, Reply, Who
from storage.errors import DatabaseAway
from tests.fakes.locks import locked
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import Bench, settled
from tests.waiting import until

PHOTO = tag_jpeg()


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        *product(
            ["sendMessage", "editMessageMedia", "getFile", "file", "getUpdates"], [502, "drop"]
        ),
        *product(["editMessageMedia", "getUpdates"], [429]),
    ],
)
async def test_a_call_that_fails_is_tried_again(
    bench: Bench, server: TelegramServer, minji: Person, method: str, kind: int | str
) -> None:
    server.faults.append(Fault(method, kind, retry_after=1 if kind == 429 else 0))
    async with bench.bot():
        sent = await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
    assert not server.faults
    assert answer.reply_to == sent.id and len(minji.sees()) == 1


@pytest.mark.parametrize("fault", ["away", "moved"])
async def test_a_file_that_is_away_for_a_moment_is_asked_for_again(
    bench: Bench, server: TelegramServer, minji: Person, fault: str
) -> None:
    if fault == "away":  # as Telegram says it: with a 400
        server.away = 2
    else:  # the address that getFile gave is gone
        server.faults.append(Fault("file", 404))
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 2)
    assert answer.codes == ["DD1391-100"]
    assert len(server.called("getFile")) == (3 if fault == "away" else 2)


async def test_a_file_that_stays_away_is_told(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.away = 99
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.until(lambda seen: seen[:1] and "받아 오지" in seen[0].text)
    assert answer.reply_to and server.away < 99


async def test_an_edit_whose_answer_was_lost_is_not_made_twice(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.faults.append(Fault("editMessageMedia", "lost"))
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        await minji.until(lambda _: len(server.called("editMessageMedia")) == 2)
        await settled(store.inbox)
    assert answer.past == ["읽는 중이에요…"] and minji.sees() == [answer]
    assert not server.called("sendPhoto")


async def test_one_persons_flood_limit_holds_nobody_else_up(
    bench: Bench, server: TelegramServer, minji: Person, paul: Person
) -> None:
    server.faults.append(Fault("sendMessage", 429, retry_after=60))
    async with bench.bot():
        await minji.send_text("/help")
        await minji.until(lambda _: not server.faults)
        await paul.send_text("/help")
        await paul.until(lambda seen: len(seen) >= 1)
    assert not minji.sees()


async def test_while_telegram_is_down_the_update_waits_without_being_given_up(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.faults += [Fault("editMessageMedia", 500) for _ in range(12)]
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
    assert not server.faults and answer.codes == ["DD1391-100"]


class Away:
    """A conversation whose database is away for its first turns."""

    def __init__(self, turns: int) -> None:
        self.left = turns

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        self.left -= 1
        if self.left >= 0:
            raise DatabaseAway("the database failed: OperationalError: database is locked")
        await replies.send(Reply("here it is"))


async def test_while_the_database_is_away_the_update_waits_without_being_given_up(
    bench: Bench, minji: Person
) -> None:
    async with bench.bot(Away(turns=5)) as store:  # more than are given up after
        await minji.send_text("DD1391-100")
        await minji.until(lambda seen: seen)
        await settled(store.inbox)
    assert [message.text for message in minji.sees()] == ["here it is"]


async def test_what_a_locked_database_does_not_take_is_asked_for_again(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot():
        await until(lambda: server.called("getUpdates"))
        asked = len(server.called("getUpdates"))
        with locked(bench.file):
            await minji.send_text("/help")
            await until(lambda: len(server.called("getUpdates")) > asked + 1)
        seen = await minji.until(lambda seen: len(seen) >= 1)
    assert len(seen) == 1


async def test_a_database_that_is_locked_at_the_start_is_waited_for(
    bench: Bench, minji: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with bench.store() as store:
        await store.inbox.put("telegram", "tg:1", "{}")
        channel = bench.channel(bench.conversation(store), store)
        with locked(bench.file):
            await channel.start()
            await until(lambda: "cannot be read" in caplog.text)
        await minji.send_text("/help")
        seen = await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
        await channel.stop()
    assert len(seen) == 1


async def test_a_server_that_adds_no_picture_to_a_text_gets_a_new_message(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.chats.media_on_text = False
    async with bench.bot() as store:
        sent = await minji.send_photo(PHOTO)
        *_, answer = await minji.answered()
        await settled(store.inbox)
    assert answer.photo and answer.reply_to == sent.id
    assert minji.sees() == [answer]  # "reading…" is gone


async def test_a_method_that_the_server_does_not_know_is_no_wrong_token(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.unknown_methods = {"editMessageMedia", "setMyCommands", "sendChatAction"}
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        *_, answer = await minji.answered()
        await settled(store.inbox)
    assert minji.sees() == [answer]


async def test_somebody_who_blocked_the_bot_is_let_go(
    bench: Bench, server: TelegramServer, minji: Person, caplog: pytest.LogCaptureFixture
) -> None:
    server.chats.blocked.add(minji.chat)
    caplog.set_level(logging.INFO, "bot.channels.telegram")
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        await until(lambda: "nobody to answer" in caplog.text)
        await settled(store.inbox)
    assert all(
        r.levelno <= logging.INFO for r in caplog.records if r.name == "bot.channels.telegram"
    )


class Poison:
    """A handler that fails on photos, after it sent something or before."""

    def __init__(self) -> None:
        self.runs = 0

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        if isinstance(event, PhotoSent):
            self.runs += 1
            raise RuntimeError(f"boom {TOKEN}")
        await replies.send(Reply("fine"))


async def test_a_poison_update_is_given_up_with_a_sentence(
    bench: Bench, paul: Person, caplog: pytest.LogCaptureFixture
) -> None:
    poison = Poison()
    async with bench.bot(poison) as store:
        photo = await paul.send_photo(PHOTO)
        await paul.send_text("and this?")
        sorry, fine = await paul.until(lambda seen: len(seen) >= 2)
        await settled(store.inbox)
    assert poison.runs == 3
    assert sorry.text.startswith("Sorry") and sorry.reply_to == photo.id and fine.text == "fine"
    assert "tg:5001 given up" in caplog.text and TOKEN not in caplog.text


async def test_an_update_that_cannot_be_parsed_stops_nobody(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot() as store:
        await server.deliver("message", {"from": {"id": minji.id}, "photo": "nonsense"})
        await minji.send_text("/help")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert "/history" in answer.text


@pytest.mark.parametrize("token", ["777:AAwrong-token-0123456789-0123456789", "nonsense"])
async def test_a_wrong_token_stops_the_channel_with_one_line(
    bench: Bench, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with bench.store() as store:
        channel = bench.channel(bench.conversation(store), store, token=token)
        await channel.start()
        await until(lambda: channel.rejected)
        await channel.stop()
    errors = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert len(errors) == 1 and "TELEGRAM_BOT_TOKEN" in errors[0]
    assert token not in caplog.text


async def test_a_token_revoked_while_running_keeps_what_was_not_answered(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async def revoke(method: str, _: str) -> bool:
        if method == "editMessageMedia":
            server.faults += [Fault("*", 401) for _ in range(50)]
        return False

    server.on_call = revoke
    async with bench.store() as store:
        channel = bench.channel(bench.conversation(store), store)
        await channel.start()
        await minji.send_photo(PHOTO)
        await until(lambda: channel.rejected)
        await channel.stop()
        assert [item.key for item in await store.inbox.pending("telegram")] == ["tg:5001"]
    server.on_call, server.faults = None, []
    async with bench.bot():
        (answer,) = await minji.answered()
    assert minji.sees() == [answer]


async def test_another_poller_and_a_server_that_is_not_up_yet_are_waited_out(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.faults += [Fault("getMe", "drop") for _ in range(5)]
    server.faults += [Fault("getUpdates", 409), Fault("deleteWebhook", 500)]
    async with bench.bot():
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 1)
    assert not server.faults


async def test_no_log_at_any_level_holds_the_token_or_a_file_path(
    bench: Bench, server: TelegramServer, minji: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults += [Fault("file", "drop"), Fault("file", 500), Fault("getUpdates", "drop")]
    async with bench.bot():
        await minji.send_photo(PHOTO)
        await minji.answered()
    LOG.error("said by mistake: %s", TOKEN)
    assert TOKEN not in caplog.text and "photos/file" not in caplog.text
    assert "said by mistake: <token>" in caplog.text
