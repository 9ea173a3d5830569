from __future__ import annotations

import asyncio
import logging
import time

import aiohttp
import pytest

from benchmarks.stand_ins.naver import FakeNaver
from lookup import CatalogueSource, NaverSource, PriceLookup, SourceState
from lookup import service as service_module
from tests.lookup.sources import FakeRows, FakeSource, means, shop_offer
from tests.waiting import until

CODE = "DD1391-100"
LINK = "https://search.shopping.naver.com/search/all?query=DD1391-100"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_all_sources_in_their_order() -> None:
    late, early = FakeSource("late", 99_000, 129_000), FakeSource("early", 119_000)
    late.delay_s = 0.1
    answer = await PriceLookup([late, early]).quote(f" {CODE} ")
    assert (answer.code, answer.link) == (CODE, LINK)
    assert [(quote.source, quote.state) for quote in answer.quotes] == [
        ("late", SourceState.OK),
        ("early", SourceState.OK),
    ]
    assert answer.best == shop_offer(99_000)


async def test_without_sources_the_link_is_left() -> None:
    answer = await PriceLookup([]).quote(CODE)
    assert (answer.code, answer.quotes, answer.best, answer.link) == (CODE, (), None, LINK)


async def test_sources_are_asked_side_by_side() -> None:
    sources = [FakeSource(f"s{n}", 99_000) for n in range(8)]
    gate = asyncio.Event()
    for source in sources:
        source.gate = gate
    asking = asyncio.create_task(PriceLookup(sources, 20.0).quote(CODE))
    await until(lambda: all(source.calls for source in sources))
    gate.set()
    answer = await asking
    assert {quote.state for quote in answer.quotes} == {SourceState.OK}


async def test_a_straggler_is_cancelled_and_holds_nobody_up() -> None:
    quick, slow, stubborn = FakeSource("a", 99_000), FakeSource("b"), FakeSource("c")
    slow.delay_s = stubborn.delay_s = 20.0
    stubborn.stubborn = True
    began = time.monotonic()
    answer = await PriceLookup([slow, quick, stubborn], 0.2).quote(CODE)
    assert time.monotonic() - began < 10
    states = [quote.state for quote in answer.quotes]
    assert states == [SourceState.SLOW, SourceState.OK, SourceState.SLOW]
    await asyncio.sleep(0)
    assert (slow.cancelled, stubborn.cancelled) == (1, 1)


