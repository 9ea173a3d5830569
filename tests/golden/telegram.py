"""Telegram: the strict Bot API server over real HTTP, real SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.stand_ins.telegram.chats import Shown
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from bot.channels.telegram.calls.outgoing import CAPTION_LIMIT, shorten
from bot.talk.types import Reply
from storage.tables.channels.inbox import Inbox
from tests.golden.script import chosen
from tests.golden.stage import Channel, Heard, Seen, Stage, check_replies
from tests.telegram.bench import PATIENT, Bench, settled
from tests.waiting import until


async def over_telegram(stage: Stage, folder: Path, url: str = "") -> AsyncIterator[Channel]:
    """A server, and a bot that asks it for updates; `url` is a database instead of SQLite."""
    async with TelegramServer() as server:
        bench = Bench(server, folder)
        bench.url = url or bench.url
        yield OverTelegram(stage, server, bench)


class OverTelegram:
    """Private chats with one bot."""

    def __init__(self, stage: Stage, server: TelegramServer, bench: Bench) -> None:
        self._stage = stage
        self._server = server
        self._bench = bench
        self._people: dict[str, Person] = {}
        self._inbox: Inbox

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self._bench.store() as store:
            handler = self._stage.conversation(
                store.interactions, store.people, store.photos, store.watches
            )
            channel = self._bench.channel(handler, store, timing=PATIENT)
            self._inbox = store.inbox
            await channel.start()
            try:
                yield
            finally:
                await channel.stop()

    def join(self, name: str, language: str) -> None:
        self._people[name] = Person(self._server, 1001 + len(self._people), language)

    async def photo(self, name: str, data: bytes, caption: str = "") -> Heard:
        before = self._seen(name)
        await self._people[name].send_photo(data, caption)
        return await self._heard(name, before)

    async def text(self, name: str, text: str) -> Heard:
        before = self._seen(name)
        await self._people[name].send_text(text)
        return await self._heard(name, before)

    async def press(self, name: str, label: str, of: str) -> Heard:
        presser, message, data = self._people[name], *self._button(of, label)
        before = self._seen(name)
        number = f"Q{len(self._server.queries) + 1}"
        self._server.queries[number] = "open"
        shown = self._server.chats.json(message)
        query = {"id": number, "from": presser.user, "chat_instance": "1", "data": data}
        calls = len(self._server.calls)
        await self._server.deliver("callback_query", {**query, "message": shown})
        if data.startswith("forget:"):  # it takes the update out of the inbox before the answer
            await self._told(calls)
        heard = await self._heard(name, before)
        toast = self._server.toasts.get(number, "")
        return replace(heard, pressed=_as_seen(message) if of == name else None, toast=toast)

    def check(self, expected: list[Reply], heard: Heard) -> None:
        check_replies(expected, heard, [_told(reply) for reply in expected])

    def _button(self, name: str, label: str) -> tuple[Shown, str]:
        for message in reversed(self._people[name].sees()):
            found = chosen([button["text"] for button in message.buttons], label)
            if found is not None:
                return message, message.buttons[found]["callback_data"]
        raise AssertionError(f"{name} sees no button {label}")

    def _seen(self, name: str) -> set[int]:
        return {message.id for message in self._people[name].sees()}

    async def _told(self, calls: int) -> None:
        """Wait for a message after so many calls, and until nothing more is said."""

        def told() -> bool:
            new = {call.method for call in self._server.calls[calls:]}
            return any(method.startswith(("edit", "sendMessage")) for method in new)

        await until(told)
        while calls < len(self._server.calls):
            calls = len(self._server.calls)
            await asyncio.sleep(0.2)

    async def _heard(self, name: str, before: set[int]) -> Heard:
        await until(lambda: not self._server.unacknowledged)
        await settled(self._inbox)
        new = [message for message in self._people[name].sees() if message.id not in before]
        return Heard(tuple(map(_as_seen, new)))


def _as_seen(message: Shown) -> Seen:
    labels = tuple(button["text"] for button in message.buttons)
    return Seen(message.text, labels, message.photo is not None, message.name)


def _told(reply: Reply) -> Seen:
    """Without the button for marking, which needs a public address."""
    labels = tuple(choice.label for row in reply.rows for choice in row if not choice.mark)
    text = shorten(reply.text, CAPTION_LIMIT) if reply.image else reply.text
    file = reply.document.name if reply.document else ""
    return Seen(text, labels, bool(reply.image), file)
