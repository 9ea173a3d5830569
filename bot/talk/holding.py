"""A process's hold on the work that it took: renewed while it lives, anybody's when it dies.

What is held, and what holding means, is storage's business (`storage.lease`); each kind of work has
its own table, whose `renew` and `release` are handed in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from storage.types import Lease

log = logging.getLogger(__name__)


class Holding:
    """What this process holds of one kind of work; `what` names it in the log."""

    def __init__(
        self,
        what: str,
        length: timedelta,
        renew: Callable[[Lease], Awaitable[object]],
        release: Callable[[str], Awaitable[object]],
    ) -> None:
        self.lease = Lease(length)
        self._what = what
        self._renew = renew
        self._release = release

    async def keep(
        self,
        every_s: float,
        busy: Callable[[], bool],
        look: Callable[[], Awaitable[None]] | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        """Every few seconds: renew the hold while `busy`, then `look` for what nobody holds.

        `at_once` begins without a pause. Ends only by being cancelled. `every_s` has to be well
        below the lease's length.
        """
        pause_s = 0.0 if at_once else every_s
        while True:
            await asyncio.sleep(pause_s)
            pause_s = every_s
            try:
                if busy():
                    await self._renew(self.lease)
                if look is not None:
                    await look()
            except Exception:  # the next time may go well, and until then the lease lasts
                log.exception("the hold on %s could not be renewed", self._what)

    async def release(self) -> None:
        """Leave what is not answered to whoever comes next. Never raises."""
        try:
            await self._release(self.lease.owner)
        except Exception:
            left_s = self.lease.length.total_seconds()
            log.exception("%s stay held for %.0f s", self._what, left_s)
