from __future__ import annotations

from dataclasses import replace

import pytest

from bot.talk.types import Reply
from lookup.types import Offer, PriceAnswer, SourceState
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.prices import FETCHED_AT, offer, quote

CODE = "FU9006"


async def test_offers_of_all_sources_lowest_first_at_most_five(room: Room) -> None:
    naver = quote(CODE, 139_000, 119_000, 159_000, source="naver", name="네이버")
    shop = quote(CODE, 129_000, 149_000, 169_000, source="shop", name="매장")
    room.prices.set(CODE, naver, shop)
    text = (await room.text(CODE, MINSU)).text
    assert "최저가 119,000원" in text
    lines = [line for line in text.splitlines() if line[:1].isdigit()]
    assert [line.split()[1] for line in lines] == [
        "119,000원", "129,000원", "139,000원", "149,000원", "159,000원"
    ]  # fmt: skip
    assert lines[1] == "2. 129,000원 · 운동화 · 가게 (매장, 12:00)"
    assert room.row.price_won == 119_000


async def test_many_prices_have_a_middle(room: Room) -> None:
    room.prices.set_prices(CODE, 119_000, 129_000, 159_000)
    text = (await room.text(CODE, MINSU)).text
    assert "\n최저가 119,000원\n중간값 129,000원\n\n1. 119,000원" in text
    room.prices.set_prices("H67123", 119_000, 129_000)
    assert "중간값" not in (await room.text("H67123", MINSU)).text


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "자체 가격표"), ("en", "Shop’s own price list")]
)
async def test_sources_that_we_know_are_named_in_the_persons_language(
    room: Room, language: str, name: str
) -> None:
    await room.people.choose_language(MINSU, language)
    room.prices.set(CODE, quote(CODE, 129_000, source="catalogue", name="자체 가격표"))
    assert f"({name}, " in (await room.text(CODE, MINSU)).text
    own = replace(quote(CODE, 129_000, source="catalogue"), offers=(offer(mall=""),))
    room.prices.set(CODE, own)
    assert f" · {name}, 12:00" in (await room.text(CODE, MINSU)).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SourceState.RETIRED, "끝나서"),
        (SourceState.DOWN, "연결되지"),
        (SourceState.SLOW, "늦어서"),
        (SourceState.QUOTA, "한도"),
        (SourceState.REFUSED, "키가"),
    ],
)
async def test_each_troubled_source_gets_one_sentence(
    room: Room, state: SourceState, words: str
) -> None:
    room.prices.set(CODE, quote(CODE, name="네이버", state=state), quote(CODE, 5000))
    text = (await room.text(CODE, MINSU)).text
    assert [line for line in text.splitlines() if words in line and line.startswith("네이버: ")]
    assert "5,000원" in text


async def test_an_empty_source_needs_no_sentence_of_its_own(room: Room) -> None:
    room.prices.set(CODE, quote(CODE, name="네이버"))
    text = (await room.text(CODE, MINSU)).text
    assert "네이버:" not in text
    assert "보여 드릴 가격이 없어요" in text


async def test_the_naver_link_and_buttons_are_always_there(room: Room) -> None:
    replies = await room.text(CODE)
    assert [c.url for c in replies.choices() if c.url] == [
        "https://search.shopping.naver.com/search/all?query=FU9006"
    ]
    assert [c.data for c in replies.choices() if c.data] == ["price:1", "edit:1", "bell:1"]


async def test_a_look_up_that_breaks_never_blocks_the_answer(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def quote(self, code: str) -> PriceAnswer:
            raise RuntimeError("no prices today")

    room.prices = Broken()  # type: ignore[assignment]
    room.restart()
    replies = await room.text(CODE)
    assert replies.last.code == CODE
    assert "search.shopping.naver.com" in replies.choices()[0].url
    assert "no prices today" in caplog.text


async def test_price_again_replaces_the_message_and_keeps_the_first_price(room: Room) -> None:
    room.prices.set_prices(CODE, 100_000)
    first = await room.text(CODE)
    room.prices.set_prices(CODE, 90_000)
    replies = await room.press(first.data("price"))
    assert replies.last.replaces
    assert "₩90,000" in replies.text
    assert room.row.price_won == 100_000
    assert [q.offers[0].price_won for q in room.interactions.kept_quotes[1]] == [100_000, 90_000]


async def test_what_came_in_during_a_look_up_is_not_undone(room: Room) -> None:
    """Another process may change the row while prices are asked for here."""
    await room.photo()

    class Meddling:
        async def quote(self, code: str) -> PriceAnswer:
            row = room.row
            await room.interactions.save(replace(row, code="FU9007"))
            return PriceAnswer(code, (quote(code, 5000),), "https://n.example")

    room.prices = Meddling()  # type: ignore[assignment]
    room.restart()
    await room.press("confirm:1")
    assert (room.row.code, room.row.price_won) == ("FU9007", None)


async def test_long_and_hostile_malls_stay_short(room: Room) -> None:
    bad = Offer("x", 1000, "javascript:alert(1)", "가" * 500 + "\n\n")
    good = Offer("x", 2000, "https://shop.example/1", "")
    room.prices.set(CODE, replace(quote(CODE, 1, name="매장"), offers=(bad, good)))
    reply: Reply = (await room.text(CODE, ANN)).last
    assert len(reply.text) < 400
    urls = [c.url for row in reply.rows for c in row if c.url]
    assert urls[0] == "https://shop.example/1"
    assert not [url for url in urls if not url.startswith("https://")]
    assert "₩2,000 · 매장" in [c.label for row in reply.rows for c in row]


async def test_kept_quotes_name_source_state_and_time(room: Room) -> None:
    room.prices.set(CODE, quote(CODE, source="naver", name="네이버", state=SourceState.RETIRED))
    await room.text(CODE)
    kept = room.interactions.kept_quotes[1][0]
    assert (kept.source, kept.source_name, kept.state) == ("naver", "네이버", "retired")
    assert kept.fetched_at == FETCHED_AT
