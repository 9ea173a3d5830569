"""A process's hold on the turns of the web chat that it answers: no other one answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.channels.web.types import ChatLog
from bot.talk.holding import Holding
from storage.types import ChatEntry

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

    @asynccontextmanager
    async def taken(self, entry: ChatEntry) -> AsyncIterator[int]:
        """The number of this attempt, the turn being held; 0: another process answered it.

        Waits while another process is at it.
        """
        attempt = await self._take(entry)
        if not attempt:
            yield attempt
            return
        self._hold()
        try:
            yield attempt
        finally:
            self._let_go()

    async def release(self) -> None:
        """Give back what was not answered, so that others take it at once."""
        await self._holding.release()

    async def _take(self, entry: ChatEntry) -> int:
        while True:
            attempt = await self._chat.begin_answer(entry, self._holding.lease)
            if attempt or not await self._chat.is_pending(entry):
                return attempt
            await asyncio.sleep(_LOOK_S)

    def _hold(self) -> None:
        """One beat renews all turns of the process: it starts with the first one."""
        self._held += 1
        if self._beating is None:
            self._beating = asyncio.create_task(self._holding.keep(_BEAT_S, lambda: True))

    def _let_go(self) -> None:
        self._held -= 1
        if not self._held and self._beating is not None:
            self._beating.cancel()
            self._beating = None
