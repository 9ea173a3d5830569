"""Codes to draw: of all brands that are known, and those that earlier versions drew."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from datasets.codes.fill import COLOURS, fill, random_code
from datasets.codes.first import FIRST_NAMES, first_code, known_then, other_code
from datasets.codes.known import known_code, known_names
from datasets.codes.types import DrawnCode
from datasets.crops.settings import V4
from datasets.crops.texts import line_text
from datasets.fonts.fonts import FontPool
from datasets.scenes import draw_scene
from stylecode import key
from stylecode.grammar.brands import grammar
from stylecode.grammar.entries import Brand
from stylecode.grammar.normalise import brands_of
from stylecode.grammar.pieces import pieces

BRANDS = [pytest.param(brand, id=brand.name) for brand in grammar().brands]


@pytest.mark.parametrize("brand", BRANDS)
def test_every_brands_codes_are_drawn_in_its_shapes(brand: Brand) -> None:
    rng = random.Random(5)
    shapes = [shape for pattern in brand.patterns for shape in pattern.shapes]
    for _ in range(100):
        drawn = known_code(rng, brand.name)
        fitting = [shape for shape in shapes if shape.fits(pieces(drawn.printed))]
        assert drawn.brand == brand.name
        assert drawn.code in {shape.spelled(pieces(drawn.printed)) for shape in fitting}


@pytest.mark.parametrize("brand", BRANDS)
def test_every_pattern_of_a_brand_is_drawn(brand: Brand) -> None:
    rng = random.Random(6)
    drawn = [known_code(rng, brand.name).printed for _ in range(400)]
    for pattern in brand.patterns:
        assert any(shape.fits(pieces(one)) for one in drawn for shape in pattern.shapes)


def test_all_brands_and_some_random_strings_come_up_as_often_as_they_are_met() -> None:
    rng = random.Random(9)
    drawn = [known_code(rng) for _ in range(8000)]
    seen = Counter(one.brand for one in drawn)
    assert set(seen) == {"", *(brand.name for brand in grammar().brands)}
    assert seen["Nike"] > seen["adidas"] > seen["Salomon"] > seen["Chanel"] > 0
    unknown = sum(not brands_of(one.code) for one in drawn if not one.brand)
    assert 0.03 < unknown / len(drawn) < 0.1


def test_printed_form_is_the_code_but_for_its_joints() -> None:
    for draw in (first_code, known_code):
        rng = random.Random(6)
        for _ in range(1500):
            drawn = draw(rng)
            assert key(drawn.code) == key(drawn.printed) != ""


def test_same_seed_same_codes() -> None:
    for draw in (first_code, known_code, other_code):
        first, second = ([draw(random.Random(seed)) for seed in range(50)] for _ in range(2))
        assert first == second
        assert len(set(first)) > 40


def test_a_brands_own_label_stands_before_its_codes() -> None:
    rng = random.Random(3)
    labels = Counter(known_code(rng, "adidas").label.rstrip(".:#") for _ in range(300))
    assert labels[""] < 200
    assert all(label.startswith("ART") for label in labels if label)
    assert any(not known_code(rng, "MLB").label.isascii() for _ in range(20))


def test_a_colour_behind_a_code_is_mostly_a_real_one() -> None:
    rng = random.Random(4)
    colours = [known_code(rng, "Hoka").code.partition("-")[2] for _ in range(400)]
    assert 0.4 < sum(one in COLOURS for one in colours) / 400 < 0.9


def test_random_strings_are_never_empty() -> None:
    rng = random.Random(10)
    assert all(3 < len(random_code(rng)) < 24 for _ in range(500))


def test_marks_are_filled_in_and_the_rest_stays() -> None:
    rng = random.Random(2)
    for _ in range(200):
        assert re.fullmatch(r"X9-[A-Z]\d[A-Z0-9][A-HJ-NP-Z][1-9] 가\.", fill("X9-@#*&% 가.", rng))


def digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def test_what_earlier_versions_drew_stays_as_it_was() -> None:
    rng = random.Random(1)
    drawn = [draw(rng) for _ in range(1500) for draw in (first_code, other_code)]
    told = [f"{one.brand} {one.code} {one.printed} {one.label}" for one in drawn]
    assert digest(told) == "390b1730eb28"
    assert {one.brand for one in drawn} == {"", *FIRST_NAMES}


def test_the_shapes_that_were_known_then() -> None:
    rng = random.Random(7)
    drawn = [first_code(rng) for _ in range(6000)]
    assert all(known_then(one.brand, one.code) == bool(brands_of(one.code)) for one in drawn)
    assert 0.02 < sum(not known_then(one.brand, one.code) for one in drawn) / 6000 < 0.2


def test_crops_of_a_later_version_show_brands_that_earlier_ones_never_did() -> None:
    rng = np.random.default_rng(2)
    texts = [line_text(rng, V4) for _ in range(3000)]
    told = {name for text in texts for name in brands_of(text.split(" ")[-1])}
    assert {"Salomon", "Diadora", "Nepa", "Nike", "Tommy Hilfiger"} <= told
    assert len(told) > 40


def test_photos_to_learn_from_name_the_brand_of_their_code(few_fonts: Path) -> None:
    pool = FontPool.load((few_fonts,))
    named = 0
    for seed in range(30):
        scene = draw_scene(seed, pool, 0.0, with_code=True, size=(640, 480), grammar=True)
        words = {word.text for word in scene.words}
        names = known_names().get(scene.brand, ())
        named += any(set(name.split()) <= words for name in names)
    assert named > 8


def test_a_code_of_todays_drawing_is_told_from_one_of_then() -> None:
    assert DrawnCode("Fila", "FS1SIZ3140X", "FS1SIZ3140X", "").goes_on is False
    rng = random.Random(8)
    fila = [known_code(rng, "Fila") for _ in range(60)]
    assert {one.goes_on for one in fila if re.fullmatch(r"FS1.{8}", one.code)} == {True}
    assert {one.goes_on for one in fila if "-" in one.code} == {False}
    assert not any(known_code(rng, "adidas").goes_on for _ in range(60))