@pytest.mark.parametrize(
    "error", [RuntimeError("boom"), KeyError("x"), TimeoutError("boom"), ValueError("boom")]
)
async def test_an_unexpected_error_is_logged_and_down(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = FakeSource("broken"), FakeSource("fine", 99_000)
    broken.error = error
    answer = await PriceLookup([broken, fine]).quote(CODE)
    states = [quote.state for quote in answer.quotes]
    assert states == [SourceState.DOWN, SourceState.OK]
    assert "price source broken failed" in caplog.text
    assert caplog.records[0].exc_info is not None


async def test_a_source_that_cancels_itself_is_down() -> None:
    broken = FakeSource("broken")
    broken.error = asyncio.CancelledError()
    answer = await PriceLookup([broken]).quote(CODE)
    assert answer.quotes[0].state is SourceState.DOWN


async def test_a_late_failure_after_the_deadline_is_quiet(
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = FakeSource("late")
    source.delay_s, source.stubborn, source.error = 0.4, True, RuntimeError("too late")
    answer = await PriceLookup([source], 0.1).quote(CODE)
    assert answer.quotes[0].state is SourceState.SLOW
    with caplog.at_level(logging.WARNING):
        await asyncio.sleep(0.7)
    assert caplog.records == []


async def test_the_same_code_at_once_is_asked_once() -> None:
    source = FakeSource("fake", 99_000)
    source.delay_s = 0.1
    lookup = PriceLookup([source])
    answers = await asyncio.gather(*(lookup.quote(CODE) for _ in range(20)), lookup.quote("FU9006"))
    assert sorted(source.calls) == [CODE, "FU9006"]
    assert all(answer.best is not None for answer in answers[:-1])
    await lookup.quote(CODE)
    assert len(source.calls) == 3  # not kept: this source has no lifetime


async def test_other_spellings_of_a_code_are_the_same_question() -> None:
    source = FakeSource("fake", 99_000)
    source.delay_s, source.kept_s = 0.1, 300.0
    lookup = PriceLookup([source])
    spelt = ["DD1391-100", "dd1391-100", " DD1391 100 ", "DD1391100"]
    answers = await asyncio.gather(*map(lookup.quote, spelt))
    assert [answer.code for answer in answers] == [code.strip() for code in spelt]
    assert all(answer.best is not None for answer in answers)
    assert (await lookup.quote("ｄｄ１３９１－１００")).best is not None  # kept
    assert await lookup.knows(["dd1391-100"]) == {"dd1391-100": True}
    assert source.calls == [CODE]


async def test_one_who_leaves_does_not_take_the_answer_away() -> None:
    source = FakeSource("fake", 99_000)
    source.gate = asyncio.Event()
    lookup = PriceLookup([source])
    leaving, staying = (asyncio.create_task(lookup.quote(CODE)) for _ in range(2))
    await until(lambda: source.calls)
    leaving.cancel()
    source.gate.set()
    assert (await staying).best is not None
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert source.calls == [CODE]


async def test_answers_are_kept_for_each_source_own_time() -> None:
    clock = Clock()
    kept, fresh = FakeSource("kept", 99_000), FakeSource("fresh", 129_000)
    kept.kept_s = 300.0
    lookup = PriceLookup([kept, fresh], clock=clock)
    first = await lookup.quote(CODE)
    clock.now += 299
    second = await lookup.quote(CODE)
    assert (len(kept.calls), len(fresh.calls)) == (1, 2)
    assert second.quotes[0] is first.quotes[0]  # its time says when it was really fetched
    clock.now += 1
    await lookup.quote(CODE)
    assert (len(kept.calls), len(fresh.calls)) == (2, 3)


@pytest.mark.parametrize("state", list(SourceState))
async def test_only_answers_are_kept(state: SourceState) -> None:
    source = FakeSource("fake")
    source.kept_s, source.state = 300.0, state
    lookup = PriceLookup([source])
    await lookup.quote(CODE)
    await lookup.quote(CODE)
    assert len(source.calls) == (1 if state in {SourceState.OK, SourceState.EMPTY} else 2)


async def test_each_source_says_itself_how_long_its_answers_are_kept() -> None:
    clock = Clock()
    short, long = FakeSource("short", 99_000), FakeSource("long", 99_000)
    short.kept_s, long.kept_s = 10.0, 20.0
    lookup = PriceLookup([short, long], clock=clock)
    for _ in range(4):
        await lookup.quote(CODE)
        clock.now += 10
    assert (len(short.calls), len(long.calls)) == (4, 2)


async def test_what_is_kept_stays_small() -> None:
    source = FakeSource("fake")
    source.kept_s = 300.0
    lookup = PriceLookup([source])
    for number in range(service_module.MOST_KEPT_ANSWERS + 5):
        await lookup.quote(f"FU{number}")
    assert len(source.calls) == service_module.MOST_KEPT_ANSWERS + 5
    await lookup.quote("FU0")  # the oldest went first
    await lookup.quote(f"FU{service_module.MOST_KEPT_ANSWERS}")
    assert len(source.calls) == service_module.MOST_KEPT_ANSWERS + 6


async def test_two_sources_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        PriceLookup([FakeSource("a"), FakeSource("a")])


async def test_naver_in_every_trouble_never_blocks_the_catalogue(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    catalogue = CatalogueSource(FakeRows({"DD1391100": (shop_offer(99_000),)}))
    seen: dict[str, SourceState] = {}
    for doing in ["", "broken", "html", "dropped", "truncated", "refused", "slow", "quota"]:
        source = NaverSource(naver.settings(), means(session))
        naver.always = doing
        answer = await PriceLookup([source, catalogue], 0.5 if doing == "slow" else 20).quote(CODE)
        assert answer.best is not None
        assert answer.best.price_won == 99_000
        seen[doing] = answer.quotes[0].state
    assert seen == {
        "": SourceState.OK,
        "broken": SourceState.DOWN,
        "html": SourceState.DOWN,
        "dropped": SourceState.DOWN,
        "truncated": SourceState.DOWN,
        "refused": SourceState.REFUSED,
        "slow": SourceState.SLOW,
        "quota": SourceState.QUOTA,
    }
