"""Bots that can be killed: real channel, real SQLite, a reader that takes its time.

    python -m tests.telegram.bot_process

Each line on its standard input, [API_URL, FILE_URL, DATABASE_URL, PHOTO_DIR, LEASE_S] as JSON,
starts a bot in a process of its own, forked so that the imports are paid for once; the bot's
process id is printed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.stand_ins.telegram.server import TOKEN
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.calls.client import requests
from bot.talk.conversation import Conversation
from recognizer.types import Quad, ReadPhoto
from storage.migrate import migrate
from storage.store import Store
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader, tag_jpeg
from tests.telegram.bench import QUICK, shelves

READING_S = 0.05


class SlowReader(FakeReader):
    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        await asyncio.sleep(READING_S)
        return await super().read(data)


async def serve(api_url: str, file_url: str, database: str, photos: str, lease_s: float) -> None:
    store = await Store.open(database, Path(photos))
    prices = FakePrices()
    prices.set_prices("DD1391-100", 129_000)
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(SlowReader(), prices, *tables, lambda: datetime.now(UTC))
    timing = replace(QUICK, lease_s=lease_s)
    channel = TelegramChannel(conversation, shelves(store), TOKEN, api_url, file_url, timing=timing)
    await channel.start()
    await asyncio.Event().wait()


def warm_up() -> None:
    """Import and load also what is needed late, so that a start is short."""
    with tempfile.TemporaryDirectory() as folder:
        migrate(f"sqlite+aiosqlite:///{folder}/x.db")
    tag_jpeg()
    requests(1)


def main() -> None:
    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed need no burial
    for line in sys.stdin:
        child = os.fork()
        if not child:
            asyncio.run(serve(*json.loads(line)))
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
