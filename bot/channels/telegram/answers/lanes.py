"""Lanes: one person's items in order, several persons at once, of each kind never too many."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """`work` is called for every item; it must not raise.

    It gives None when it is done, or the seconds after which to call it again: the lane waits,
    but takes no place from others. At most `width` items are worked on, and beside them
    `slow_width` of those that are slow (`is_slow`): quick ones do not wait for these.
    """

    def __init__(
        self,
        work: Callable[[T], Awaitable[float | None]],
        width: int,
        is_slow: Callable[[T], bool] = lambda _: False,
        slow_width: int = 1,
    ) -> None:
        self._work = work
        self._is_slow = is_slow
        self._free = asyncio.Semaphore(width)
        self._free_slow = asyncio.Semaphore(slow_width)
        self._waiting: dict[str, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __bool__(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._waiting)

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

    def drop(self, person: str, which: Callable[[T], bool]) -> list[T]:
        """Take out what waits behind the running item."""
        waiting = self._waiting.get(person, deque())
        dropped = [item for item in waiting if which(item)]
        for item in dropped:
            waiting.remove(item)
        return dropped

    async def _drive(self, person: str) -> None:
        items = self._waiting[person]
        try:
            while items:
                item = items.popleft()
                while (again_s := await self._run(item)) is not None:  # noqa: ASYNC110
                    await asyncio.sleep(again_s)
        finally:
            del self._waiting[person]

    async def _run(self, item: T) -> float | None:
        async with self._free_slow if self._is_slow(item) else self._free:
            return await self._work(item)

    async def stop(self, grace_s: float) -> None:
        """Let running items end for `grace_s` seconds, then cancel; waiting ones are dropped."""
        for items in self._waiting.values():
            items.clear()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
