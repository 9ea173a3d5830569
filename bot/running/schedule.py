"""What is done again and again while the bot runs, under one scheduler.

A job never runs beside itself, and what was missed is done once. One that fails is logged and comes
again. At the end nothing new begins, and what runs is waited for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """Something to do every so often.

    `run` raises or returns False where it has to be tried again sooner: after `again`, where that
    is given. `stop` asks a run under way to end early; it is waited for. `at_once` begins with the
    scheduler instead of after the first `every`; `jitter` is by how much a time may differ, so that
    several processes do not all come at once.
    """

    name: str
    run: Callable[[], Awaitable[object]]
    stop: Callable[[], None]
    every: timedelta
    again: timedelta | None = None
    jitter: timedelta = timedelta()
    at_once: bool = False


class _Scheduler(AsyncIOScheduler):  # type: ignore[misc]  # it has no types
    """Waits for no job longer than the time between two of its runs.

    The library keeps times of the day: a clock that is set back would put all jobs off by as much.
    """

    def wakeup(self) -> None:
        """Look what is due; called when something should be, by a clock that is never set."""
        now = datetime.now(UTC)
        for job in self.get_jobs():
            longest = job.trigger.interval + timedelta(seconds=job.trigger.jitter or 0)
            if job.next_run_time - now > longest:
                job.modify(next_run_time=now)
        super().wakeup()


class Schedule:
    """Runs jobs from `start` to `stop`, both in one running loop."""

    def __init__(self, jobs: Sequence[PeriodicJob]) -> None:
        self._jobs = tuple(jobs)
        # No run is too late to be worth having: by default one second would be.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = _Scheduler(timezone=UTC, job_defaults=defaults)
        self._running: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether it was started and not yet stopped."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Begin."""
        for job in self._jobs:
            every_s, jitter_s = job.every.total_seconds(), job.jitter.total_seconds() or None
            trigger = IntervalTrigger(seconds=every_s, jitter=jitter_s, timezone=UTC)
            first = {"next_run_time": datetime.now(UTC)} if job.at_once else {}
            self._scheduler.add_job(self._run, trigger, [job], id=job.name, **first)
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin nothing new, ask what runs to end, and wait for it."""
        if not self.running:
            return
        self._scheduler.remove_all_jobs()
        for job in self._jobs:
            job.stop()
        await asyncio.sleep(0)  # what has just begun is in `_running` then
        await asyncio.gather(*self._running)
        self._scheduler.shutdown()  # this would have cancelled what runs

    async def _run(self, job: PeriodicJob) -> None:
        # In a task of its own: the scheduler cancels its own at the shutdown.
        task = asyncio.create_task(self._once(job), name=job.name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _once(self, job: PeriodicJob) -> None:
        if not self._scheduler.get_job(job.name):
            return  # it was just being stopped
        try:
            well = await job.run() is not False
        except Exception:  # whatever it is, the job has to come again for months
            log.exception("%s failed; it is tried again", job.name)
            well = False
        if not well and job.again is not None and self._scheduler.get_job(job.name):
            self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC) + job.again)
