"""Lanes: one person's items in order, several persons at once, never more than `width`."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """`work` is called for every item; it must not raise."""

    def __init__(self, work: Callable[[T], Awaitable[None]], width: int) -> None:
        self._work = work
        self._free = asyncio.Semaphore(width)
        self._waiting: dict[str, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def busy(self, person: str) -> bool:
        """Whether something of this person runs or waits."""
        return person in self._waiting

    def add(self, person: str, item: T) -> None:
        """Put an item at the end of the person's lane."""
        if person in self._waiting:
            self._waiting[person].append(item)
            return
        self._waiting[person] = deque([item])
        task = asyncio.create_task(self._drive(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, person: str) -> None:
        items = self._waiting[person]
        try:
            while items:
                async with self._free:
                    await self._work(items.popleft())
        finally:
            del self._waiting[person]

    async def stop(self, grace_s: float) -> None:
        """Let running items end for `grace_s` seconds, then cancel; waiting ones are dropped."""
        for items in self._waiting.values():
            items.clear()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
