"""Prices that come after the answer was shown."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.types import Reply, TextSent
from lookup.types import PriceAnswer, SourceState
from tests.bot.room import MINSU, Room
from tests.fakes.prices import FakePrices, quote
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

    def __init__(self) -> None:
        super().__init__()
        self.amended: list[Reply] = []

    @property
    def latest(self) -> int:
        return len(self.sent)

    async def amend(self, reply: Reply, message: int) -> None:
        assert message == 1
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
