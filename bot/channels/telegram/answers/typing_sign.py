""" "typing…" as long as the work goes on."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.updates.incoming import ChatPlace
from bot.talk.errors import DeliveryError

LONGEST_S = 120.0


class TypingSign:
    """Shows "typing…" in a chat again and again, once begun; in a group only once."""

    def __init__(self, wire: Wire, place: ChatPlace, timing: CallTiming) -> None:
        self._wire = wire
        self._place = place
        self._every_s = timing.typing_s
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin, unless begun."""
        if self._task is None:
            self._task = asyncio.create_task(self._go_on())

    async def end(self) -> None:
        """Stop showing it."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go_on(self) -> None:
        times = int(LONGEST_S / self._every_s) if self._place.private else 1
        for _ in range(times):
            with suppress(DeliveryError):  # only a courtesy
                await self._wire.typing(self._place)
            await asyncio.sleep(self._every_s)
