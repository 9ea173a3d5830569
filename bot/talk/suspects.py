"""Which photo is to blame when the process dies, and how it dies alone.

What was in hand at two deaths may have killed the process, or have been read beside what did. It is
a suspect: it is read with no other photo beside it, and that is kept before it begins. What the
process died of twice while it was alone is given up; nothing else ever is on account of deaths.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SUSPECT_AFTER = 2
"""Deaths after which an item is a suspect: at one anything may have been in hand."""

BLAMED_AFTER = 2
"""Deaths alone: one may be somebody's kill -9 or the machine's end."""

GIVEN_UP_AFTER = 20
"""Deaths after which anything is given up, so that nothing is begun for ever."""

NoteAlone = Callable[[], Awaitable[None]]
"""Keeps that the item is read alone from now on."""


class Deaths:
    """Under which items of one channel processes have died: begun, and not by this one.

    An item's row counts how often it was `begun`, and how often `alone`. What this process began
    itself it has survived, whatever else went wrong.
    """

    def __init__(self) -> None:
        self._begun: Counter[object] = Counter()
        self._alone: Counter[object] = Counter()

    def begin(self, item: object, begun: int) -> int:
        """This process begins it, by its row for the `begun`-th time; how many died over it."""
        self._begun[item] += 1
        return begun - self._begun[item]

    def end(self, item: object) -> None:
        """It is answered or given up."""
        self._begun.pop(item, None)
        self._alone.pop(item, None)

    def is_to_blame(self, item: object, deaths: int, alone: int) -> bool:
        """Whether to give it up."""
        return alone - self._alone[item] >= BLAMED_AFTER or deaths >= GIVEN_UP_AFTER

    def suspect(self, item: object, deaths: int, note: NoteAlone) -> NoteAlone | None:
        """How it is kept that it is read alone, where it has to be."""
        if deaths < SUSPECT_AFTER:
            return None

        async def noted() -> None:
            await note()
            self._alone[item] += 1

        return noted


class Alone:
    """Photos are read side by side, but a suspect has the process for itself."""

    def __init__(self) -> None:
        self._inside = 0
        self._left = asyncio.Condition()
        self._one_suspect = asyncio.Lock()

    @asynccontextmanager
    async def room(self, suspect: NoteAlone | None) -> AsyncIterator[None]:
        """Where one photo is read; a `suspect` says how that is kept."""
        if suspect is None:
            async with self._one_suspect:  # nobody comes in while one waits or is inside
                self._inside += 1
            try:
                yield
            finally:
                self._inside -= 1
                async with self._left:
                    self._left.notify_all()
            return
        async with self._one_suspect:
            async with self._left:
                await self._left.wait_for(lambda: not self._inside)
            await suspect()
            yield
