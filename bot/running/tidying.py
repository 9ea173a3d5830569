"""What nothing needs any more goes, some times a day, as the settings say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.running.schedule import PeriodicJob
from bot.running.watch_parts import tidy_memory
from bot.settings import Settings
from storage.lesson_sets import LessonSets
from storage.store import Store

TIDY_EVERY = timedelta(hours=6)
TIDY_AGAIN = timedelta(minutes=15)  # after a failure
LESSONS_EVERY = timedelta(minutes=10)  # what is copied to a training goes with its next set
ANSWERED_KEPT_FOR = timedelta(days=7)

log = logging.getLogger(__name__)


class Tidying:
    """What is done at the start and then some times a day, also by several processes at once.

    `clock` tells aware UTC.
    """

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._stopping = False

    def job(self, every: timedelta = TIDY_EVERY, again: timedelta = TIDY_AGAIN) -> PeriodicJob:
        """For the scheduler."""
        return PeriodicJob("tidying", self.once, self.stop, every, again, at_once=True)

    def lessons_job(self, every: timedelta = LESSONS_EVERY) -> PeriodicJob:
        """For the scheduler: who takes their consent back leaves the data sets soon."""
        return PeriodicJob("leaving data sets", self._lessons, self.stop, every, at_once=True)

    def stop(self) -> None:
        """Begin no further step; one that has begun is short and ends by itself."""
        self._stopping = True

    async def once(self) -> bool:
        """Every step once; False where one failed, which keeps none of the others from its turn."""
        steps: dict[str, Callable[[], Awaitable[object]]] = {
            "messages": self._messages,
            "transcripts": self._transcripts,
            "entries and photos": self._entries,
            "watches and prices": self._memory,
            "what was left to delete": self._store.people.finish_forgetting,
            "photos without an entry": self._store.sweep_photos,
        }
        well = True
        for what, step in steps.items():
            if self._stopping:
                break
            try:
                await step()
            except Exception:  # whatever it is, tidying has to go on for months
                log.exception("tidying %s failed; it is tried again later", what)
                well = False
        return well

    async def _messages(self) -> None:
        # They quote codes, and KakaoTalk's hold pictures: neither outlives its own limit there.
        before = _latest(self._clock() - ANSWERED_KEPT_FOR, self._rows_before)
        await self._store.inbox.sweep(before)
        await self._store.posts.sweep(before)
        await self._store.kakao.sweep(_latest(before, self._photos_before))

    async def _transcripts(self) -> None:
        before = self._clock() - timedelta(days=self._settings.web_kept_days)
        await self._store.chat.sweep(_latest(before, self._rows_before))
        if self._photos_before is not None:
            await self._store.chat.drop_pictures(self._photos_before)

    async def _entries(self) -> None:
        await self._store.people.retire(self._photos_before, self._rows_before)

    async def _lessons(self) -> None:
        if self._settings.learn_sets is None:
            return
        endpoint = self._settings.photo_store_endpoint
        sets = await asyncio.to_thread(LessonSets, self._settings.learn_sets, endpoint)
        for purged in await self._store.leave_lessons(sets):
            log.info("%d rows left the data set %s", purged.rows, purged.name)

    async def _memory(self) -> None:
        await tidy_memory(self._settings, self._store, self._clock())

    @property
    def _photos_before(self) -> datetime | None:
        return self._ago(self._settings.retention_photos_days)

    @property
    def _rows_before(self) -> datetime | None:
        return self._ago(self._settings.retention_rows_days)

    def _ago(self, days: int) -> datetime | None:
        return self._clock() - timedelta(days=days) if days else None


def _latest(at: datetime, limit: datetime | None) -> datetime:
    return at if limit is None else max(at, limit)
