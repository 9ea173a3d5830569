"""The whole application on a real port with a fake reader, in this loop or in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import running
from bot.settings import Settings
from recognizer.types import Quad, ReadPhoto
from tests.fakes.database import tables_in
from tests.fakes.reader import FakeReader
from tests.waiting import PATIENCE_S


class ServingReader(FakeReader):
    """A fake reader with models to warm; it shows the photo that it was given."""

    def __init__(self, default: ReadPhoto | Exception | None = None) -> None:
        super().__init__(default=default)
        self.may_warm = asyncio.Event()
        self.may_warm.set()
        self.asked = asyncio.Event()
        self.may_read = threading.Event()  # may be cleared and set from any thread
        self.may_read.set()
        self.closed = False

    async def open(self) -> ServingReader:
        """What `bot.app.running` calls in place of loading models."""
        return self

    async def warm(self) -> None:
        await self.may_warm.wait()

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        self.asked.set()
        while not self.may_read.is_set():  # noqa: ASYNC110 - an Event belongs to one loop
            await asyncio.sleep(0.01)
        return replace(await super().read(data, marked), jpeg=data)

    async def close(self) -> None:
        self.closed = True


def settings_in(folder: Path, **values: object) -> Settings:
    """Settings that keep everything in `folder` and listen on a free port."""
    own = {
        "web_port": 0,
        "database_url": f"sqlite+aiosqlite:///{_database(folder)}",
        "photo_dir": folder / "photos",
    }
    return Settings.model_validate({**own, **values})


def _database(folder: Path) -> Path:
    file = folder / "pumbeon.db"
    return file if file.exists() else tables_in(file)


@contextmanager
def served(settings: Settings, reader: ServingReader | None) -> Iterator[str]:
    """The application in a thread of its own, for clients that block; gives its address.

    None reads with the shipped networks.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="served", daemon=True)
    thread.start()
    application = running(settings, reader.open if reader else None)

    def run(coroutine: object) -> object:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(PATIENCE_S)  # type: ignore[arg-type]

    try:
        url = run(application.__aenter__())
        assert isinstance(url, str)
        yield url
        run(application.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
