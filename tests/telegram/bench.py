"""A bot as people meet it: real channel, real conversation, real SQLite, read by a fake reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.stand_ins.telegram.chats import Shown
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.ports import TelegramShelves
from bot.talk.conversation import Conversation
from bot.talk.manners import Manners
from bot.talk.types import Handler
from storage.store import Store
from storage.tables.channels.inbox import Inbox
from tests.fakes.database import tables_in
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.waiting import PATIENCE_S, until

QUICK = CallTiming(
    poll_s=5,
    first_wait_s=0.02,
    longest_wait_s=0.1,
    tries=3,
    press_s=0.2,
    stop_s=1,
    lease_s=0.9,
    quiet_s=0.4,
    typing_s=0.2,
    pause_s=0.05,
    inline_s=PATIENCE_S,  # a busy machine is no reason for a hint
)


PATIENT = replace(QUICK, press_s=PATIENCE_S)  # for notices: none comes too late on a busy machine


def shelves(store: Store) -> TelegramShelves:
    return TelegramShelves(store.inbox, store.posts, store.people)


def priced(seen: list[Shown]) -> bool:
    """Whether the fake shop's price is shown, wherever the question about training stands."""
    return any("129,000" in message.text for message in seen)


async def settled(inbox: Inbox) -> None:
    """Wait until everything received is answered."""

    async def empty() -> bool:
        return not await inbox.pending("telegram")

    await until(empty)


class Bench:
    """One database that bots are started on, one after the other."""

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self.server = server
        self.file = tables_in(folder / "pumbeon.db")
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.photos = folder / "photos"
        self.reader = FakeReader()
        self.manners = Manners()
        self.prices = FakePrices()
        self.prices.set_prices("DD1391-100", 129_000, 139_000)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        store = await Store.open(self.url, self.photos)
        try:
            yield store
        finally:
            await store.close()

    def conversation(self, store: Store) -> Conversation:
        return Conversation(
            self.reader,
            self.prices,
            store.interactions,
            store.people,
            store.photos,
            lambda: datetime.now(UTC),
            manners=self.manners,
        )

    def channel(self, handler: Handler, store: Store, **more: Any) -> TelegramChannel:
        options = {"timing": QUICK, **more}
        urls = self.server.api_url, self.server.file_url
        token = options.pop("token", TOKEN)
        return TelegramChannel(handler, shelves(store), token, *urls, **options)

    @asynccontextmanager
    async def bot(self, handler: Handler | None = None, **more: Any) -> AsyncIterator[Store]:
        """A running bot; gives its store."""
        async with self.store() as store:
            channel = self.channel(handler or self.conversation(store), store, **more)
            await channel.start()
            try:
                yield store
            finally:
                await channel.stop()
