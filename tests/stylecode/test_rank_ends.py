"""What stands around a code on its line and is no part of it, and what is only a part of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stylecode import ReadLine, brand_of, rank
from tests.stylecode.tags import lines_of, sure


def codes(text: str) -> list[str]:
    return [found.code for found in rank(lines_of(text))]


def smudged(text: str, doubtful: str, looks: float = 0.95) -> list[ReadLine]:
    """A line of which the marked (`^`) characters were hardly read."""
    chars = tuple(
        ((char, 0.4 if mark == "^" else 0.99),)
        for char, mark in zip(text, doubtful.ljust(len(text)), strict=True)
    )
    return [ReadLine(text, chars, 0.4, 10, 10, 20, 120, codelike=looks)]


@pytest.mark.parametrize(
    ("text", "doubtful", "code"),
    [
        ("HIEC6860", "^^", "EC6860"),  # 품번 without a blank
        ("QF3CW42130535", "^^", "3CW42130-535"),
        ("J1183A201-003", "^", "1183A201-003"),  # the left side of a frame
    ],
)
def test_smudges_at_the_ends_are_no_part_of_the_code(text: str, doubtful: str, code: str) -> None:
    assert rank(smudged(text, doubtful))[0].code == code


def test_the_right_side_of_a_frame_is_no_part_of_the_code() -> None:
    brand = ReadLine("SKECHERS", sure("SKECHERS"), 0.95, 10, 40, 20, 120)
    assert rank([brand, *smudged("SN 123744C", "         ^")])[0].code == "SN123744"


@pytest.mark.parametrize("line", ["[1041A244-020]", "I1041A244-020I", "I1041A244-0201"])
def test_brackets_on_both_sides_are_no_part_of_the_code(line: str) -> None:
    assert codes(f"ASICS\n{line}")[0] == "1041A244-020"


def test_a_letter_at_the_end_of_a_strong_shape_is_left_out() -> None:
    assert codes("NIKE\nFS7714 002D")[0] == "FS7714-002"
    assert codes("SKECHERS\nSN 885810J")[0] == "SN885810"
    assert codes("SKECHERS\nSN 885810L")[0] == "SN885810L"


def test_digits_of_a_number_are_no_smudges() -> None:
    assert "104904" not in [found.code for found in rank(smudged("9910490-4", "^^"))]


@pytest.mark.parametrize("size", ["45.5", "38,5"])
def test_a_size_behind_the_code_is_no_colour(size: str) -> None:
    assert codes(f"ARTICLE BT6540 {size}")[0] == "BT6540"


def test_another_line_is_rather_not_the_end_of_a_code() -> None:
    """A large size beside an adidas code: QT1838-280 would be a shape of another brand."""
    lines = [
        ReadLine("ART Q71838", sure("ART Q71838"), 0.95, 40, 30, 20, 150),
        ReadLine("280", sure("280"), 0.95, 200, 30, 24, 50),
    ]
    assert rank(lines)[0].code == "Q71838"


def test_a_colour_on_a_line_of_its_own_does_not_come_first() -> None:
    apart = [
        ReadLine("FS1ALQ9503T", sure("FS1ALQ9503T"), 0.95, 40, 30, 20, 200),
        ReadLine("ZQN", sure("ZQN"), 0.95, 245, 30, 20, 50),
    ]
    assert rank(apart)[0].code == "FS1ALQ9503T"
    joined = ReadLine("FS1ALQ9503T-ZQN", sure("FS1ALQ9503T-ZQN"), 0.95)
    assert rank([joined])[0].code == "FS1ALQ9503T-ZQN"


def test_parts_may_stand_two_heights_apart() -> None:
    lines = [
        ReadLine("1351G474", sure("1351G474"), 0.95, 40, 30, 20, 100),
        ReadLine("208", sure("208"), 0.95, 177, 30, 20, 40),
    ]
    assert rank(lines)[0].code == "1351G474-208"


@pytest.mark.parametrize("date", ["20254 109", "20224 1IQ", "20155 59", "20174 10QI", "20236 79 2"])
def test_dates_whose_hangul_was_read_as_characters(date: str) -> None:
    """As 2025년 10월: 년 and 월 come out as anything."""
    assert rank([replace(line, codelike=0.9) for line in lines_of(date)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "05/22/18 UQ3577",  # a factory's code behind the date
        "NE67572",
        "DQ34671",
        "GEL-1130",
        "MTL# VN0008E",  # the rest is hidden
        "ULTRAB00ST 22",
        "F1577-7066",  # a telephone in front of its number
        "S NO. 4162 BILL339924",
    ],
)
def test_what_looks_like_a_code_and_is_none(text: str) -> None:
    assert rank([replace(line, codelike=0.7) for line in lines_of(text)]) == ()


def test_a_labelled_code_may_stand_behind_a_date() -> None:
    assert codes("05/22/18 STYLE FD2764-107")[0] == "FD2764-107"


def test_a_word_is_no_code_for_its_likeness_to_a_fixed_beginning() -> None:
    """VW0GAZELLE has a W where all Vans codes have an N, and a tail that may be anything."""
    line = replace(lines_of("VW0GAZELLE")[0], codelike=0.88)
    assert all(found.confidence < 0.3 for found in rank([line]))


def test_a_number_beside_a_date_counts_as_alone() -> None:
    beside = rank([replace(line, codelike=0.9) for line in lines_of("357330-86 202503")])
    assert beside[0].code == "357330-86"


def cut(text: str, start: bool = False, end: bool = False) -> ReadLine:
    return ReadLine(text, sure(text, 0.99), 0.9, 10, 10, 20, 120, 0, 0.95, start, end)


def test_two_parts_of_digits_at_the_edge_are_whole_unless_longer_ones_are_known() -> None:
    assert rank([cut("309339 51", start=True)])[0].code == "309339-51"
    assert rank([cut("309339 51", end=True)]) == ()  # of Nike's 309339-51x, perhaps
    assert rank([cut("3066042-819", end=True)])[0].code == "3066042-819"
    assert rank([cut("066042-819", start=True)]) == ()


@pytest.mark.parametrize(("word", "start"), [("UMA", True), ("OUMA", True), ("PUM", False)])
def test_a_brand_that_the_edge_cuts_is_still_one(word: str, start: bool) -> None:
    brand = replace(cut(word, start=start, end=not start), codelike=None)
    number = ReadLine("386219 04", sure("386219 04"), 0.95, 40, 60, 20, 120)
    assert rank([brand, number])[0].code == "386219-04"
    (unnamed, *_) = rank([replace(brand, cut_start=False, cut_end=False), number])
    assert unnamed.confidence < 0.4 < rank([brand, number])[0].confidence


def test_letters_before_a_month_are_a_factorys() -> None:
    def ranked(text: str) -> list[str]:
        return [found.code for found in rank([replace(lines_of(text)[0], codelike=0.94)])]

    assert ranked("LMB 140403") == ranked("LMB 950773") == []
    assert ranked("MVB 283225") == ["MVB 283225"]


def test_mizuno() -> None:
    assert brand_of("J1GC221001") == "Mizuno"
    assert codes("MIZUNO\nJ1GC221001\n270")[0] == "J1GC221001"
