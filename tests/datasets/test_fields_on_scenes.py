"""The fields of drawn photos, from the true texts of their words, turned and seen askew."""

from __future__ import annotations

import math
import random
import re

import numpy as np
import pytest

from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene, Word, draw_scene
from stylecode import ReadLine, TagFields, fields_of
from stylecode.fields import is_gtin

SCENES = 48
COUNTRIES = {"VIETNAM", "CHINA", "INDONESIA", "CAMBODIA", "KOREA", "THAILAND"}
SIZE, LETTERS = (640, 480), (9.0, 40.0)
DATE = re.compile(r"(?:0[1-9]|1[0-2])/\d\d/\d\d|20\d\d\.\d\d\.\d\d|20\d\d-\d\d")


def line(word: Word) -> ReadLine:
    """The word as two readers without Hangul would see it."""
    text = "".join(char if char.isascii() else " " for char in word.text).upper()
    quad = np.asarray(word.quad, np.float64)
    x, y = (quad[0] + quad[3]) / 2
    along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
    height, width = float(np.hypot(*(quad[3] - quad[0]))), float(np.hypot(*along))
    angle = math.atan2(along[1], along[0])
    said = (text, text)
    return ReadLine(text, (), 0.9, float(x), float(y), height, width, angle, said=said)


@pytest.fixture(scope="module")
def drawn(pool: FontPool) -> list[tuple[DrawnScene, list[str], TagFields]]:
    found = []
    for seed in range(SCENES):
        scene = draw_scene(7000 + seed, pool, 0.4, with_code=True, size=SIZE, letters_px=LETTERS)
        lines = [line(word) for word in scene.words if word.inside and word.text.strip()]
        texts = [each.text for each in lines]
        random.Random(seed).shuffle(lines)
        found.append((scene, texts, fields_of(lines, (), scene.code)))
    return found


def test_the_country_is_found(drawn: list[tuple[DrawnScene, list[str], TagFields]]) -> None:
    right = []
    for _, texts, fields in drawn:
        named = {
            re.split("/", texts[at + 2])[0]
            for at in range(len(texts) - 2)
            if texts[at : at + 2] == ["MADE", "IN"]
        }
        if named & COUNTRIES:  # else the country is cut off or covered
            right.append((fields.made_in or "").upper() in named)
    assert len(right) > 2
    assert sum(right) >= 0.9 * len(right)


def test_dates_are_found_as_they_are_printed(
    drawn: list[tuple[DrawnScene, list[str], TagFields]],
) -> None:
    right = [
        any(text in one.printed for one in fields.dates)
        for _, texts, fields in drawn
        for text in texts
        if DATE.fullmatch(text)
    ]
    assert len(right) > 2
    assert sum(right) >= 0.9 * len(right)


def test_barcodes_are_found(drawn: list[tuple[DrawnScene, list[str], TagFields]]) -> None:
    right = [
        text in fields.barcodes
        for _, texts, fields in drawn
        for text in texts
        if len(text) in (12, 13) and is_gtin(text)
    ]
    assert right
    assert all(right)


def test_every_system_has_its_own_value(
    drawn: list[tuple[DrawnScene, list[str], TagFields]],
) -> None:
    """The drawn sizes are a row: EUR is US and 32 to 33, CM is US and 18."""
    right = []
    for _, _, fields in drawn:
        sizes = {system: float(value) for system, value in fields.sizes}
        for system, least, most in (("EUR", 32, 33.5), ("CM", 18, 18)):
            if {"US", system} <= sizes.keys():
                right.append(least <= sizes[system] - sizes["US"] <= most)
    assert right  # how many there are depends on the fonts at hand
    assert sum(right) >= 0.9 * len(right)
