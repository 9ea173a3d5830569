"""A photo of which a part is missing: read as far as it goes, and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recognizer.errors import NotAPicture, PhotoBroken, PhotoError, PhotoTooLarge, TooManyPixels
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading

CUT = "일부가 빠져 있어요"


@pytest.mark.parametrize("code", ["DD1391-100", ""])
async def test_a_missing_part_is_told_with_a_code_and_without(room: Room, code: str) -> None:
    found = reading(code) if code else reading()
    room.reader.default = replace(found, missing=0.05)
    replies = await room.photo(MINSU, key="photo-1")
    assert CUT in replies.text
    assert room.row.missing == 0.05
    assert (await room.photo(MINSU, key="photo-1")).text == replies.text
    assert "part of the photo is missing" in (await room.photo(ANN)).text


async def test_prices_that_come_along_stand_above_it(room: Room) -> None:
    room.reader.default = replace(reading("DD1391-100", confidence=0.99), missing=0.3)
    room.manners(sure_confidence=0.9)
    room.prices.set_prices("DD1391-100", 129_000)
    before, _, after = (await room.photo(MINSU)).text.partition("1. 129,000원")
    assert CUT in after
    assert CUT not in before


async def test_of_a_whole_photo_nothing_is_said(room: Room) -> None:
    assert CUT not in (await room.photo(MINSU)).text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAPicture(), "열 수 없는 파일"),
        (PhotoTooLarge(), "20MB보다"),
        (TooManyPixels(), "화소가 너무 많아서"),
        (PhotoBroken(), "망가져"),
    ],
)
async def test_what_cannot_be_read_says_what_is_so(
    room: Room, error: PhotoError, words: str
) -> None:
    room.reader.default = error
    assert words in (await room.photo(MINSU)).text
