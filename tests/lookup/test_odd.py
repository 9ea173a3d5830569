"""Prices that cannot be the shoe's: judged over what all sources say, before anything is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookup import Condition, Offer, OfferNote, PriceLookup, PriceQuote, SourceState
from lookup.judging.merge import merged
from tests.lookup.sources import FakeSource
from tests.waiting import until

CODE = "DD1391-100"


def quote(source: str, *prices: int, **marks: OfferNote | Condition) -> PriceQuote:
    offers = tuple(
        Offer("덩크 DD1391-100", won, f"https://{source}.example/{won}", source, **marks)  # type: ignore[arg-type]
        for won in prices
    )
    return PriceQuote(CODE, source, source, SourceState.OK, datetime.now(UTC), offers)


def left(*quotes: PriceQuote) -> list[int]:
    return sorted(offer.price_won for one in merged(quotes) for offer in one.offers)


@pytest.mark.parametrize(
    ("by_source", "odd"),
    [
        ([[19_000], [85_000, 95_000, 99_000], [105_000, 110_000, 121_000]], {19_000}),
        ([[19_000, 85_000], [85_000, 86_000], [87_000, 121_000]], {19_000}),
        ([[9_900, 99_000], [119_000, 129_000, 9_999_999]], {9_900, 9_999_999}),
        ([[129], [119_000], [139_000]], {129}),
        ([[30_000], [99_000, 109_000, 119_000, 129_000]], {30_000}),
        # Two shops that agree may be clearing; what is a third of the middle may be a bargain.
        ([[30_000, 33_000], [99_000, 109_000, 119_000, 129_000]], set()),
        ([[45_000], [59_000, 79_000], [119_000, 129_000]], set()),
        ([[44_000], [129_000], [139_000]], set()),
        ([[19_000], [85_000], [99_000]], {19_000}),
        ([[9_900], [99_000]], set()),
        ([[1], [2], [100], [10_000], [20_000]], {1, 2, 10_000, 20_000}),
        ([[1], [100, 10_000]], {1, 10_000}),
    ],
)
def test_what_no_shoe_costs_beside_the_others(by_source: list[list[int]], odd: set[int]) -> None:
    quotes = [quote(f"s{place}", *prices) for place, prices in enumerate(by_source)]
    told = sorted(price for prices in by_source for price in prices)
    assert left(*quotes) == [price for price in told if price not in odd]


def test_a_source_s_many_odd_offers_do_not_drive_out_its_right_one() -> None:
    laces = quote("market", 9_000, 9_500, 119_000)
    assert left(laces, quote("mall", 109_000, 115_000, 129_000)) == [
        109_000,
        115_000,
        119_000,
        129_000,
    ]


def test_used_pairs_and_sets_are_no_measure_and_are_not_measured() -> None:
    used = quote("used", 15_000, condition=Condition.USED)
    pairs = quote("sets", 900_000, note=OfferNote.SET)
    assert left(used, pairs, quote("a", 99_000, 119_000, 129_000)) == [
        15_000,
        99_000,
        119_000,
        129_000,
        900_000,
    ]


def test_an_odd_price_does_not_stand_for_the_right_one_of_the_same_page() -> None:
    page = Offer("덩크 DD1391-100", 119_000, "https://one.example/p", "one")
    strap = Offer("덩크 DD1391-100 끈", 7_000, "https://one.example/p?utm_source=x", "one")
    told = PriceQuote(CODE, "b", "b", SourceState.OK, datetime.now(UTC), (strap, page))
    assert left(quote("a", 99_000, 109_000, 129_000), told) == [99_000, 109_000, 119_000, 129_000]


@given(st.lists(st.integers(50_000, 120_000), min_size=1, max_size=12), st.integers(1, 4))
def test_prices_near_each_other_all_stay(prices: list[int], sources: int) -> None:
    quotes = [quote(f"s{n}", *dict.fromkeys(prices[n::sources])) for n in range(sources)]
    assert left(*quotes) == sorted(offer.price_won for one in quotes for offer in one.offers)


async def test_neither_lowest_nor_memory_nor_a_check_has_it() -> None:
    heard: list[PriceQuote] = []
    sources = [FakeSource("a", 19_000), FakeSource("b", 85_000, 95_000, 99_000)]
    sources.append(FakeSource("c", 105_000, 110_000, 121_000))
    lookup = PriceLookup(sources, heard=heard.append)
    answer = await lookup.quote(CODE)
    assert (answer.lowest, answer.count, answer.best and answer.best.price_won) == (
        85_000,
        6,
        85_000,
    )
    assert (await lookup.check(CODE)).lowest == 85_000
    await until(lambda: len(heard) == 6)
    assert {one.source: len(one.offers) for one in heard} == {"a": 0, "b": 3, "c": 3}


async def test_what_a_late_source_makes_odd_goes() -> None:
    strap, slow = FakeSource("strap", 19_000), FakeSource("slow", 85_000, 95_000, 99_000)
    slow.delay_s = 0.3
    heard: list[PriceQuote] = []
    lookup = PriceLookup([strap, slow], 0.05, total_s=10, heard=heard.append)
    answers = [answer async for answer in lookup.follow(CODE)]
    assert [answer.lowest for answer in answers] == [19_000, 85_000]
    await until(lambda: len(heard) == 2)
    assert [one.offers[0].price_won for one in heard if one.offers] == [85_000]


async def test_the_sample_is_shown_and_counted_nowhere() -> None:
    sample = quote("catalogue", 118_900, 129_000, note=OfferNote.SAMPLE)
    (told,) = merged([sample])
    assert len(told.offers) == 2
    assert not told.sells
    assert left(sample, quote("a", 19_000, 21_000)) == [19_000, 21_000, 118_900, 129_000]
