"""No code on the photo: what was seen, where the code stands, what to do."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pictures.brands import ANYWHERE, place_of, places
from stylecode import PrintedDate, TagFields, brand_of, check
from stylecode.grammar.brands import grammar
from tests.bot.room import ANN, MINSU, Room
from tests.bot.test_witnesses import BARS
from tests.fakes.reader import reading

FULL = TagFields(
    "adidas",
    (("US", "9"), ("KR", "270")),
    colour="white",
    made_in="Vietnam",
    dates=(PrintedDate("2024.03", date(2024, 3, 1), date(2024, 3, 31)),),
    price_won=129_000,
)


async def told(room: Room, fields: TagFields, korean: bool = False) -> list[str]:
    room.reader.default = reading(fields=fields, barcodes=(BARS,))
    return (await room.photo(MINSU if korean else ANN)).text.splitlines()


async def test_what_was_seen_is_said(room: Room) -> None:
    first, *_ = await told(room, TagFields(sizes=(("KR", "270"),)))
    assert first == "I see a barcode and sizes, but no style code."
    first, *_ = await told(room, FULL)
    assert first == (
        "I see the name adidas, a barcode, sizes, a price, a date, a colour, and a country of"
        " origin, but no style code."
    )


async def test_in_korean_too(room: Room) -> None:
    first, *_ = await told(room, TagFields(sizes=(("KR", "270"),)), korean=True)
    assert first == "바코드와 사이즈는 보이는데, 품번은 찾지 못했어요."
    first, *_ = await told(room, FULL, korean=True)
    assert first == (
        "adidas 이름, 바코드, 사이즈, 가격, 날짜, 색상과 원산지는 보이는데, 품번은 찾지 못했어요."
    )
    first, *_ = await told(room, TagFields(colour="white"), korean=True)
    assert first == "바코드와 색상은 보이는데, 품번은 찾지 못했어요."


async def test_where_the_code_stands_for_that_brand(room: Room) -> None:
    _, where, then = await told(room, FULL)
    assert "“ART”" in where
    assert where.endswith("GW2871")
    assert "mark it on the photo" in then
    assert then.endswith("GW2871")


async def test_nothing_at_all_was_seen(room: Room) -> None:
    room.reader.default = reading()
    first, where, _ = (await room.photo(ANN)).text.splitlines()
    assert first == "I found no style code on this photo."
    assert ANYWHERE.example in where


async def test_typing_picking_characters_and_marking_are_offered(room: Room) -> None:
    room.reader.default = reading()
    replies = await room.photo(ANN)
    assert [(bool(c.data), c.mark) for c in replies.choices()] == [
        (True, False), (True, False), (False, True)
    ]  # fmt: skip
    assert "type the code" in replies.text


@pytest.mark.parametrize("confidence", [0.3, 0.7, 0.95])
async def test_marking_is_offered_under_readings_that_are_not_sure(
    room: Room, confidence: float
) -> None:
    room.reader.default = reading("FU9006", confidence=confidence)
    replies = await room.photo(ANN)
    assert any(choice.mark for choice in replies.choices()) == (confidence < 0.9)


@pytest.mark.parametrize("brand", sorted(places()))
def test_examples_are_codes_of_their_brand(brand: str) -> None:
    example = place_of(brand).example
    assert check(example) == example
    shaped = brand_of(example)
    same_shape = {"Reebok": "adidas", "Onitsuka Tiger": "Asics", "UGG": "Hoka"}
    assert shaped in {brand, same_shape.get(brand), ""}


def test_every_brand_of_which_all_is_known_has_its_place() -> None:
    assert grammar().all_known <= set(places())
