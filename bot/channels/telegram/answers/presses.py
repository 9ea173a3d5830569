"""Callback queries are answered once, and soon: with the reply's toast where it comes in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.logs import LOG
from bot.talk.errors import DeliveryError

GROUP_PATIENCE = 10


class Presses:
    """The open callback queries of this process."""

    def __init__(self, wire: Wire, wait_s: float) -> None:
        self.wire = wire
        self._wait_s = wait_s
        self._answers: dict[str, asyncio.Task[None]] = {}

    def answer(self, query: str, toast: str = "") -> tuple[asyncio.Task[None], bool]:
        """Begin the answer unless it was begun; it, and whether it carries this toast."""
        first = query not in self._answers
        if first:
            self._answers[query] = asyncio.create_task(self._answer(query, toast))
        return self._answers[query], first

    async def _answer(self, query: str, toast: str) -> None:
        try:
            await self.wire.answer_press(query, toast)
        except DeliveryError as error:
            # Too old, or answered before a restart: the message is edited all the same.
            LOG.info("press not answered: %s", error)

    @asynccontextmanager
    async def waiting(self, query: str, private: bool) -> AsyncIterator[None]:
        """Answer without a toast when the work takes longer than the wait, or ends without one.

        In a group the wait is longer: there the toast is all that others may see.
        """
        wait_s = self._wait_s * (1 if private else GROUP_PATIENCE)
        timer = asyncio.get_running_loop().call_later(wait_s, self.answer, query)
        try:
            yield
        finally:
            timer.cancel()
            task, _ = self.answer(query)
            await task

    def forget(self, query: str) -> None:
        """The turn of this press is over."""
        self._answers.pop(query, None)
