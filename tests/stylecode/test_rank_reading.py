"""Look-alikes, the reader's probabilities, and crops of one code."""

import pytest

from stylecode import ReadLine, key, rank
from stylecode.ranking.weighing import confidence_of
from stylecode.types import Alternatives
from tests.stylecode.tags import lines_of, sure


def read(text: str, doubts: dict[int, Alternatives] | None = None) -> ReadLine:
    alternatives = list(sure(text, 0.98))
    for place, listed in (doubts or {}).items():
        alternatives[place] = listed
    return ReadLine(text, tuple(alternatives), 0.95)


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ("DDI39I-1OO", "DD1391-100"),
        ("DD1391 10O", "DD1391-100"),
        ("GZS174", "GZ5174"),
        ("ART GZ5I74", "GZ5174"),
        ("1183A2O1.0O3", "1183A201-003"),
        ("L4I086600", "L41086600"),
        ("VNOA5KRSY28", "VN0A5KRSY28"),
        ("AO2797C", "A02797C"),
        ("FSISIB2104X", "FS1SIB2104X"),
        ("SOOB7C1", "S00B7C1"),
        ("5N 149277", "SN149277"),
        ("DD13 91-100", "DD1391-100"),
        ("SN:149277", "SN149277"),
    ],
)
def test_shape_settles_look_alikes(seen: str, code: str) -> None:
    assert rank([read(seen)])[0].code == code
    assert rank([read(seen)], crop=True)[0].code == code


def test_open_look_alikes_become_candidates() -> None:
    codes = [code.code for code in rank([read("MTL# VN0A2XSZW0O")])]
    assert codes[0] == "VN0A2XSZW0O"
    assert "VN0A2XSZW00" in codes


def test_readers_own_alternative_becomes_a_candidate() -> None:
    ranked = rank([read("FD2764-107", {9: (("7", 0.6), ("1", 0.38))})])
    assert [code.code for code in ranked[:2]] == ["FD2764-107", "FD2764-101"]
    assert ranked[0].confidence / ranked[1].confidence == pytest.approx(0.6 / 0.38, rel=0.05)


def test_alternative_outside_the_shape_costs_nothing() -> None:
    clear = rank([read("FD2764-107")])[0].confidence
    doubt = rank([read("FD2764-107", {8: (("0", 0.5), ("O", 0.48))})])[0]
    assert doubt.code == "FD2764-107"
    assert doubt.confidence == pytest.approx(clear, rel=0.05)


def test_alternatives_belong_to_the_code() -> None:
    line = read("STYLE FD2764 107", {14: (("0", 0.7), ("8", 0.2), ("o", 0.1))})
    code = rank([line])[0]
    assert code.code == "FD2764-107"
    assert (code.start, code.end) == (6, 16)
    assert len(code.alternatives) == len(code.code)
    assert code.alternatives[6] == ()
    assert all(code.alternatives[at][0][0] == char for at, char in enumerate(code.code) if at != 6)
    assert {char for char, _ in code.alternatives[8]} >= {"0", "8", "O"}


def test_less_sure_reading_is_less_confident() -> None:
    sure_one = rank([ReadLine("FD2764-107", sure("FD2764-107", 0.99))])[0].confidence
    unsure = rank([ReadLine("FD2764-107", sure("FD2764-107", 0.7))])[0].confidence
    by_line = rank([ReadLine("FD2764-107", (), 0.3)])[0].confidence
    assert sure_one > 0.8 > unsure
    assert by_line < 0.4


def test_confidence_rises_with_both() -> None:
    assert confidence_of(1.0, 3.0) > confidence_of(0.9, 3.0) > confidence_of(0.9, 1.0) > 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FD2764 107", "FD2764-107"),
        ("748312-061", "748312-061"),
        ("386219 04", "386219-04"),
        ("ART GZ5174", "GZ5174"),
        ("ART. NO. GZ5174", "GZ5174"),
        ("MTL#VN0A5KRSY28", "VN0A5KRSY28"),
        ("MTL# VN0A5KRSY28", "VN0A5KRSY28"),
        ("SN 149277 COLOR:BKW", "SN149277"),
        ("SN 149277 /BKW", "SN149277"),
        ("STYLE: K12-88-X", "K12-88-X"),
        ("BRANDNAME", "BRANDNAME"),
        ("74-C8123", "74-C8123"),
        ("Q87TR WHT", "Q87TR WHT"),
        ("20231204", "202312-04"),
        ("V FD2764-107", "FD2764-107"),
        ("FD2764-107 U", "FD2764-107"),
        ("IFD2764-107", "FD2764-107"),
        ("US 9", "US 9"),
        ("A", "A"),
        ("K968U22", "K968U22"),
        ("FUT31H31", "FUT31H31"),
    ],
)
def test_crop_is_one_code(text: str, code: str) -> None:
    assert rank([read(text)], crop=True)[0].code == code
    assert rank([ReadLine(text)], crop=True)[0].code == code


def test_crop_lists_what_else_it_may_be() -> None:
    codes = [key(code.code) for code in rank([read("KHE0401")], crop=True)]
    assert codes[0] == "KHE0401"
    assert "KHEO401" in codes


def test_crop_without_letters_or_digits_is_empty() -> None:
    assert rank([ReadLine("- . /")], crop=True) == ()
    assert rank([ReadLine("")], crop=True) == ()
    assert rank([ReadLine("XQ7T4", sure("XQ7T4", 0.08))], crop=True) == ()


def test_dates_that_are_read_with_letters_are_no_codes() -> None:
    assert rank(lines_of("PUMA\n2O23I204")) == ()


@pytest.mark.parametrize(
    ("read", "code"),
    [
        ("HC0844-111I", "HC0844-111"),
        ("IDD1391-100", "DD1391-100"),
        ("ART D15422J", "D15422"),
        ("PUMA 377329-401", "377329-40"),
    ],
)
def test_the_rules_of_a_table_are_no_part_of_the_code(read: str, code: str) -> None:
    codes = [found.code for found in rank([ReadLine(read, sure(read, 0.97))])]
    assert code in codes


@pytest.mark.parametrize("price", ["W290.900", "V 89.000", "192.600", "W1 129.000"])
def test_a_price_whose_sign_was_misread_is_no_code(price: str) -> None:
    assert price.replace(" ", "") not in [
        found.code.replace(" ", "") for found in rank([ReadLine(price, sure(price, 0.97))])
    ]


@pytest.mark.parametrize("date", ["08I12I23", "10I20123", "23I11I22", "08/12I23 10I20123 QZ"])
def test_a_date_whose_slashes_were_misread_is_no_code(date: str) -> None:
    assert rank([ReadLine(date, sure(date, 0.97))]) == ()
