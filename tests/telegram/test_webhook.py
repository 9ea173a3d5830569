"""The webhook: the secret, storing before 200, repeated deliveries."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from bot.channels.telegram.webhook import SECRET_HEADER, WEBHOOK_PATH
from bot.talk.errors import SettingsError
from bot.talk.manners import Manners
from storage.store import Store
from tests.fakes.locks import locked
from tests.fakes.ports import free_port
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import Bench, priced

PHOTO = tag_jpeg()
SECRET = "right_Secret-1"


@asynccontextmanager
async def hooked(bench: Bench, secret: str | None = SECRET) -> AsyncIterator[tuple[Store, str]]:
    """A bot behind a webhook, once Telegram knows it; its store and the route's address."""
    async with bench.store() as store:
        port = free_port()
        channel = bench.channel(
            bench.conversation(store),
            store,
            webhook_url=f"http://127.0.0.1:{port}",
            webhook_secret=secret,
        )
        app = web.Application()
        app.add_routes(channel.routes())
        site = TestServer(app, port=port)
        await site.start_server()
        await channel.start()
        await Person(bench.server, 1).until(lambda _: bench.server.webhook)
        try:
            yield store, f"http://127.0.0.1:{port}{WEBHOOK_PATH}"
        finally:
            await channel.stop()
            await site.close()


async def test_updates_come_by_webhook(bench: Bench, minji: Person) -> None:
    async with hooked(bench) as (_, url):
        assert bench.server.webhook["url"] == url
        assert bench.server.webhook["secret_token"] == SECRET
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        await minji.press(answer, "confirm")
        await minji.until(priced)
    assert not bench.server.called("getUpdates")


async def test_a_repeated_delivery_is_answered_once(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with hooked(bench):
        message = {"message_id": 7, "date": 1, "chat": server.chats.known[minji.chat]}
        update = {"update_id": 9, "message": {**message, "from": minji.user, "text": "/help"}}
        for _ in range(3):
            assert await server.post_webhook(update) == 200
        await minji.until(lambda seen: len(seen) >= 1)
        assert await server.post_webhook(update) == 200
        last = await minji.send_text("/help")
        seen = await minji.until(lambda seen: any(m.reply_to == last.id for m in seen))
    assert len(seen) == 2


@pytest.mark.parametrize("secret", ["wrong", "", "right_Secret-12", "비밀"])
async def test_whoever_does_not_know_the_secret_is_turned_away(bench: Bench, secret: str) -> None:
    async with hooked(bench) as (store, url), ClientSession() as session:
        headers = {SECRET_HEADER: secret} if secret else {}
        async with session.post(url, json={"update_id": 1}, headers=headers) as got:
            assert got.status == 403
        assert not await store.inbox.pending("telegram")


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"update_id": "1"}', "\xff"])
async def test_what_is_no_update_is_refused(bench: Bench, body: str) -> None:
    async with hooked(bench) as (_, url), ClientSession() as session:
        data, headers = body.encode("latin-1"), {SECRET_HEADER: SECRET}
        async with session.post(url, data=data, headers=headers) as got:
            assert got.status == 400


async def test_an_update_that_could_not_be_stored_is_not_acknowledged(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with hooked(bench) as (_, url), ClientSession() as session:
        with closing(sqlite3.connect(bench.file)) as other:
            other.execute("DROP TABLE inbox")
        headers = {SECRET_HEADER: SECRET}
        async with session.post(url, json={"update_id": 1}, headers=headers) as got:
            assert got.status == 503


async def test_a_locked_database_is_told_and_the_update_comes_again(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with hooked(bench) as (_, url), ClientSession() as session:
        message = {"message_id": 7, "date": 1, "chat": server.chats.known[minji.chat]}
        update = {"update_id": 9, "message": {**message, "from": minji.user, "text": "/help"}}
        with locked(bench.file):
            headers = {SECRET_HEADER: SECRET}
            async with session.post(url, json=update, headers=headers) as got:
                assert got.status == 503
        assert await server.post_webhook(update) == 200
        assert len(await minji.until(lambda seen: len(seen) >= 1)) == 1


async def test_what_is_beyond_the_limit_is_not_even_downloaded(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    bench.manners = Manners(photos_per_minute=1)
    async with hooked(bench):
        await minji.send_photo(PHOTO)
        await minji.answered()
        await minji.send_photo(PHOTO)
        await minji.until(lambda seen: any("1분에 1장" in message.text for message in seen))
    assert len(server.called("getFile")) == 1


async def test_without_a_secret_one_is_derived_that_does_not_tell_the_token(bench: Bench) -> None:
    async with hooked(bench, secret=None):
        derived = bench.server.webhook["secret_token"]
    assert len(derived) == 64 and TOKEN not in derived


async def test_a_secret_that_telegram_would_not_take_is_named(bench: Bench) -> None:
    async with bench.store() as store:
        with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET") as caught:
            bench.channel(bench.conversation(store), store, webhook_secret="not allowed!")
    assert "not allowed!" not in str(caught.value)


async def test_polling_has_no_route_and_ends_an_old_webhook(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    server.webhook = {"url": "http://127.0.0.1:9/old", "secret_token": "x"}
    async with bench.store() as store:
        channel = bench.channel(bench.conversation(store), store)
        assert channel.routes() == []
        await channel.start()
        await minji.until(lambda _: not server.webhook)
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 1)
        await channel.stop()
