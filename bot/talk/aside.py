"""Work that goes on after a person's turn has ended, so that the next event does not wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.talk.errors import DeliveryError
from bot.talk.turns import TurnLocks
from storage.types import Who

log = logging.getLogger(__name__)

MOST_TASKS = 2_000


class Aside:
    """Tasks beside the turns. Nothing is lost with them but what they would have added."""

    def __init__(self, turns: TurnLocks | None = None) -> None:
        self._turns = turns or TurnLocks()
        self._tasks: set[asyncio.Task[None]] = set()

    def turn_of(self, who: Who) -> AbstractAsyncContextManager[None]:
        """The person's turn: what changes a message must not do so during another event."""
        return self._turns.of(who)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it; with too much under way already, leave it."""
        if len(self._tasks) >= MOST_TASKS:
            work.close()
            return
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # where it was cancelled before it began

    async def done(self) -> None:
        """Wait for all that is under way now."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Leave all of it."""
        for task in self._tasks:
            task.cancel()
        await self.done()


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except DeliveryError as error:
        log.info("a message could not be changed any more: %s", error)
    except Exception:
        log.exception("work beside the conversation failed")
