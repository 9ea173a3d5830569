"""Late answers, what is known of a code, and how the sources are doing."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from lookup import PriceAnswer, PriceLookup, SourceState, Usage
from tests.lookup.sources import FakeSource
from tests.waiting import until

CODE = "DD1391-100"


async def told(lookup: PriceLookup) -> bool:
    return (await lookup.quote(CODE)).best is not None


class WebShop(FakeSource):
    """A source on the web with a quota of its own."""

    def __init__(self, key: str, *prices: int, left: int = 100) -> None:
        super().__init__(key, *prices)
        self.left = left
        self.resting = False
        self.broken = False

    async def usage(self) -> Usage:
        if self.broken:
            raise OSError("the book is gone")
        return Usage(100 - self.left, 100, None)


async def followed(lookup: PriceLookup) -> list[PriceAnswer]:
    return [answer async for answer in lookup.follow(CODE)]


async def test_late_answers_come_one_by_one() -> None:
    quick, late, later = FakeSource("a", 99_000), FakeSource("b", 89_000), FakeSource("c", 79_000)
    late.gate, later.gate = gates = asyncio.Event(), asyncio.Event()
    opening = iter(gates)
    answers = []
    async for answer in PriceLookup([quick, late, later], 0.2, total_s=20).follow(CODE):
        answers.append(answer)
        if gate := next(opening, None):
            gate.set()
    assert [answer.pending for answer in answers] == [("b", "c"), ("c",), ()]
    assert [answer.lowest for answer in answers] == [99_000, 89_000, 79_000]
    assert answers[0].quotes[1].state is SourceState.SLOW
    assert answers[-1].count == 3
    assert [source.calls for source in (quick, late, later)] == [[CODE]] * 3


async def test_quote_does_not_wait_for_late_ones_but_they_are_kept() -> None:
    late = FakeSource("late", 89_000)
    late.gate, late.kept_s = asyncio.Event(), 300.0
    lookup = PriceLookup([late], 0.1, total_s=20)
    first = await lookup.quote(CODE)
    assert (first.quotes[0].state, first.pending) == (SourceState.SLOW, ("late",))
    again = await lookup.quote(CODE)  # the same question is still under way
    assert (again.quotes[0].state, len(late.calls)) == (SourceState.SLOW, 1)
    assert late.cancelled == 0
    late.gate.set()
    await until(lambda: told(lookup))
    assert (await lookup.quote(CODE)).lowest == 89_000
    assert len(late.calls) == 1


async def test_a_source_is_given_up_in_the_end() -> None:
    quick, never = FakeSource("a", 99_000), FakeSource("b", 1_000)
    never.delay_s = 60
    answers = await followed(PriceLookup([quick, never], 0.1, total_s=0.4))
    assert len(answers) == 1
    await until(lambda: never.cancelled)
    assert never.cancelled == 1


async def test_all_in_time_is_one_answer() -> None:
    answers = await followed(PriceLookup([FakeSource("a", 99_000)], 5, total_s=9))
    assert [answer.pending for answer in answers] == [()]
    assert len(await followed(PriceLookup([]))) == 1


async def test_who_stops_following_cancels_nothing() -> None:
    late = FakeSource("naver", 89_000)
    late.gate = asyncio.Event()
    lookup = PriceLookup([late], 0.1, total_s=20)
    following = lookup.follow(CODE)
    await anext(following)
    await following.aclose()
    await asyncio.sleep(0.2)
    assert late.cancelled == 0
    late.gate.set()
    await until(lambda: told(lookup))
    assert late.cancelled == 0


async def test_a_late_failure_is_told_too() -> None:
    late = FakeSource("b")
    late.gate, late.error = asyncio.Event(), RuntimeError("boom")
    answers = []
    async for answer in PriceLookup([late], 0.1, total_s=20).follow(CODE):
        answers.append(answer)
        late.gate.set()
    assert [answer.quotes[0].state for answer in answers] == [SourceState.SLOW, SourceState.DOWN]


async def test_known_unknown_and_nobody_knows() -> None:
    web, own = WebShop("naver", 99_000), FakeSource("catalogue")
    lookup = PriceLookup([web, own])
    assert await lookup.knows([CODE, "DD1391-1OO", CODE]) == {CODE: True, "DD1391-1OO": False}
    web.state = SourceState.DOWN
    assert await lookup.knows(["DDI391-100"]) == {"DDI391-100": None}
    assert await PriceLookup([own]).knows([CODE]) == {CODE: None}  # it says nothing
    assert await PriceLookup([FakeSource("catalogue", 1_000)]).knows([CODE]) == {CODE: True}
    assert await lookup.knows([]) == {}


async def test_what_is_kept_is_not_asked_again() -> None:
    web = WebShop("web", 99_000)
    web.kept_s = 300.0
    lookup = PriceLookup([web])
    await lookup.quote(CODE)
    assert await lookup.knows([CODE]) == {CODE: True}
    assert len(web.calls) == 1
    web.calls.clear()
    assert await lookup.knows(["FU9006"]) == {"FU9006": False}
    await lookup.quote("FU9006")
    assert len(web.calls) == 1


@pytest.mark.parametrize(("left", "asked"), [(100, 1), (21, 1), (20, 0), (0, 0)])
async def test_a_check_leaves_calls_for_people(left: int, asked: int) -> None:
    web = WebShop("naver", 99_000, left=left)
    known = await PriceLookup([web]).knows([CODE])
    assert (len(web.calls), known[CODE]) == (asked, True if asked else None)


async def test_a_check_leaves_failing_sources_and_books_alone() -> None:
    resting, bookless = WebShop("a", 99_000), WebShop("b", 99_000)
    resting.resting = bookless.broken = True
    assert await PriceLookup([resting, bookless]).knows([CODE]) == {CODE: None}
    assert resting.calls == bookless.calls == []


async def test_a_check_has_a_deadline_and_few_codes() -> None:
    web = WebShop("naver", 99_000)
    web.delay_s = 60
    began = time.monotonic()
    known = await PriceLookup([web], 20).knows([f"FU900{n}" for n in range(9)], 0.2)
    assert time.monotonic() - began < 30
    assert set(known.values()) == {None}
    assert len(web.calls) == len(known) == 5


async def test_status_tells_each_source() -> None:
    web, own = WebShop("naver", 99_000, left=40), FakeSource("catalogue")
    lookup = PriceLookup([web, own])
    before = await lookup.status()
    assert [(one.key, one.state, one.asked_at) for one in before] == [
        ("naver", None, None),
        ("catalogue", None, None),
    ]
    await lookup.quote(CODE)
    web.broken = True
    naver, catalogue = await lookup.status()
    assert (naver.state, naver.answers[SourceState.OK], naver.usage) == (SourceState.OK, 1, None)
    assert (catalogue.state, catalogue.usage) == (SourceState.EMPTY, None)
    assert naver.asked_at is not None
    assert abs((datetime.now(UTC) - naver.asked_at).total_seconds()) < 60
    web.broken = False
    assert (await lookup.status())[0].usage == Usage(60, 100)


async def test_a_source_given_up_counts_as_slow() -> None:
    never = FakeSource("a")
    never.delay_s = 60
    lookup = PriceLookup([never], 0.1)
    await lookup.quote(CODE)

    async def counted() -> bool:
        return SourceState.SLOW in (await lookup.status())[0].answers

    await until(counted)
    assert (await lookup.status())[0].answers[SourceState.SLOW] == 1
