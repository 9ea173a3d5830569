"""A zero or an O: what a zero of the same line says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from recognizer.looking.zero_or_o import weighed
from recognizer.types import Pixels, RegionReading, TextRegion
from stylecode import RankedCode
from tests.fakes.fonts import SANS

CODE = "VN0A60J3X6J"


def line(
    text: str, read: str, size: int = 40, spread: float = 0.1, bright: bool = False
) -> tuple[Pixels, RegionReading]:
    """A line of print, and what was read there."""
    font = ImageFont.truetype(SANS, size)  # its O is half as wide again as its zero
    at = [font.getlength(text[:count]) + spread * size * count for count in range(len(text) + 1)]
    paper, ink = (30, 230) if bright else (230, 30)
    photo = Image.new("L", (round(at[-1]) + 2 * size, 3 * size), paper)
    pen = ImageDraw.Draw(photo)
    for char, x in zip(text, at, strict=False):
        pen.text((size + x, 2 * size), char, fill=ink, font=font, anchor="ls")
    left, right, top, bottom = 0.9 * size, at[-1] + 1.1 * size, 1.1 * size, 2.15 * size
    quad = ((left, top), (right, top), (right, bottom), (left, bottom))
    return np.asarray(photo, np.uint8), RegionReading(TextRegion(quad, 1.0), read, (), 0.9)


def code(text: str, confidence: float, read: str) -> RankedCode:
    return RankedCode(text, confidence, 0, len(read) - len(text), len(read), "Vans")


def first(printed: str, read: str, other: str, size: int = 40, bright: bool = False) -> str:
    """The first of two codes after the print was asked."""
    grey, there = line(printed, read, size, bright=bright)
    codes = (code(read.rsplit(maxsplit=1)[-1], 0.9, read), code(other, 0.02, read))
    return weighed(grey, [there], codes)[0].code


@pytest.mark.parametrize("size", [18, 60])
@pytest.mark.parametrize("bright", [False, True])
def test_a_letter_wider_than_the_lines_zero_is_an_o(size: int, bright: bool) -> None:
    assert first("VN0A6OJ3X6J", CODE, "VN0A6OJ3X6J", size=size, bright=bright) == "VN0A6OJ3X6J"


@pytest.mark.parametrize("size", [18, 60])
def test_a_letter_like_the_lines_zero_is_a_zero(size: int) -> None:
    assert first(CODE, CODE, "VN0A6OJ3X6J", size=size) == CODE
    grey, there = line(CODE, "VN0A6OJ3X6J", size)
    codes = (code("VN0A6OJ3X6J", 0.5, "VN0A6OJ3X6J"), code(CODE, 0.3, CODE))
    assert weighed(grey, [there], codes)[0].code == CODE


def test_what_stands_in_front_of_the_code_does_not_matter() -> None:
    assert first("MTL# VN0A6OJ3X6J", f"MTL# {CODE}", "VN0A6OJ3X6J") == "VN0A6OJ3X6J"


@pytest.mark.parametrize(
    ("printed", "read", "other", "spread"),
    [
        ("VN0A6OJ3X6J", CODE, "VN0A6OJ3X6J", -0.12),  # letters that touch
        ("XY6OJ3", "XY60J3", "XY6OJ3", 0.1),  # no shape: nothing is known to be a zero
        ("VN0A6OJ3X6", CODE, "VN0A6OJ3X6J", 0.1),  # a letter less than was read
        ("VN0A6OJ3X6J", CODE, "VN0A6QJ3X6J", 0.1),  # other letters than these two
    ],
)
def test_nothing_is_said_where_the_print_does_not_tell(
    printed: str, read: str, other: str, spread: float
) -> None:
    grey, there = line(printed, read, spread=spread)
    codes = (code(read, 0.9, read), code(other, 0.02, read))
    assert weighed(grey, [there], codes) == codes


@given(st.floats(0.1, 0.9), st.floats(0.001, 0.1))
def test_both_keep_their_confidence_together(one: float, other: float) -> None:
    grey, there = line("VN0A6OJ3X6J", CODE)
    codes = (code(CODE, one, CODE), code("VN0A6OJ3X6J", other, CODE))
    found = weighed(grey, [there], codes)
    assert sum(each.confidence for each in found) == pytest.approx(one + other)
    assert [each.confidence for each in found] == sorted(
        (each.confidence for each in found), reverse=True
    )


def test_a_code_from_another_reading_of_the_line_stays_as_it_is() -> None:
    grey, there = line(CODE, "VNOA6")
    codes = (code(CODE, 0.9, CODE), code("VN0A6OJ3X6J", 0.02, CODE))
    assert weighed(grey, [there], codes) == codes


def test_one_code_or_none_stays_as_it_is() -> None:
    grey, there = line(CODE, CODE)
    assert weighed(grey, [there], ()) == ()
    alone = (code(CODE, 0.9, CODE),)
    assert weighed(grey, [there], alone) == alone
