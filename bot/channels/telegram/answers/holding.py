"""A process's hold on the updates it answers: renewed while it lives, anybody's when it dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from bot.channels.telegram.logs import LOG
from bot.channels.telegram.ports import InboxStore
from bot.channels.telegram.updates.raw import CHANNEL
from storage.database import utc_now
from storage.types import Claim, InboxItem


class Holding:
    """What this process holds in the inbox."""

    def __init__(self, inbox: InboxStore, lease_s: float) -> None:
        self._inbox = inbox
        self._lease_s = lease_s
        self.owner = uuid4().hex

    def claim(self) -> Claim:
        """The hold on what is received now."""
        return Claim(self.owner, utc_now() + timedelta(seconds=self._lease_s))

    async def take(self) -> list[InboxItem]:
        """What an earlier run or a process that died left, oldest first."""
        return list(await self._inbox.take(CHANNEL, self.claim()))

    async def keep(self, busy: Callable[[], bool], queue: Callable[[InboxItem], None]) -> None:
        """Renew the hold while `busy`, and `queue` what nobody holds; forever."""
        while True:
            await asyncio.sleep(self._lease_s / 3)
            try:
                if busy():
                    await self._inbox.renew(CHANNEL, self.claim())
                for item in await self.take():
                    queue(item)
            except Exception:
                LOG.exception("the hold on updates could not be renewed")

    async def release(self) -> None:
        """Leave what is not answered to whoever comes next."""
        try:
            await self._inbox.release(CHANNEL, self.owner)
        except Exception:
            LOG.exception("unanswered updates stay held for %.0f s", self._lease_s)
