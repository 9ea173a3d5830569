"""Answering from the first moment on, while the models are still loading."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from recognizer.types import Quad, ReadPhoto


class ServingReader(Protocol):
    """A reader with models to warm and threads to end."""

    async def warm(self) -> None:
        """Read something once, so that the first person does not wait for it."""
        ...

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """Read a photo, or the part that was marked."""
        ...

    async def close(self) -> None:
        """End the threads."""
        ...


OpenReader = Callable[[], Awaitable[ServingReader]]


class WarmingReader:
    """A reader whose models are still loading: photos that come early wait for them."""

    def __init__(self, opening: OpenReader) -> None:
        self._ready = asyncio.create_task(_opened_and_warm(opening))

    async def warm(self) -> None:
        """Wait until the models are warm. Raises `recognizer.errors.ModelError`."""
        await asyncio.shield(self._ready)

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """Read a photo or its marked part, once the models are there."""
        return await (await asyncio.shield(self._ready)).read(data, marked)

    async def close(self) -> None:
        """End the reader, or its loading."""
        self._ready.cancel()
        for reader in await asyncio.gather(self._ready, return_exceptions=True):
            if not isinstance(reader, BaseException):
                await reader.close()


async def _opened_and_warm(opening: OpenReader) -> ServingReader:
    reader = await opening()
    await reader.warm()
    return reader
