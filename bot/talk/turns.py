"""One person's turns run in order; people do not wait for each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from storage.types import Who


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    people: int = 0  # holders and waiters; at zero the entry goes


class TurnLocks:
    """A fair lock for each person, kept only while somebody holds or awaits it."""

    def __init__(self) -> None:
        self._queues: dict[Who, _Queue] = {}

    def __len__(self) -> int:
        """People whose turn runs or waits now."""
        return len(self._queues)

    @asynccontextmanager
    async def of(self, who: Who) -> AsyncIterator[None]:
        """Wait for the person's earlier turns, then run this one."""
        queue = self._queues.setdefault(who, _Queue())
        queue.people += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.people -= 1
            if not queue.people:
                del self._queues[who]
