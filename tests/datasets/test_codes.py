from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from datasets.codes import StyleCodes, brands, random_code

SHAPES = {
    "Nike": r"[A-Z]{2}\d{4}-\d{3}|\d{6}-\d{3}",
    "Jordan": r"[A-Z]{2}\d{4}-\d{3}",
    "adidas": r"[A-Z]{2}\d{4}|[A-Z]\d{5}",
    "Puma": r"\d{6}-\d{2}",
    "New Balance": r"[A-Z]{1,2}\d{3,4}[A-Z]{2,4}\d?|NB[A-Z]{2,4}\d{2,5}[A-Z]",
    "Converse": r"M\d{4}C|\d{6}C|A\d{5}C",
    "Vans": r"VN0A[0-9A-Z]{7,8}|VN000[0-9A-Z]{7,8}|VN-0[0-9A-Z]{6}",
    "Skechers": r"SN\d{5,6}",
    "Asics": r"1\d{3}[A-Z]\d{3}-\d{3}",
    "Salomon": r"L\d{8}",
    "Hoka": r"\d{7}-[A-Z]{3,4}",
    "Crocs": r"\d{5,6}-(\d[A-Z]\d|\d{3})",
    "Timberland": r"TB0[0-9A-Z]{8,9}",
}


@pytest.mark.parametrize("brand", sorted(SHAPES))
def test_codes_have_their_brands_shape(brand: str) -> None:
    codes = StyleCodes(random.Random(5))
    for _ in range(200):
        drawn = codes.draw(brand)
        assert re.fullmatch(SHAPES[brand], drawn.code), drawn


def test_printed_form_is_the_code_but_for_its_joints() -> None:
    codes = StyleCodes(random.Random(6))
    for _ in range(1500):
        drawn = codes.draw()
        plain = [re.sub(r"[^A-Z0-9]", "", text) for text in (drawn.code, drawn.printed)]
        assert plain[0] == plain[1] != ""


def test_same_seed_same_codes() -> None:
    first, second = (StyleCodes(random.Random(8)) for _ in range(2))
    assert [first.draw() for _ in range(50)] == [second.draw() for _ in range(50)]


def test_all_brands_and_some_random_strings_come_up() -> None:
    codes = StyleCodes(random.Random(9))
    seen = Counter(codes.draw().brand for _ in range(4000))
    assert set(brands()) | {""} == set(seen)
    assert seen["Nike"] > seen["Timberland"]
    assert 0.03 < seen[""] / 4000 < 0.1


def test_random_strings_are_never_empty() -> None:
    rng = random.Random(10)
    assert all(3 < len(random_code(rng)) < 24 for _ in range(500))
