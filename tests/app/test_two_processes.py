"""Two processes of the whole application on one PostgreSQL, each message reaching both at once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import ClientSession

from benchmarks.stand_ins.telegram.chats import JSON
from benchmarks.stand_ins.telegram.people import Person as Chatter
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from storage.store import Store
from storage.types import Who
from tests.fakes.app_process import application
from tests.fakes.postgres import PostgresServer
from tests.fakes.reader import tag_jpeg
from tests.web.client import Answer, Person

PHOTO = tag_jpeg()
SECRET = "right_Secret-1"
PEOPLE = 4


class Balanced(TelegramServer):
    """A webhook whose every update comes to all processes, as after a lost acknowledgement."""

    addresses: tuple[str, ...] = ()

    async def post_webhook(self, update: JSON, tries: int = 5) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}

        async def post(session: ClientSession, url: str) -> int:
            async with session.post(f"{url}/telegram/webhook", json=update, headers=headers) as got:
                return got.status

        async with ClientSession() as session:
            told = await asyncio.gather(*(post(session, url) for url in self.addresses))
        assert set(told) == {200}, told
        return 200


async def twice(first: Answer, second: Answer) -> list[dict[str, Any]]:
    """The one answer that both processes gave."""
    assert (first.status, second.status) == (200, 200), (first.refusal, second.refusal)
    found = {entry["id"]: entry for answer in (first, second) for entry in answer.bot}
    return [found[number] for number in sorted(found)]


async def chat(urls: tuple[str, ...]) -> None:
    """A person in the web chat sends a photo and confirms it, everything to both processes."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        a, b = (Person(session, url) for url in urls)
        await a.log()
        sent = await asyncio.gather(*(one.photo(PHOTO, "photo-0001") for one in (a, b)))
        answers = await twice(*sent)
        assert [entry["text"].count("DD1391-100") > 0 for entry in answers] == [True], answers
        buttons = [button["data"] for row in answers[0]["rows"] for button in row]
        confirm = next(data for data in buttons if data.startswith("confirm:"))
        number = answers[0]["id"]
        told = await asyncio.gather(*(one.press(confirm, number, "press-0001") for one in (a, b)))
        assert await twice(*told)
        entries = [(await one.log())["entries"] for one in (a, b)]
        assert entries[0] == entries[1]
        told_by = [(entry["author"], entry["turn"]) for entry in entries[0]]
        assert told_by.count(("person", "photo-0001")) == 1
        assert told_by.count(("bot", "photo-0001")) == 1
        assert len([entry for entry in entries[0] if "129,000" in entry["text"]]) <= 1


async def chatter(person: Chatter) -> None:
    """A person in Telegram does the same."""
    await person.send_photo(PHOTO)
    (answer,) = await person.answered()
    await person.press(answer, "confirm")
    await person.until(lambda seen: any("SAMPLE" in message.text for message in seen))


async def test_each_message_is_answered_once(postgres: PostgresServer, tmp_path: Path) -> None:
    url = await asyncio.to_thread(postgres.empty)
    server = Balanced()
    async with server, AsyncExitStack() as stack:
        settings: dict[str, object] = {
            "web_port": 0,
            "database_url": url,
            "photo_dir": str(tmp_path / "photos"),
            "telegram_bot_token": TOKEN,
            "telegram_api_url": server.api_url,
            "telegram_file_url": server.file_url,
            "telegram_webhook_url": "https://bot.example",
            "telegram_webhook_secret": SECRET,
        }
        both = [stack.enter_async_context(application(settings)) for _ in range(2)]
        started = await asyncio.gather(*both)
        server.addresses = tuple(url for url, _ in started)
        people = [Chatter(server, 2000 + number) for number in range(PEOPLE)]
        await people[0].until(lambda _: server.webhook)
        chats = [chat(server.addresses) for _ in range(PEOPLE)]
        await asyncio.gather(*chats, *(chatter(person) for person in people))
        await asyncio.sleep(0.3)
        for person in people:
            shown = [message for message in person.sees() if message.photo]
            assert len(shown) == 1, shown
    assert [process.returncode for _, process in started] == [0, 0]
    store = await Store.open(url, tmp_path / "photos")
    for person in people:
        rows = await store.interactions.rows_before(Who("telegram", str(person.id)), None, 10)
        assert [row.code for row in rows] == ["DD1391-100"]
    assert await store.inbox.pending("telegram") == []
    await store.close()
