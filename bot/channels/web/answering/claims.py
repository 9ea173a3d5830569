"""A process's hold on the turns of the web chat that it answers: no other one answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.channels.web.types import ChatLog
from bot.talk.holding import Holding
from storage.types import ChatEntry, Lease

_TURN_LEASE = timedelta(seconds=5)  # what a dead process held is taken by another after that
_BEAT_S = _TURN_LEASE.total_seconds() / 4
_LOOK_S = 0.2  # between two looks at a turn that another process answers


class Claims:
    """One process's claims."""

    def __init__(self, chat: ChatLog) -> None:
        self._chat = chat
        self._holding = Holding("turns of the web chat", _TURN_LEASE, chat.renew, chat.release)
        self._held = 0
        self._beating: asyncio.Task[None] | None = None

    def start(self, look: Callable[[Lease], Awaitable[None]]) -> None:
        """Renew what is held from now on, and `look` now and then for what nobody holds."""
        keeping = self._holding.keep(
            _BEAT_S,
            busy=lambda: self._held > 0,
            look=lambda: look(self._holding.lease),
            at_once=True,
        )
        self._beating = asyncio.create_task(keeping)

    async def stop(self) -> None:
        """End; what was not answered is given back, so that others take it at once."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        await self._holding.release()

    @asynccontextmanager
    async def taken(self, entry: ChatEntry) -> AsyncIterator[int]:
        """The number of this attempt, the turn being held; 0: another process answered it.

        Waits while another process is at it.
        """
        attempt = await self._take(entry)
        if not attempt:
            yield attempt
            return
        self._held += 1
        try:
            yield attempt
        finally:
            self._held -= 1

    async def _take(self, entry: ChatEntry) -> int:
        while True:
            attempt = await self._chat.begin_answer(entry, self._holding.lease)
            if attempt or not await self._chat.is_pending(entry):
                return attempt
            await asyncio.sleep(_LOOK_S)
