"""A database server that takes connections and says nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy.engine import make_url

import storage.database
from storage.database import Database
from storage.errors import DatabaseError
from storage.migrate import migrate
from storage.tables.interactions import InteractionTable
from tests.storage.contract import MINA, NOW, on_postgresql
from tests.waiting import PATIENCE_S


class Line:
    """Between us and a server; while it is dead, nothing comes through and nothing breaks."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.alive = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def carry(self, ours: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self.alive.wait()
            theirs, there = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.gather(self._pump(ours, there), self._pump(theirs, back))
        finally:
            await self._close(back)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                await self.alive.wait()
                sink.write(data)
        except OSError:
            pass
        finally:
            await self._close(sink)

    async def _close(self, end: asyncio.StreamWriter) -> None:
        end.close()
        with suppress(OSError):
            await end.wait_closed()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[int]:
        """Gives the port of our end."""
        server = await asyncio.start_server(self.carry, "127.0.0.1", 0)
        yield int(server.sockets[0].getsockname()[1])
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.database, "CONNECT_TIMEOUT_S", 1.0)


async def test_a_silent_host_is_told_at_the_start() -> None:
    async with Line(9).laid() as port, asyncio.timeout(PATIENCE_S):
        url = f"postgresql+asyncpg://pumbeon:hush@127.0.0.1:{port}/x"
        said = rf"the database at 127\.0\.0\.1:{port} cannot be used: it did not answer in time"
        with pytest.raises(DatabaseError, match=f"^{said}$"):
            await asyncio.to_thread(migrate, url)
        with pytest.raises(DatabaseError, match=r"^the database did not answer in time$"):
            await Database.open(url)


@on_postgresql
async def test_work_goes_on_once_a_silent_server_is_back(ready_url: str) -> None:
    server = make_url(ready_url)
    assert server.port is not None
    line = Line(server.port)
    line.alive.set()
    async with line.laid() as port, asyncio.timeout(PATIENCE_S):
        url = server.set(port=port).render_as_string(hide_password=False)
        database = await Database.open(url, statement_s=1.0)
        rows = InteractionTable(database)
        row, _ = await rows.begin(MINA, "before", NOW)
        line.alive.clear()
        for _ in range(2):  # on a connection that was there, and on a new one
            with pytest.raises(DatabaseError, match="did not answer in time"):
                await rows.begin(MINA, "silence", NOW)
        line.alive.set()
        assert await rows.get(row.id) == row
        _, made = await rows.begin(MINA, "after", NOW)
        assert made
        await database.close()
