"""Prices that come after the answer was shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.talk.buttons import parse
from bot.talk.prices.shown_prices import kept_answer
from bot.talk.types import PhotoSent, Reply, TextSent
from lookup.judging.merge import merged
from lookup.types import PriceAnswer, SourceState
from tests.bot.room import MINSU, Room
from tests.fakes.prices import FakePrices, quote
from tests.fakes.reader import reading
from tests.fakes.replies import RecordingReplies

CODE = "FU9006"


class LatePrices(FakePrices):
    """One source answers at once, the others one after the other."""

    def _answer(self, late: int) -> PriceAnswer:
        shops = [quote(CODE, 129_000, source="a", name="가")]
        for number, name in enumerate("bc", 1):
            came = number <= late
            price = (129_000 - number * 10_000,) if came else ()
            state = None if came else SourceState.SLOW
            shops.append(quote(CODE, *price, source=name, name=name, state=state))
        return PriceAnswer(CODE, tuple(shops), "https://x.example", tuple("bc"[late:]))

    async def quote(self, code: str) -> PriceAnswer:
        await super().quote(code)
        return self._answer(0)

    async def follow(self, code: str) -> AsyncIterator[PriceAnswer]:
        for late in range(3):
            yield self._answer(late)


class Amending(RecordingReplies):
    """A channel that can edit what it sent."""

    def __init__(self, prices: int = 1) -> None:
        """`prices` is which of the messages has the prices."""
        super().__init__()
        self.amended: list[Reply] = []
        self.prices = prices

    @property
    def latest(self) -> int:
        return len(self.sent)

    async def amend(self, reply: Reply, message: int) -> None:
        assert message == self.prices
        self.amended.append(reply)


async def _asked(room: Room, replies: RecordingReplies) -> None:
    room.prices = LatePrices()
    room.restart()
    await room.conversation.handle(MINSU, TextSent("late-1", CODE), replies)


async def test_late_answers_edit_the_message_and_are_kept(room: Room) -> None:
    replies = Amending()
    await _asked(room, replies)
    await room.conversation.settled()
    assert "최저가 129,000원" in replies.sent[0].text
    assert len(replies.amended) == 2
    assert "최저가 119,000원" in replies.amended[0].text
    assert "c: " in replies.amended[0].text  # still slow
    assert "최저가 109,000원" in replies.amended[1].text
    assert "늦어서" not in replies.amended[1].text
    kept = [(one.source, one.state) for one in await room.interactions.quotes(room.row.id)]
    assert kept == [("a", "ok"), ("b", "slow"), ("c", "slow"), ("b", "ok"), ("c", "ok")]


async def test_a_channel_that_cannot_edit_does_not_wait(room: Room) -> None:
    replies = RecordingReplies()
    await _asked(room, replies)
    assert len(replies.sent) == 1


class Gated(LatePrices):
    """What is late comes once the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open = asyncio.Event()

    async def follow(self, code: str) -> AsyncIterator[PriceAnswer]:
        yield self._answer(0)
        await self.open.wait()
        yield self._answer(2)


async def test_the_next_event_does_not_wait_and_is_not_overwritten(room: Room) -> None:
    replies, room.prices = Amending(), (prices := Gated())
    room.restart()
    await room.conversation.handle(MINSU, TextSent("late-1", CODE), replies)
    editor = await room.press(replies.data("edit"), MINSU)  # answered, although prices are pending
    assert "바꿀 글자" in editor.text
    prices.open.set()
    await room.conversation.settled()
    assert replies.amended == []


async def test_prices_of_a_sure_reading_are_added_late_too(room: Room) -> None:
    replies, room.prices = Amending(), LatePrices()
    room.reader.default = reading(CODE)
    room.manners(sure_confidence=0.9)

    async def fetch() -> bytes:
        return b"photo"

    await room.conversation.handle(MINSU, PhotoSent("late-2", fetch), replies)
    await room.conversation.settled()
    assert replies.sent[0].image
    assert "최저가 109,000원" in replies.amended[-1].text
    assert any(c.data.startswith("confirm:") for row in replies.amended[-1].rows for c in row)


async def test_the_question_about_training_is_not_overwritten(room: Room) -> None:
    replies, room.prices = Amending(prices=2), LatePrices()
    room.people.asked.clear()
    room.reader.default = reading(CODE)
    room.restart()
    photo = await room.photo(MINSU)
    await room.conversation.handle(MINSU, parse("late-3", photo.data("confirm")), replies)
    await room.conversation.settled()
    assert len(replies.sent) == 3  # "confirmed", the prices, the question
    assert replies.amended  # `Amending` holds that it is the prices' message


async def test_stopping_leaves_what_is_late(room: Room) -> None:
    replies, room.prices = Amending(), Gated()
    room.restart()
    await room.conversation.handle(MINSU, TextSent("late-1", CODE), replies)
    await room.conversation.stop()
    assert replies.amended == []


class Odd(LatePrices):
    """The first shop's price is odd beside what comes later."""

    def _answer(self, late: int) -> PriceAnswer:
        strap = quote(CODE, 19_000, source="a", name="가")
        shoes = quote(CODE, 85_000, 95_000, 99_000, source="b", name="나")
        slow = quote(CODE, source="b", name="나", state=SourceState.SLOW)
        quotes = merged([strap, shoes if late else slow])
        return PriceAnswer(CODE, quotes, "https://x.example", () if late else ("b",))

    async def follow(self, code: str) -> AsyncIterator[PriceAnswer]:
        for late in range(2):
            yield self._answer(late)


async def test_a_price_that_turns_out_odd_is_neither_shown_nor_kept(room: Room) -> None:
    replies = Amending()
    room.prices = Odd()
    room.restart()
    await room.conversation.handle(MINSU, TextSent("late-1", CODE), replies)
    assert "최저가 19,000원" in replies.sent[0].text
    await room.conversation.settled()
    assert "최저가 85,000원" in replies.amended[-1].text
    assert "19,000원" not in replies.amended[-1].text
    assert room.row.price_won == 85_000
    again = kept_answer(CODE, [*(await room.interactions.quotes(room.row.id))][::-1])
    assert again.lowest == 85_000
