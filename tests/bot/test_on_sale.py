"""Doubtful readings over real price look-ups: the code that a shop sells is proposed first."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from benchmarks.stand_ins.naver import FakeNaver, item
from lookup import CallManners, Means, NaverSource
from lookup.service import PriceLookup
from storage.types import StoredCandidate
from tests.bot.room import Room
from tests.fakes.reader import reading

READ, SOLD = "CN8607-O02", "CN8607-002"


@pytest.fixture
async def naver() -> AsyncIterator[FakeNaver]:
    async with FakeNaver([item(f"나이키 에어 포스 {SOLD}", "89000")]) as server:
        yield server


@pytest.fixture
async def shopping(room: Room, naver: FakeNaver) -> AsyncIterator[Room]:
    """A room whose reader doubts an O and whose prices come from the shop."""
    async with aiohttp.ClientSession() as session:
        source = NaverSource(naver.settings(), Means(session, CallManners(deadline_s=5)))
        room.checker = PriceLookup([source])
        room.restart()
        room.reader.default = reading(READ, SOLD, confidence=0.5)
        yield room


async def _without_shops(room: Room) -> tuple[StoredCandidate, ...]:
    """What the same photo's candidates are where nobody can be asked."""
    checker, room.checker = room.checker, None
    room.restart()
    await room.photo()
    room.checker = checker
    room.restart()
    assert room.row.candidates[0].code == READ
    return tuple(room.row.candidates)


async def test_the_twin_that_is_on_sale_comes_first(shopping: Room, naver: FakeNaver) -> None:
    replies = await shopping.photo()
    assert naver.queries and not naver.refusals
    assert [each.code for each in shopping.row.candidates][:2] == [SOLD, READ]
    assert replies.last.code == SOLD


@pytest.mark.parametrize("trouble", ["quota", "html", "dropped", "slow"])
async def test_trouble_at_the_shop_leaves_the_reading(
    shopping: Room, naver: FakeNaver, trouble: str
) -> None:
    naver.always = trouble
    unheard = await _without_shops(shopping)
    replies = await shopping.photo()
    assert naver.queries
    assert shopping.row.candidates == unheard
    assert replies.last.code == READ


async def test_a_shop_that_sells_neither_leaves_the_reading(
    shopping: Room, naver: FakeNaver
) -> None:
    naver.items = [item("나이키 CN8607 002 신발끈", "3900"), item("나이키 CN8607-003", "79000")]
    unheard = await _without_shops(shopping)
    await shopping.photo()
    assert naver.queries
    assert shopping.row.candidates == unheard
