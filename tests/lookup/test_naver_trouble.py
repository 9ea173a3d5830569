"""Every way in which Naver's contract says no, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from benchmarks.stand_ins.naver import NAVER_ERRORS, FakeNaver
from lookup import NaverSource, SourceState
from lookup.sources.quota import next_midnight
from tests.lookup.conftest import Clock
from tests.lookup.sources import means
from tests.waiting import until

CODE = "DD1391-100"


@pytest.mark.parametrize("doing", ["retired", "retired@200"])
async def test_retired_for_good_and_told_once(
    source: NaverSource,
    naver: FakeNaver,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    doing: str,
) -> None:
    naver.always = doing
    with caplog.at_level(logging.INFO):
        states = {(await source.quote(code)).state for code in (CODE, CODE, "FU9006")}
        clock.now += timedelta(days=30)
        naver.always = ""
        states.add((await source.quote(CODE)).state)
    assert states == {SourceState.RETIRED}
    assert len(naver.queries) == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "SE05" in caplog.text


async def test_retired_met_by_many_at_once_is_told_once(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    naver.always = "retired"
    with caplog.at_level(logging.INFO):
        quotes = await asyncio.gather(*(source.quote(f"FU900{n}") for n in range(8)))
    assert {quote.state for quote in quotes} == {SourceState.RETIRED}
    assert len(caplog.records) == 1


async def test_another_404_is_not_retirement(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.extend(["html@404", "bad_query@404"])
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert (await source.quote(CODE)).state is SourceState.OK


@pytest.mark.parametrize(
    "doing", ["refused", "forbidden", "refused@200", "html@401", "html@403", "retired@401"]
)
async def test_refused(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture, doing: str
) -> None:
    naver.plan.extend([doing, doing])
    assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert len(naver.queries) == 2  # no second try
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert (await source.quote(CODE)).state is SourceState.OK


async def test_per_second_limit_is_tried_once_more(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.append("per_second")
    assert (await source.quote(CODE)).state is SourceState.OK
    assert len(naver.queries) == 2
    naver.plan.extend(["per_second", "per_second"])
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert len(naver.queries) == 4
    assert (await source.quote(CODE)).state is SourceState.OK


@pytest.mark.parametrize("doing", ["quota", "quota@200"])
async def test_quota_rests_until_midnight_in_korea(
    source: NaverSource, naver: FakeNaver, clock: Clock, doing: str
) -> None:
    naver.plan.append(doing)
    quote = await source.quote(CODE)
    assert quote.state is SourceState.QUOTA
    assert quote.until == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    clock.now += timedelta(seconds=59)
    again = await source.quote("FU9006")
    assert (again.state, again.until) == (SourceState.QUOTA, quote.until)
    assert len(naver.queries) == 1
    clock.now += timedelta(seconds=1)
    fresh = await source.quote(CODE)
    assert (fresh.state, fresh.until) == (SourceState.OK, None)


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), datetime(2026, 11, 21, 15, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 14, 59, tzinfo=UTC), datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), datetime(2027, 1, 1, 15, 0, tzinfo=UTC)),
    ],
)
def test_midnight_in_korea(now: datetime, midnight: datetime) -> None:
    assert next_midnight(now) == midnight


@pytest.mark.parametrize("doing", ["broken", "html@502", "html@503", "broken@200", "dropped"])
async def test_a_failing_server_gets_one_more_try(
    source: NaverSource, naver: FakeNaver, doing: str
) -> None:
    naver.plan.append(doing)
    assert (await source.quote(CODE)).state is SourceState.OK
    naver.queries.clear()
    naver.always = doing
    assert (await source.quote(CODE)).state is SourceState.DOWN
    # The client itself repeats a GET whose kept-alive connection broke.
    assert len(naver.queries) in ({2} if doing != "dropped" else {2, 3, 4})


@pytest.mark.parametrize(
    "doing",
    ["truncated", "euc_kr", "html", "cut", "nothing", "huge", "bad_query", "bad_query@200"],
)
async def test_unreadable_answers_are_down_and_not_repeated(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture, doing: str
) -> None:
    naver.plan.append(doing)
    quote = await source.quote(CODE)
    assert (quote.state, quote.offers) == (SourceState.DOWN, ())
    assert len(naver.queries) == 1
    assert "price source naver is down" in caplog.text
    assert (await source.quote(CODE)).state is SourceState.OK


async def test_slow_is_given_up_and_hung_up(
    session: aiohttp.ClientSession, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    source = NaverSource(naver.settings(), means(session, deadline_s=0.2))
    naver.plan.append("slow")
    began = time.monotonic()
    assert (await source.quote(CODE)).state is SourceState.SLOW
    assert time.monotonic() - began < 10
    assert "slow" in caplog.text
    await until(lambda: naver.aborted)
    assert naver.aborted == 1


async def test_the_second_try_keeps_to_the_deadline(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    source = NaverSource(naver.settings(), means(session, deadline_s=0.5))
    naver.plan.extend(["broken", "slow"])
    assert (await source.quote(CODE)).state is SourceState.SLOW


async def test_trouble_is_told_again_after_a_good_answer(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    for doing in ["html", "html", "", "html"]:
        naver.always = doing
        await source.quote(CODE)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_the_fake_names_every_error_of_the_contract() -> None:
    assert {code for _, code, _ in NAVER_ERRORS.values()} >= {
        "SE01",
        "SE05",
        "SE99",
        "024",
        "010",
        "012",
    }
