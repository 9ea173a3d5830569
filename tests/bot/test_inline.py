"""Prices for a code typed in another chat."""

from __future__ import annotations

import asyncio

import pytest

from bot.talk.types import PriceAsked
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.replies import RecordingReplies
from tests.waiting import PATIENCE_S


async def asked(room: Room, text: str) -> RecordingReplies:
    return await room.handle(MINSU, PriceAsked(room.key(), text))


async def test_one_reply_with_code_offers_and_links_and_nothing_kept(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 139_000, 129_000)
    replies = await asked(room, "dd1391 100")
    (reply,) = replies.sent
    assert reply.text.splitlines()[:3] == ["DD1391-100", "운동화", "최저가 129,000원"]
    assert (reply.code, reply.interaction) == ("DD1391-100", 0)
    assert [offer.price_won for offer in reply.offers] == [129_000, 139_000]
    assert not [choice for choice in replies.choices() if choice.data]
    assert "search.shopping.naver.com" in [c.url for c in replies.choices() if c.url][-1]
    assert [choice.copy for choice in replies.choices() if choice.copy] == ["DD1391-100"]
    assert not room.interactions.rows
    assert not room.interactions.kept_quotes


async def test_a_code_without_prices_has_its_link(room: Room) -> None:
    replies = await asked(room, "FU9006")
    assert "보여 드릴 가격이 없어요" in replies.text
    assert (replies.last.code, replies.last.offers) == ("FU9006", ())
    assert [choice for choice in replies.choices() if choice.url]


@pytest.mark.parametrize(
    "text", ["", " ", "안녕", "shoes", "DD", "8801234567890", "가" * 500, "\x00"]
)
async def test_what_is_no_code_gets_one_short_sentence(room: Room, text: str) -> None:
    replies = await asked(room, text)
    (reply,) = replies.sent
    assert reply.text
    assert len(reply.text) < 120
    assert (reply.code, reply.rows) == ("", ())
    assert not room.prices.calls


async def test_nobody_waits_for_a_photo_that_is_being_read(room: Room) -> None:
    room.reader.gate = asyncio.Event()
    slow = asyncio.create_task(room.photo(ANN))
    await asyncio.sleep(0.01)
    replies = await asyncio.wait_for(room.handle(ANN, PriceAsked("p", "FU9006")), PATIENCE_S)
    assert replies.last.code == "FU9006"
    assert not slow.done()
    room.reader.gate.set()
    await slow
