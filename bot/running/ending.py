"""The end: everything that was begun is stopped, the last begun first, all of it within a time.

Whoever starts processes waits some seconds for one to end (Docker 10), then kills it. Nothing is
lost by what is cut off here: it is done again after the next start, as after a crash.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

_ALL_STOPPED_S = 8.0
"""For all steps together: so much below ten that the process itself can end, too."""
_LEAST_S = 0.25
"""For a step after that time: most need only a moment, such as closing the database."""
_LAST_S = 9.0
"""After which the process goes, whatever a thread still computes."""

log = logging.getLogger(__name__)


class Ending:
    """Stops what it was told of, when the block is left."""

    def __init__(self, total_s: float = _ALL_STOPPED_S) -> None:
        self._stack = AsyncExitStack()
        self._total_s = total_s
        self._until: float | None = None

    def then(self, what: str, stop: Callable[[], Awaitable[object]], most_s: float) -> None:
        """Stop this, too, before all that was named earlier; cut off after `most_s` seconds."""
        self._stack.push_async_callback(self._stopped, what, stop, most_s)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return await self._stack.__aexit__(kind, error, trace)

    async def _stopped(
        self, what: str, stop: Callable[[], Awaitable[object]], most_s: float
    ) -> None:
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + self._total_s
        seconds = min(most_s, max(_LEAST_S, self._until - now))
        try:
            async with asyncio.timeout(seconds):
                await stop()
        except TimeoutError:
            log.warning("%s did not end within %.1f s: cut off", what, seconds)


def on_signals(task: asyncio.Task[None], last_s: float = _LAST_S) -> None:
    """SIGTERM and SIGINT cancel the task, once; `last_s` later the process ends in any case."""
    loop = asyncio.get_running_loop()
    asked = False

    def end() -> None:
        nonlocal asked
        if not asked:
            asked = True
            threading.Thread(target=_watch, args=(last_s,), daemon=True).start()
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)


def _watch(seconds: float) -> None:
    # An interpreter waits for the threads of its executors, however long they compute.
    threading.Event().wait(seconds)
    log.warning("a thread did not end: the process goes without it")
    logging.shutdown()
    os._exit(0)
