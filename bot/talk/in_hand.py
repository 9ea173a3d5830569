"""Room in memory for photos as they were sent: few are large, and many large ones may wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LARGEST_PHOTO = 20 * 1024 * 1024
"""Bytes of the largest photo that a channel takes; so much is set aside where none is told."""

BYTES_IN_HAND = 30 * 1024 * 1024
"""For all photos together: one of the largest and some usual ones beside it, or dozens of these."""


class BytesInHand:
    """Who finds no room waits, in order, and holds no bytes meanwhile."""

    def __init__(self, most: int = BYTES_IN_HAND) -> None:
        self._most = self._free = most
        self._first = asyncio.Lock()  # who waits for room; the others wait for this one
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def room(self, size: int) -> AsyncIterator[None]:
        """Set `size` bytes aside; 0: nobody knows how many it will be."""
        size = min(size or LARGEST_PHOTO, self._most)
        async with self._first:
            while self._free < size:
                self._freed.clear()
                await self._freed.wait()
            self._free -= size
        try:
            yield
        finally:
            self._free += size
            self._freed.set()
