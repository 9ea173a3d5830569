"""What a code costs, as a card and as text: name, lowest price, shops, offers, and no sample."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.sentences import sentences
from bot.talk.prices.card import price_card
from bot.talk.prices.pricing import price_reply
from bot.talk.types import Reply
from lookup.types import Condition, Offer, OfferNote, PriceAnswer, PriceQuote
from tests.bot.room import MINSU, Room
from tests.fakes.prices import offer, quote

CODE = "DD1391-100"
KO, EN = sentences("ko"), sentences("en")


def answer(*offers: Offer, source: str = "naver") -> PriceAnswer:
    told = replace(quote(CODE, 1, source=source, name=source), offers=offers)
    return PriceAnswer(CODE, (told,), "https://naver.example")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("나이키 덩크 로우 DD1391-100", "나이키 덩크 로우"),
        ("[무료배송] 나이키 덩크 로우 (정품) DD1391 100", "나이키 덩크 로우"),
        ("★당일발송★ 덩크 로우 dd1391100 - 범고래", "덩크 로우 - 범고래"),
        ("DD1391-100", "DD1391-100"),
        ("[DD1391-100]", "[DD1391-100]"),
        ("덩크 DD1391-1001", "덩크 DD1391-1001"),
    ],
)
def test_the_goods_have_their_name_without_what_shops_call_out(title: str, name: str) -> None:
    assert price_card(KO, answer(offer(129_000, title))).name == name


def test_the_shop_s_own_name_for_the_goods_comes_first() -> None:
    own = replace(quote(CODE, 1, source="catalogue"), offers=(offer(139_000, "우리 덩크", ""),))
    both = replace(answer(offer(99_000, "직구 덩크")), quotes=(*answer(offer(99_000)).quotes, own))
    assert price_card(KO, both).name == "우리 덩크"


def test_shops_and_middle_are_told_where_there_are_some() -> None:
    many = [
        offer(won, mall=mall) for won, mall in ((99_000, "가"), (109_000, "가"), (129_000, "나"))
    ]
    assert price_card(KO, answer(*many)).summary == "판매처 2곳 · 중간값 109,000원"
    assert price_card(EN, answer(*many)).summary == "2 shops · median ₩109,000"
    assert price_card(KO, answer(*many[:1])).summary == ""
    assert price_card(KO, answer(*many[1:])).summary == "판매처 2곳"


def test_each_line_has_its_own_name_and_where_it_is() -> None:
    abroad = replace(offer(119_000, "덩크 280", "몰"), note=OfferNote.ABROAD)
    reply = price_reply(KO, None, answer(offer(99_000, "덩크 270", "가게"), abroad), "덧붙인 말")
    head, lines, note = reply.text.split("\n\n")
    assert head == f"{CODE}\n덩크\n최저가 99,000원\n판매처 2곳"
    assert lines.splitlines() == [
        "1. 99,000원 · 덩크 270 · 가게 (네이버쇼핑, 12:00)",
        "2. 119,000원 · 덩크 280 · 몰 (네이버쇼핑, 12:00) · 해외 구매",
    ]
    assert note == "덧붙인 말"
    assert reply.card is not None
    assert reply.card.places[1] == "몰 (네이버쇼핑, 12:00) · 해외 구매"


async def test_between_price_and_offers_stand_no_dates(room: Room) -> None:
    room.prices.set_prices("FU9006", 129_000)
    await room.text("FU9006", MINSU)
    page = await room.press("open:1", MINSU)
    before, _, after = page.text.partition("1. 129,000원")
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.", before)
    assert re.search(r"\d{4}-\d\d-\d\d", after)


def sample(won: int) -> Offer:
    return Offer("[SAMPLE] shoe", won, "https://example.com/1", "SAMPLE", note=OfferNote.SAMPLE)


def test_the_sample_is_an_example_and_no_price() -> None:
    for say, words, mark in (
        (KO, "실제 가격이 아니에요", "예시"),
        (EN, "no real prices", "example"),
    ):
        reply = price_reply(say, None, answer(sample(118_900), sample(129_000), source="catalogue"))
        assert words in reply.text
        assert reply.text.count(f" · {mark}") == 2
        assert "최저가" not in reply.text
        assert "owest" not in reply.text
        assert reply.card is not None
        assert (reply.card.price, reply.card.name) == ("", "")


async def test_the_sample_is_no_price_of_a_row_and_no_watch_s_beginning(room: Room) -> None:
    told: PriceQuote = replace(quote("FU9006", 1, source="catalogue"), offers=(sample(118_900),))
    room.prices.set("FU9006", told)
    await room.text("FU9006", MINSU)
    assert room.row.price_won is None


def test_used_goods_alone_are_told_as_such() -> None:
    used = replace(offer(50_000, "덩크"), condition=Condition.USED)
    reply: Reply = price_reply(KO, None, answer(used))
    assert "최저가 50,000원" in reply.text
    assert reply.text.endswith("· 중고")
