"""The one scheduler: again and again, never beside itself, through failures, to the end."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta, tzinfo
from typing import Self

import pytest
from apscheduler.schedulers import base

from bot.running import logs
from bot.running import schedule as ours
from bot.running.schedule import PeriodicJob, Schedule
from tests.waiting import PATIENCE_S

OFTEN = timedelta(milliseconds=30)
SELDOM = timedelta(hours=1)


class Work:
    """Counts its runs; a run waits for `gate`, then fails with `error` or says `answer`."""

    def __init__(self) -> None:
        self.begun = self.ended = self.at_once = self.most_at_once = 0
        self.stopped = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.answer: object = None
        self.changed = asyncio.Condition()

    async def run(self) -> object:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self._tell()
        try:
            await self.gate.wait()
            if self.error is not None:
                raise self.error
            return self.answer
        finally:
            self.at_once -= 1
            self.ended += 1
            await self._tell()

    def stop(self) -> None:
        self.stopped = True

    async def until(self, *, begun: int = 0, ended: int = 0) -> None:
        async with asyncio.timeout(PATIENCE_S), self.changed:
            await self.changed.wait_for(lambda: self.begun >= begun and self.ended >= ended)

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def job(
        self,
        every: timedelta,
        again: timedelta | None = None,
        *,
        at_once: bool = False,
        name: str = "work",
    ) -> PeriodicJob:
        return PeriodicJob(name, self.run, self.stop, every, again, at_once=at_once)


async def test_jobs_come_again_and_again_side_by_side() -> None:
    one, other = Work(), Work()
    schedule = Schedule([one.job(OFTEN), other.job(OFTEN, name="other")])
    schedule.start()
    await one.until(ended=3)
    await other.until(ended=3)
    await schedule.stop()
    done = one.ended, other.ended
    await asyncio.sleep(0.1)
    assert (one.ended, other.ended) == done  # nothing comes after the end
    assert one.stopped
    assert other.stopped


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_job_begins_at_once_where_it_is_to(at_once: bool) -> None:
    first, often = Work(), Work()
    schedule = Schedule([first.job(SELDOM, at_once=at_once), often.job(OFTEN, name="often")])
    schedule.start()
    await often.until(ended=2)
    await schedule.stop()
    assert first.ended == int(at_once)


async def test_a_job_never_runs_beside_itself_and_what_was_missed_is_done_once() -> None:
    slow, often = Work(), Work()
    slow.gate.clear()
    schedule = Schedule([slow.job(OFTEN), often.job(OFTEN, name="often")])
    schedule.start()
    await slow.until(begun=1)
    await often.until(ended=5)  # five times have come meanwhile
    assert (slow.begun, slow.most_at_once) == (1, 1)
    slow.gate.set()
    await slow.until(ended=2)
    await schedule.stop()
    assert slow.most_at_once == 1


async def test_a_run_that_comes_late_is_not_left_out() -> None:
    work = Work()
    schedule = Schedule([work.job(timedelta(milliseconds=500))])
    schedule.start()
    held_up = asyncio.get_running_loop().time() + 2.0
    while asyncio.get_running_loop().time() < held_up:
        pass  # the loop is held up for longer than the library would forgive
    await work.until(ended=1)
    await schedule.stop()
    assert work.ended >= 1


async def test_a_clock_that_is_set_back_puts_no_job_off(monkeypatch: pytest.MonkeyPatch) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) - timedelta(hours=9)

    often, seldom = Work(), Work()
    schedule = Schedule([often.job(OFTEN), seldom.job(SELDOM, name="seldom")])
    schedule.start()
    await often.until(ended=2)
    assert seldom.ended == 0
    monkeypatch.setattr(base, "datetime", Earlier)  # the library's clock
    monkeypatch.setattr(ours, "datetime", Earlier)
    await often.until(ended=often.ended + 3)
    await seldom.until(ended=1)
    await schedule.stop()


async def test_a_failing_job_is_logged_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    work.error = RuntimeError("out of order")
    schedule = Schedule([work.job(OFTEN)])
    schedule.start()
    await work.until(ended=2)
    work.error = None
    await work.until(ended=4)
    await schedule.stop()
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert {record.getMessage() for record in told} == {"work failed; it is tried again"}
    assert "out of order" in caplog.text


@pytest.mark.parametrize("error", [RuntimeError("out of order"), None])
async def test_what_did_not_go_well_is_tried_again_sooner(error: Exception | None) -> None:
    work = Work()
    work.error, work.answer = error, False
    schedule = Schedule([work.job(SELDOM, OFTEN, at_once=True)])
    schedule.start()
    await work.until(ended=3)
    work.error, work.answer = None, None
    ended = work.ended
    await work.until(ended=ended + 1)
    ended = work.ended
    await asyncio.sleep(0.2)
    assert work.ended == ended  # well at last: it comes in an hour
    await schedule.stop()


async def test_the_end_waits_for_what_runs() -> None:
    work = Work()
    work.gate.clear()
    schedule = Schedule([work.job(SELDOM, at_once=True)])
    schedule.start()
    await work.until(begun=1)
    ending = asyncio.create_task(schedule.stop())
    await asyncio.sleep(0.1)
    assert work.stopped
    assert not ending.done()
    work.gate.set()
    await asyncio.wait_for(ending, PATIENCE_S)
    assert (work.begun, work.ended) == (1, 1)


async def test_what_just_begins_is_waited_for_or_left_out() -> None:
    for pauses in range(6):
        work = Work()
        schedule = Schedule([work.job(SELDOM, at_once=True)])
        schedule.start()
        for _ in range(pauses):
            await asyncio.sleep(0)
        await schedule.stop()
        assert work.begun == work.ended


async def test_the_end_may_come_before_the_beginning() -> None:
    schedule = Schedule([Work().job(OFTEN)])
    await schedule.stop()
    assert not schedule.running


def test_the_scheduler_writes_no_line_for_each_run() -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        logs.start("INFO", ())
        for name in ("apscheduler.executors.default", "apscheduler.scheduler"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO)
            assert logging.getLogger(name).isEnabledFor(logging.WARNING)
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
