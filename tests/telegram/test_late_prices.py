"""A slow shop's prices are added to the price message; alerts come without an update."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import Fault, TelegramServer
from bot.channels.telegram import TelegramChannel
from bot.talk.conversation import Conversation
from bot.talk.errors import PersonGone
from bot.talk.manners import Manners
from bot.talk.types import Choice, Reply
from storage.tables.channels.inbox import Inbox
from storage.types import Who
from tests.bot.test_late_prices import CODE, Gated
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import Bench, priced, settled
from tests.waiting import PATIENCE_S

MINJI = Who("telegram", "1001", "ko")


class Late:
    """A running bot whose slow shops answer once `prices.open` is set."""

    def __init__(
        self, conversation: Conversation, channel: TelegramChannel, prices: Gated, inbox: Inbox
    ) -> None:
        self.conversation = conversation
        self.channel = channel
        self._prices = prices
        self._inbox = inbox

    async def answer(self) -> None:
        """The slow shops answer; wait until what comes of it is done."""
        await settled(self._inbox)  # a message is seen a moment before its turn is over
        self._prices.open.set()
        async with asyncio.timeout(PATIENCE_S):
            await self.conversation.settled()


@asynccontextmanager
async def late(bench: Bench, **manners: float) -> AsyncIterator[Late]:
    prices = Gated()
    async with bench.store() as store:
        tables = store.interactions, store.people, store.photos
        conversation = Conversation(
            bench.reader,
            prices,
            *tables,
            lambda: datetime.now(UTC),
            manners=Manners(**manners),  # type: ignore[arg-type]
        )
        channel = bench.channel(conversation, store)
        await channel.start()
        try:
            yield Late(conversation, channel, prices, store.inbox)
        finally:
            await conversation.stop()
            await channel.stop()


async def test_what_is_late_is_added_to_the_price_message(bench: Bench, minji: Person) -> None:
    async with late(bench) as bot:
        await minji.send_text(CODE)
        (answer,) = await minji.answered()
        assert "최저가 129,000원" in answer.text
        assert "109,000" not in answer.text
        await bot.answer()
        assert "최저가 109,000원" in answer.text
        assert minji.sees() == [answer]
        assert minji.data(answer, "edit")  # its buttons are still there


async def test_what_is_late_is_added_to_a_photos_answer(bench: Bench, minji: Person) -> None:
    bench.reader.default = reading(CODE, confidence=0.99)
    async with late(bench, sure_confidence=0.9) as bot:
        await minji.send_photo(tag_jpeg())
        (answer,) = await minji.until(priced)
        assert answer.photo is not None
        await bot.answer()
        assert "최저가 109,000원" in answer.text
        assert answer.photo is not None
        assert minji.sees() == [answer]
        assert minji.data(answer, "confirm")


async def test_a_correction_opened_meanwhile_is_left_alone(bench: Bench, minji: Person) -> None:
    async with late(bench) as bot:
        await minji.send_text(CODE)
        (answer,) = await minji.answered()
        await minji.press(answer, "edit")
        await minji.until(lambda seen: any("바꿀 글자" in m.text for m in seen))
        shown = [(m.id, m.text, m.buttons) for m in minji.sees()]
        await bot.answer()
        assert [(m.id, m.text, m.buttons) for m in minji.sees()] == shown


async def test_a_message_that_is_gone_is_not_sent_anew(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with late(bench) as bot:
        await minji.send_text(CODE)
        (answer,) = await minji.answered()
        server.chats.messages[answer.id].deleted = True
        await bot.answer()
        assert minji.sees() == []
        await minji.send_text("/help")  # and the bot goes on
        await minji.until(lambda seen: len(seen) >= 1)


async def test_an_alert_comes_as_a_message_with_its_buttons(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    alert = Reply("FU9006 <109,000원> & 더", rows=((Choice("그만 보기", data="unwatch:1"),),))
    async with late(bench) as bot:
        server.faults.append(Fault("sendMessage", 429, retry_after=1))
        await bot.channel.post(MINJI, alert)
        (message,) = minji.sees()
        assert message.text == alert.text
        assert minji.data(message, "unwatch") == ["unwatch:1"]
        assert message.reply_to is None


async def test_an_alert_to_who_blocked_the_bot_says_so(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with late(bench) as bot:
        server.faults.append(Fault("sendMessage", 403))
        with pytest.raises(PersonGone):
            await bot.channel.post(MINJI, Reply("x"))
        assert minji.sees() == []
