"""Colours behind a code: part of it where the brand prints them so."""

from __future__ import annotations

import pytest

from stylecode import ReadLine, rank


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


def test_a_colour_that_can_hardly_be_read_does_not_come_first() -> None:
    line = "FS1SKF6721U IVO"
    sure = [((char, 0.99),) for char in line[:12]]
    doubtful = [((char, 0.3), ("X", 0.2), ("K", 0.2)) for char in line[12:]]
    found = rank([ReadLine("FILA", (), 0.99), ReadLine(line, (*sure, *doubtful), 0.5)])
    assert found[0].code == "FS1SKF6721U"
