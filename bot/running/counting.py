"""What the operator's first page shows is counted every few minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.running.schedule import PeriodicJob
from bot.settings import Settings
from storage.store import Store
from storage.tables.overview import RECOUNTED_DAYS

_COUNT_EVERY = timedelta(minutes=5)
"""So that a page is hardly older than what somebody remembers of the day."""
_COUNT_JITTER = timedelta(minutes=1)


class Counting:
    """Counts the days whose rows have changed; `clock` tells aware UTC."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._overview = store.overview
        # What goes because of its age is to stay in the numbers.
        self._days = min(RECOUNTED_DAYS, settings.retention_rows_days or RECOUNTED_DAYS)
        self._clock = clock
        self._stopping = False

    def job(self) -> PeriodicJob:
        """For the scheduler."""
        return PeriodicJob(
            "counting", self.once, self.stop, _COUNT_EVERY, jitter=_COUNT_JITTER, at_once=True
        )

    def stop(self) -> None:
        """Begin no further day; the next start goes on there."""
        self._stopping = True

    async def once(self) -> None:
        """Count. Raises `storage.errors.DatabaseError`."""
        await self._overview.recount(self._clock(), lambda: not self._stopping, self._days)
