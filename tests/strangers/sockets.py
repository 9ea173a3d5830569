"""Connections that say only what a test wants them to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.waiting import PATIENCE_S


@dataclass
class Line:
    """One connection."""

    reading: asyncio.StreamReader
    writing: asyncio.StreamWriter

    async def say(self, text: str) -> None:
        self.writing.write(text.encode("latin-1"))
        await self.writing.drain()

    async def status(self) -> int:
        """Of the next answer; 0: the connection was closed instead."""
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionError):
                if words := (await self.reading.readline()).split():
                    return int(words[1])
        return 0

    async def ended(self) -> bool:
        """Wait until the other side closes it."""
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionError):
                await self.reading.read()
        return True

    @property
    def is_open(self) -> bool:
        return not self.reading.at_eof() and self.reading.exception() is None


@asynccontextmanager
async def line(url: str, source: str = "127.0.0.1") -> AsyncIterator[Line]:
    """A connection to the server from one of this machine's addresses."""
    at = urlsplit(url)
    reading, writing = await asyncio.open_connection(at.hostname, at.port, local_addr=(source, 0))
    try:
        yield Line(reading, writing)
    finally:
        writing.close()
        with suppress(ConnectionError):
            await writing.wait_closed()


def head(path: str, method: str = "GET", **headers: str | int) -> str:
    """A request's header; `_` in a name stands for `-`."""
    told = {"Host": "localhost"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join(lines) + "\r\n\r\n"
