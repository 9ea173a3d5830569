"""Colours behind a code: part of it where the brand prints them so."""

from __future__ import annotations

import pytest

from stylecode import ReadLine, rank
from tests.stylecode.tags import sure


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("FS1SKF6721U IVO", "FS1SKF6721U-IVO"),
        ("FS1SKF6721U-IVO", "FS1SKF6721U-IVO"),
        ("FS1SKF6721U", "FS1SKF6721U"),
        ("CW8235 711", "CW8235-711"),
        ("374915 01", "374915-01"),
    ],
)
def test_the_whole_code_comes_first(line: str, code: str) -> None:
    brand = {"F": "FILA", "C": "NIKE", "3": "PUMA"}[line[0]]
    found = rank([ReadLine(brand, (), 0.99), ReadLine(line, (), 0.95)])
    assert found[0].code == code


def test_a_colour_far_behind_or_read_otherwise_belongs_to_the_code_as_well() -> None:
    lines = [
        ReadLine("FS1SKF6721U", sure("FS1SKF6721U", 0.99), 0.95, 40, 30, 20, 200),
        ReadLine("OLV", sure("OLV", 0.99), 0.9, 256, 30, 20, 60),
    ]
    assert rank(lines)[0].code == "FS1SKF6721U-OLV"


def test_any_brands_colour_behind_a_dash_belongs_to_its_code() -> None:
    found = rank([ReadLine("ABC12X345-BLK", sure("ABC12X345-BLK", 0.99), 0.95, codelike=0.95)])
    assert found[0].code == "ABC12X345-BLK"


@pytest.mark.parametrize(
    ("brand", "line", "code"),
    [
        ("TEVA", "STYLE 1164787 BPTB", "1164787-BPTB"),
        ("CROCS", "STYLE NO 19683-686 M", "19683-686"),  # a width: Crocs prints no such end
    ],
)
def test_what_only_some_of_a_codes_brands_print_behind_it(brand: str, line: str, code: str) -> None:
    tag = [
        ReadLine(brand, sure(brand), 0.95, 10, 40, 20, 60),
        ReadLine(line, sure(line, 0.99), 0.95, 10, 80, 20, 200),
    ]
    assert rank(tag)[0].code == code


def test_a_dot_is_no_slip_where_a_brand_prints_one() -> None:
    found = rank([ReadLine("53.47164 NAT", sure("53.47164 NAT", 0.99), 0.95, codelike=0.95)])
    assert found[0].code == "53.47164"


def test_a_colour_that_can_hardly_be_read_does_not_come_first() -> None:
    line = "FS1SKF6721U IVO"
    doubtful = [((char, 0.3), ("X", 0.2), ("K", 0.2)) for char in line[12:]]
    found = rank(
        [ReadLine("FILA", (), 0.99), ReadLine(line, (*sure(line[:12], 0.99), *doubtful), 0.5)]
    )
    assert found[0].code == "FS1SKF6721U"
