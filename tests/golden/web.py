"""The web chat over real HTTP, real SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.web.channel import WebChannel
from bot.channels.web.types import WebShelves
from bot.running.server import Readiness, build
from bot.talk.types import Reply
from storage.store import Store
from tests.fakes.database import tables_in
from tests.golden.script import chosen
from tests.golden.stage import Channel, Heard, Seen, Stage, check_replies, seen
from tests.web.client import Answer, Person


async def over_web(stage: Stage, folder: Path, url: str = "") -> AsyncIterator[Channel]:
    """A server with the web chat alone; `url` is a database instead of SQLite."""
    async with AsyncExitStack() as stack:
        url = url or f"sqlite+aiosqlite:///{tables_in(folder / 'pumbeon.db')}"
        yield OverWeb(stage, folder, url, stack)


class OverWeb:
    """People with a browser each."""

    def __init__(self, stage: Stage, folder: Path, url: str, stack: AsyncExitStack) -> None:
        self._stage = stage
        self._folder = folder
        self._url = url
        self._stack = stack
        self._languages: dict[str, str] = {}
        self._people: dict[str, Person] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        store = await Store.open(self._url, self._folder / "photos")
        handler = self._stage.conversation(
            store.interactions, store.people, store.photos, store.watches
        )
        shelves = WebShelves(store.chat, store.people, store.interactions, store.photos)
        channel = WebChannel(handler, shelves)
        runner = web.AppRunner(build(Readiness(store.ready), channel.routes()), shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await channel.start()
        for name, language in self._languages.items():
            address = f"http://127.0.0.1:{runner.addresses[0][1]}"
            await self._open_page(name, language, address)
        try:
            yield
        finally:
            await channel.stop()
            await runner.cleanup()
            await store.close()

    def join(self, name: str, language: str) -> None:
        self._languages[name] = language

    async def photo(self, name: str, data: bytes, caption: str = "") -> Heard:
        assert not caption, "photos come without words here"
        return _heard(await self._people[name].photo(data))

    async def text(self, name: str, text: str) -> Heard:
        return _heard(await self._people[name].text(text))

    async def press(self, name: str, label: str, of: str) -> Heard:
        entry, data = await self._button(of, label)
        answer = await self._people[name].press(data, entry["id"])
        return _heard(answer, entry if of == name else None)

    def check(self, expected: list[Reply], heard: Heard) -> None:
        check_replies(expected, heard, [seen(reply) for reply in expected])

    async def _open_page(self, name: str, language: str, url: str) -> None:
        person = self._people.get(name)
        if person is None:
            jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
            session = aiohttp.ClientSession(cookie_jar=jar)
            person = Person(await self._stack.enter_async_context(session), url)
            self._people[name] = person
        person.url = url
        person.headers |= {"X-Language": language, "Origin": url}
        await person.log()

    async def _button(self, name: str, label: str) -> tuple[dict[str, Any], str]:
        entries = (await self._people[name].log())["entries"]
        for entry in reversed([entry for entry in entries if entry["author"] == "bot"]):
            buttons = [button for row in entry["rows"] for button in row]
            found = chosen([button["label"] for button in buttons], label)
            if found is not None:
                return entry, buttons[found]["data"]
        raise AssertionError(f"{name} sees no button {label}")


def _heard(answer: Answer, pressed: dict[str, Any] | None = None) -> Heard:
    assert answer.status == 200, answer.refusal
    toasts = [line["text"] for line in answer.lines if line["type"] == "toast"]
    place = pressed["id"] if pressed else 0
    changed = [entry for entry in answer.bot if entry["id"] == place]
    new = tuple(_as_seen(entry) for entry in answer.bot if entry["id"] != place)
    here = _as_seen(changed[-1] if changed else pressed) if pressed else None
    return Heard(new, here, toasts[-1] if toasts else "")


def _as_seen(entry: dict[str, Any]) -> Seen:
    labels = tuple(button["label"] for row in entry["rows"] for button in row)
    file = entry["file"]["name"] if entry.get("file") else ""
    return Seen(entry["text"], labels, bool(entry["image"]), file)
