"""The price answer in Telegram: the goods' picture, the price in bold, a name in each line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.stand_ins.telegram.people import Person
from bot.channels.telegram.calls.outgoing import html, with_room
from bot.talk.conversation import Conversation
from bot.talk.types import PriceCard, Reply
from lookup.types import Offer
from tests.fakes.goods import FakePictures
from tests.fakes.prices import quote
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import Bench, priced

CODE = "DD1391-100"
SHOE = tag_jpeg()


def goods(*names: str) -> tuple[Offer, ...]:
    return tuple(
        Offer(name, 129_000 + place * 1_000, f"https://shop.example/{place}", "가게", "shoe")
        for place, name in enumerate(names)
    )


@asynccontextmanager
async def selling(bench: Bench, *names: str) -> AsyncIterator[FakePictures]:
    bench.prices.set(CODE, replace(quote(CODE, 1), offers=goods(*names)))
    pictures = FakePictures(shoe=SHOE)
    async with bench.store() as store:
        tables = store.interactions, store.people, store.photos
        conversation = Conversation(
            bench.reader, bench.prices, *tables, lambda: datetime.now(UTC), pictures=pictures
        )
        channel = bench.channel(conversation, store)
        await channel.start()
        try:
            yield pictures
        finally:
            await channel.stop()


async def test_the_goods_picture_stands_above_the_prices(bench: Bench, minji: Person) -> None:
    async with selling(bench, "덩크 로우 260", "덩크 로우 270") as pictures:
        await minji.send(text=CODE)
        (answer, *_) = await minji.until(priced)
    assert answer.photo is not None
    assert answer.photo.startswith(b"\xff\xd8")
    assert "덩크 로우\n최저가 129,000원" in answer.text
    assert "1. 129,000원 · 덩크 로우 260 · 가게" in answer.text
    assert "2. 130,000원 · 덩크 로우 270 · 가게" in answer.text
    assert pictures.asked == [("shoe",)]


async def test_a_tag_s_photo_stays_where_its_prices_are_asked_again(
    bench: Bench, minji: Person
) -> None:
    async with selling(bench, "덩크 로우") as pictures:
        await minji.send_photo(tag_jpeg())
        (answer,) = await minji.answered()
        await minji.press(answer, "confirm")
        seen = await minji.until(priced)
        prices = next(message for message in seen if "129,000" in message.text)
        assert prices.photo is not None
        bench.prices.set(CODE, quote(CODE, 99_000))
        await minji.press(prices, "price")
        seen = await minji.until(lambda seen: any("99,000" in one.text for one in seen))
    again = next(message for message in seen if "99,000" in message.text)
    assert (again.id, again.photo) == (prices.id, prices.photo)
    assert len(pictures.asked) == 1


async def test_prices_without_room_beneath_a_picture_come_without(
    bench: Bench, minji: Person
) -> None:
    async with selling(bench, "덩크"):
        await minji.send(text=CODE)
        assert (await minji.until(priced))[0].photo
    card = PriceCard(CODE, "x", "129,000원", "", ("가",), "말 " * 600)
    long = Reply("말 " * 600, image=SHOE, card=card)
    assert with_room(long).image is None
    assert with_room(replace(long, card=replace(card, large=True))).image == SHOE


def test_the_lowest_price_is_bold_and_safe() -> None:
    card = PriceCard(CODE, "<b>", "129,000원", "", (), "")
    text = html(Reply(f"{CODE}\n<b>\n최저가 129,000원\n1. 129,000원", code=CODE, card=card), 4096)
    assert text == (f"<code>{CODE}</code>\n&lt;b&gt;\n최저가 <b>129,000원</b>\n1. 129,000원")
