"""How sources on the web are treated: rate, rest after failures, quota over all processes."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from benchmarks.stand_ins.naver import FakeNaver
from lookup import MemoryBook, NaverSource, SourceState, Usage
from lookup.sources.quota import Period, Quota
from tests.lookup.conftest import Clock
from tests.lookup.sources import means

CODE = "DD1391-100"


async def test_calls_in_a_second_are_limited(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    source = NaverSource(naver.settings(calls_per_s=4), means(session))
    began = time.monotonic()
    quotes = await asyncio.gather(*(source.quote(f"FU900{n}") for n in range(8)))
    assert {quote.state for quote in quotes} == {SourceState.EMPTY}
    assert time.monotonic() - began > 0.9  # four at once, four more in the next second


async def test_waiting_for_a_turn_has_an_end_and_is_no_failure(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    told = naver.settings(calls_per_s=1)
    source = NaverSource(told, means(session, deadline_s=0.4, failures=1))
    quotes = await asyncio.gather(*(source.quote(f"FU900{n}") for n in range(5)))
    states = [quote.state for quote in quotes]
    assert states.count(SourceState.SLOW) >= 3
    assert not source.resting


@pytest.mark.parametrize("doing", ["broken", "html", "refused", "slow", "dropped"])
async def test_a_failing_service_rests(
    session: aiohttp.ClientSession, naver: FakeNaver, doing: str
) -> None:
    told = naver.settings(calls_per_s=50)
    source = NaverSource(told, means(session, deadline_s=0.6, failures=2, tries=1, rest_s=60))
    naver.always = doing
    states = [(await source.quote(CODE)).state for _ in range(2)]
    asked = len(naver.queries)
    naver.always = ""
    assert SourceState.OK not in states
    resting = SourceState.REFUSED if doing == "refused" else SourceState.DOWN
    assert (await source.quote(CODE)).state is resting  # not asked
    assert (source.resting, len(naver.queries)) == (True, asked)


async def test_after_its_rest_a_service_is_tried_again(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    told = naver.settings(calls_per_s=50)
    source = NaverSource(told, means(session, failures=2, tries=1, rest_s=0.5))
    naver.plan.extend(["broken", "broken"])
    states = [(await source.quote(CODE)).state for _ in range(2)]
    assert states == [SourceState.DOWN] * 2
    await asyncio.sleep(0.6)
    assert (await source.quote(CODE)).state is SourceState.OK
    assert not source.resting


async def test_a_spent_quota_is_no_failure(
    session: aiohttp.ClientSession, naver: FakeNaver, clock: Clock
) -> None:
    source = NaverSource(naver.settings(), means(session, clock, failures=1))
    naver.plan.append("quota")
    assert (await source.quote(CODE)).state is SourceState.QUOTA
    clock.now += timedelta(minutes=2)
    assert (await source.quote(CODE)).state is SourceState.OK


async def test_the_quota_is_kept_and_starts_anew_at_midnight_in_korea(
    session: aiohttp.ClientSession, naver: FakeNaver, clock: Clock
) -> None:
    book = MemoryBook()
    told = naver.settings(calls_per_s=50, calls_a_day=5)
    ours, theirs = (NaverSource(told, means(session, clock, book)) for _ in range(2))
    quotes = await asyncio.gather(
        *(source.quote(f"FU900{n}") for n in range(4) for source in (ours, theirs))
    )
    states = [quote.state for quote in quotes]
    assert (states.count(SourceState.EMPTY), states.count(SourceState.QUOTA)) == (5, 3)
    assert len(naver.queries) == 5
    late = await ours.quote(CODE)
    assert (late.state, late.until) == (SourceState.QUOTA, datetime(2026, 11, 20, 15, tzinfo=UTC))
    assert await ours.usage() == Usage(5, 5)
    clock.now += timedelta(minutes=1)
    assert (await ours.quote(CODE)).state is SourceState.OK
    assert (await ours.usage()).left == 4


async def test_a_quota_spent_elsewhere_is_heard_of(
    session: aiohttp.ClientSession, naver: FakeNaver, clock: Clock
) -> None:
    book = MemoryBook()
    ours, theirs = (NaverSource(naver.settings(), means(session, clock, book)) for _ in range(2))
    naver.plan.append("quota")
    assert (await ours.quote(CODE)).state is SourceState.QUOTA
    assert (await theirs.quote(CODE)).state is SourceState.QUOTA
    assert len(naver.queries) == 1


class BrokenBook(MemoryBook):
    async def take(self, bucket: str, period: str, limit: int, now: datetime) -> bool:
        raise OSError("disk is gone")


async def test_without_its_book_no_call_is_made(
    session: aiohttp.ClientSession, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    source = NaverSource(naver.settings(), means(session, book=BrokenBook()))
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert naver.queries == []
    assert "disk is gone" in caplog.text


@pytest.mark.parametrize(
    ("period", "now", "name", "ends"),
    [
        (Period.DAY, (2026, 11, 20, 15, 0), "2026-11-21", (2026, 11, 21, 15, 0)),
        (Period.MONTH, (2026, 11, 30, 14, 59), "2026-11", (2026, 11, 30, 15, 0)),
        (Period.MONTH, (2026, 11, 30, 15, 0), "2026-12", (2026, 12, 31, 15, 0)),
        (Period.MONTH, (2026, 1, 30, 15, 0), "2026-01", (2026, 1, 31, 15, 0)),
        (Period.MONTH, (2028, 2, 28, 15, 0), "2028-02", (2028, 2, 29, 15, 0)),
    ],
)
def test_periods(period: Period, now: tuple[int, ...], name: str, ends: tuple[int, ...]) -> None:
    quota = Quota("x", 5, period)
    at = datetime(*now, tzinfo=UTC)  # type: ignore[arg-type, misc]
    assert quota.named(at) == name
    assert quota.ends(at) == datetime(*ends, tzinfo=UTC)  # type: ignore[arg-type, misc]
