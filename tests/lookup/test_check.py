"""Checks that nobody waits for: spread over the quota's period, and heard by whoever listens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lookup import PriceLookup, Usage
from lookup.sources.quota import Period, Quota
from lookup.types import PriceQuote
from tests.lookup.sources import FakeSource
from tests.waiting import until

CODE = "DD1391-100"


class WebShop(FakeSource):
    """A source on the web whose quota is used as the test says."""

    def __init__(self, usage: Usage, *prices: int) -> None:
        super().__init__("web", *prices)
        self.used = usage
        self.resting = False

    async def usage(self) -> Usage:
        return self.used


@pytest.mark.parametrize(
    ("usage", "asked"),
    [
        (Usage(0, 0), True),  # no limit
        (Usage(39, 100, gone=0.5), True),
        (Usage(40, 100, gone=0.5), False),
        (Usage(0, 100, gone=0.0), False),
        (Usage(79, 100, gone=1.0), True),
        (Usage(80, 100, gone=1.0), False),  # the last fifth is people's
    ],
)
async def test_checks_keep_pace_with_the_quota(usage: Usage, asked: bool) -> None:
    shop = WebShop(usage, 129_000)
    answer = await PriceLookup([shop], 0.5).check(CODE)
    assert bool(shop.calls) is asked
    assert answer.lowest == (129_000 if asked else None)


async def test_a_resting_source_is_left_alone_and_a_kept_answer_is_used() -> None:
    shop = WebShop(Usage(), 129_000)
    shop.kept_s = 60.0
    lookup = PriceLookup([shop], 0.5)
    await lookup.quote(CODE)
    shop.resting = True
    assert (await lookup.check(CODE)).lowest == 129_000
    assert shop.calls == [CODE]
    assert (await lookup.check("FU9006")).quotes == ()


async def test_a_check_waits_for_slow_sources() -> None:
    shop = WebShop(Usage(), 129_000)
    shop.delay_s = 0.5
    assert (await PriceLookup([shop], 0.05, total_s=10).check(CODE)).lowest == 129_000


async def test_each_source_s_own_answers_are_heard_once() -> None:
    heard: list[PriceQuote] = []
    slow, fast = FakeSource("slow", 119_000), FakeSource("fast", 129_000)
    slow.delay_s, fast.kept_s = 0.3, 60.0
    lookup = PriceLookup([slow, fast], 0.05, total_s=10, heard=heard.append)
    assert [one async for one in lookup.follow(CODE)][-1].lowest == 119_000
    await until(lambda: len(heard) == 2)
    assert [(one.source, one.offers[0].price_won) for one in heard] == [
        ("slow", 119_000),
        ("fast", 129_000),
    ]
    await lookup.check(CODE)  # "fast" is kept and says nothing new
    await until(lambda: len(heard) == 3)
    assert heard[-1].source == "slow"


def test_how_much_of_a_period_has_passed() -> None:
    noon = datetime(2026, 11, 21, 3, tzinfo=UTC)  # in Korea
    assert Quota("a").gone(noon) == 0.5
    assert Quota("a").gone(noon - timedelta(hours=12)) == 0.0
    month = Quota("a", period=Period.MONTH)
    assert month.gone(noon) == pytest.approx(20.5 / 30)
