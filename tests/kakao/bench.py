"""A skill server as Kakao meets it: real channel, conversation and SQLite, a fake reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks.stand_ins.kakao.platform import SECRET, KakaoPlatform, Talker
from bot.channels.kakao.channel import SKILL_PATH, KakaoChannel
from bot.channels.kakao.turns import Timing
from bot.running.server import Readiness, build
from bot.talk.conversation import Conversation
from bot.talk.manners import Manners
from bot.talk.types import PhotoHandler
from storage.store import Store
from tests.fakes.database import tables_in
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.waiting import PATIENCE_S

# For answers that are held until "still reading" was said; all else may take its time.
QUICK = Timing(
    deadline_s=0.6,
    grace_s=PATIENCE_S,
    settle_s=0.05,
    fetch_s=PATIENCE_S,
    beat_s=0.1,
    poll_s=0.02,
    text_again_s=PATIENCE_S,
    stop_s=0.1,
)
PATIENT = replace(QUICK, deadline_s=PATIENCE_S)


class Bench:
    """One database that servers are started on, one after the other or side by side."""

    def __init__(self, kakao: KakaoPlatform, folder: Path) -> None:
        self.kakao = kakao
        self.folder = folder
        self.file = tables_in(folder / "pumbeon.db")
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.reader = FakeReader()
        self.manners = Manners()
        self.prices = FakePrices()
        self.prices.set_prices("DD1391-100", 129_000, 139_000)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        store = await Store.open(self.url, self.folder / "photos")
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

    @asynccontextmanager
    async def bot(
        self, timing: Timing = PATIENT, handler: PhotoHandler | None = None, **more: Any
    ) -> AsyncIterator[str]:
        """A running skill server; gives the address of its skill."""
        options = {"extra_hosts": ("127.0.0.1",), "public_url": "https://bot.example", **more}
        async with self.store() as store:
            channel = KakaoChannel(
                handler or self.conversation(store),
                store.kakao,
                store.people,
                SECRET,
                timing=timing,
                **options,
            )
            runner = web.AppRunner(
                build(Readiness(store.ready), channel.routes()), shutdown_timeout=0.1
            )
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            await channel.start()
            try:
                yield f"http://127.0.0.1:{runner.addresses[0][1]}{SKILL_PATH}"
            finally:
                await runner.cleanup()
                await channel.stop()

    def person(self, skill: str, user: str = "u1", **extra: Any) -> Talker:
        return Talker(self.kakao, skill, user, **extra)
