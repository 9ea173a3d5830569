"""Tags as brands print them, and what is to be found on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stylecode import PrintedDate, ReadLine, TagFields, fields_of
from stylecode.fields import is_gtin

PLACED = ("confidence", "x", "y", "height", "width")


def heard(text: str, *place: float) -> ReadLine:
    there: dict[str, Any] = dict(zip(PLACED, place, strict=False))
    return ReadLine(text, said=(text, text), **there)


def tag(text: str) -> list[ReadLine]:
    """Lines as they stand under each other, both readers agreeing; two blanks part lines."""
    lines = []
    for at, row in enumerate(text.strip().splitlines()):
        column = 0
        for cell in row.strip().split("  "):
            x, width = 20.0 + 12 * column, 12.0 * len(cell)
            lines.append(heard(cell.strip(), 0.9, x, 40.0 * at + 30, 20.0, width))
            column += len(cell) + 2
    return [line for line in lines if line.text]


def day(*numbers: int) -> tuple[date, date]:
    return date(*numbers), date(*numbers)


NIKE = """
US 9 UK 8 EUR 42.5 CM 27
DD1391-100
07/15/21 - 10/02/21
MADE IN VIETNAM
FABRIQUE AU VIETNAM
UPC 195866137769
"""
ADIDAS = """
adidas
US 9 UK 8 1/2 F 42 2/3 J 27.0 CHN 265
ART FU9006  CORE BLACK/FTWR WHITE
MADE IN INDONESIA/FABRIQUE EN INDONESIE
05/21
"""
NEW_BALANCE = """
new balance
US  UK  EU  CM
9.5  9  43  27.5
ML574EVG
MADE IN CHINA
"""
CONVERSE = """
CONVERSE ALL STAR
162050C  COLOR: BLACK/WHITE
US 8 UK 8 EUR 41.5 CM 26.5
MADE IN THAILAND
2020.03
"""
VANS = """
VANS OFF THE WALL
VN0A38G1PMA
US 8.5 UK 7.5 EUR 41 CM 26.5 KR 265 MEX 26.5 BR 39
MADE IN CAMBODIA/FABRIQUE AU CAMBODGE
"""
PUMA = """
PUMA
383202 03  PUMA WHITE-PUMA BLACK
UK 8  EUR 42  US 9  CM 27
DATE 03/2022
"""
ASICS = """
ASICS
1201A019-108
US 9.5 UK 8.5 EUR 43.5 CM 27.5
WHITE/CLAY GREY
MADE IN VIETNAM
"""
FILA_KOREA = """
FILA
품번 : FS1SIB1234X  색상 : WHT
사이즈 : 270
제조국 : 베트남
제조연월 : 2022년 03월
소비자가격 : 129,000원
"""
SKECHERS = """
SKECHERS
SN 144083 COLOR:WSL
SIZE 275
US 9.5 EUR 42.5
MADE IN CHINA
"""
REEBOK = """
Reebok
US 10 UK 9 EUR 43 CM 28
DV6434
MADE IN INDIA
"""


@pytest.mark.parametrize(
    ("text", "code", "sizes", "found"),
    [
        (
            NIKE,
            "DD1391-100",
            "CM 27, US 9, UK 8, EUR 42.5",
            TagFields(
                brand="Nike",
                made_in="Vietnam",
                dates=(PrintedDate("07/15/21 - 10/02/21", date(2021, 7, 15), date(2021, 10, 2)),),
                barcodes=("195866137769",),
            ),
        ),
        (
            ADIDAS,
            "FU9006",
            "JP 27.0, US 9, UK 8 1/2, FR 42 2/3, CHN 265",
            TagFields(
                brand="adidas",
                colour="CORE BLACK/FTWR WHITE",
                made_in="Indonesia",
                dates=(PrintedDate("05/21", date(2021, 5, 1), date(2021, 5, 31)),),
            ),
        ),
        (
            NEW_BALANCE,
            "ML574EVG",
            "CM 27.5, US 9.5, UK 9, EUR 43",
            TagFields(brand="New Balance", made_in="China"),
        ),
        (
            CONVERSE,
            "162050C",
            "CM 26.5, US 8, UK 8, EUR 41.5",
            TagFields(
                brand="Converse",
                colour="BLACK/WHITE",
                made_in="Thailand",
                dates=(PrintedDate("2020.03", date(2020, 3, 1), date(2020, 3, 31)),),
            ),
        ),
        (
            VANS,
            "VN0A38G1PMA",
            "CM 26.5, KR 265, US 8.5, UK 7.5, EUR 41, BR 39, MEX 26.5",
            TagFields(brand="Vans", made_in="Cambodia"),
        ),
        (
            PUMA,
            "383202-03",
            "CM 27, US 9, UK 8, EUR 42",
            TagFields(
                brand="Puma",
                colour="PUMA WHITE-PUMA BLACK",
                dates=(PrintedDate("03/2022", date(2022, 3, 1), date(2022, 3, 31)),),
            ),
        ),
        (
            ASICS,
            "1201A019-108",
            "CM 27.5, US 9.5, UK 8.5, EUR 43.5",
            TagFields(brand="Asics", colour="WHITE/CLAY GREY", made_in="Vietnam"),
        ),
        (
            FILA_KOREA,
            "FS1SIB1234X",
            "KR 270",
            TagFields(
                brand="Fila",
                colour="WHT",
                made_in="Vietnam",
                dates=(PrintedDate("2022년 03월", date(2022, 3, 1), date(2022, 3, 31)),),
                price_won=129_000,
            ),
        ),
        (
            SKECHERS,
            "SN 144083",
            "KR 275, US 9.5, EUR 42.5",
            TagFields(brand="Skechers", colour="WSL", made_in="China"),
        ),
        (
            REEBOK,
            "DV6434",
            "CM 28, US 10, UK 9, EUR 43",
            TagFields(brand="Reebok", made_in="India"),
        ),
    ],
    ids=("nike", "adidas", "nb", "converse", "vans", "puma", "asics", "fila", "skechers", "reebok"),
)
def test_tags_of_many_brands(text: str, code: str, sizes: str, found: TagFields) -> None:
    got = fields_of(tag(text), code=code)
    assert ", ".join(f"{system} {value}" for system, value in got.sizes) == sizes
    for name in ("brand", "colour", "made_in", "dates", "barcodes", "price_won"):
        assert getattr(got, name) == getattr(found, name), name


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("U5 9.S  UK B.5  EU 4Z", "US 9.5, UK 8.5, EUR 42"),
        ("275MM", "KR 275"),
        ("27.5 CM", "CM 27.5"),
        ("9 US 8 UK 42.5 EUR", "US 9, UK 8, EUR 42.5"),
        ("US9 UK8 EU42", "US 9, UK 8, EUR 42"),
        ("US M 9 / UK 8", "US 9, UK 8"),
        ("US 10.5C  EUR 27.5", "US 10.5C, EUR 27.5"),
        ("US 9.5D", "US 9.5"),
        ("치수 260mm", "KR 260"),
        ("SIZE: 260", "KR 260"),
        ("US  UK  CM\n9  8  27\n255 MM", "CM 27, US 9, UK 8"),
        ("US\n9", "US 9"),
        ("KR\n270", "KR 270"),
        ("270", "KR 270"),
        ("270\n265", ""),  # which one?
        ("CM 24\n270", "CM 24"),  # not the same shoe
        ("CM 17C\n270", "CM 27"),
        ("CM 27 1/2\n275", "CM 27 1/2, KR 275"),
        ("US 9 UK 8 EUR 42.5\nUS 7 CM 25", "US 9, UK 8, EUR 42.5"),  # of another shoe
        ("US 9 UK 8\nCM 27", "CM 27, US 9, UK 8"),
        ("US 99", ""),
        ("SIZE 12", ""),  # in which system?
        ("TEL 02-275-1234", ""),
        ("100% POLYESTER", ""),
        ("RN 56323", ""),
        ("UPPER: 270 G", ""),
    ],
)
def test_sizes(text: str, sizes: str) -> None:
    got = fields_of(tag(text)).sizes
    assert ", ".join(f"{system} {value}" for system, value in got) == sizes


def test_the_code_is_no_size() -> None:
    lines = tag("DD1391  260\nNIKE")
    assert fields_of(lines, code="DD1391-260").sizes == ()


def test_words_read_a_second_time_change_nothing() -> None:
    whole = tag("US 9 UK 8 EUR 42.5")
    words = [
        heard(word, 0.9, 20.0 + 36 * at, 31.0, 19.0, 12.0 * len(word))
        for at, word in enumerate(("US", "9"))
    ]
    assert fields_of([*whole, *words]).sizes == fields_of(whole).sizes


def test_lines_without_a_place() -> None:
    lines = [heard(text) for text in ("9.5 9 43 27.5", "US UK EU CM", "VIETNAM", "MADE IN")]
    got = fields_of(lines)
    assert got.sizes == (("CM", "27.5"), ("US", "9.5"), ("UK", "9"), ("EUR", "43"))
    assert got.made_in == "Vietnam"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("MADE IN VIETNAM", "Vietnam"),
        ("MADE 1N V1ETNAM", "Vietnam"),
        ("MAOE IN CH1NA", "China"),
        ("NADE IN CHINA", None),  # the first letter is needed
        ("MADEINCAMBODIA", "Cambodia"),
        ("MADE IN\nINDONESIA", "Indonesia"),
        ("MADE IN / FABRIQUE EN\nINDIA", "India"),
        ("FABRIQUE EN CHINE", "China"),
        ("FABRIQUE AUX PHILIPPINES", "Philippines"),
        ("FABR1QUE AU CAMB0DGE", "Cambodia"),
        ("HECHO EN CHINA", "China"),
        ("MADE IN KOREA", "Korea"),
        ("MADE IN BANGLADESH", "Bangladesh"),
        ("MADE IN UKRAINE", "Ukraine"),
        ("MADE IN UK", "United Kingdom"),
        ("MADE IN U.S.A. / RN 56323", "USA"),
        ("MADE IN LAOS", "Laos"),
        ("MADE IN LAOSX", None),
        ("제조국명: 인도네시아", "Indonesia"),
        ("원산지 중국", "China"),
        ("MADE IN INDONESIA", "Indonesia"),
        ("ORIGIN  VIETNAM", "Vietnam"),
        ("COUNTRY OF 0RIGIN: CHINA", "China"),
        ("adidas ORIGINALS\nINDIA", None),
        ("FILA KOREA", None),
        ("VIETNAM", None),
        ("MODEL NO. 12345", None),
        ("MADE IN XYZZY", None),
    ],
)
def test_origin(text: str, country: str | None) -> None:
    assert fields_of(tag(text)).made_in == country


@pytest.mark.parametrize(
    ("text", "printed", "span"),
    [
        ("2024.03", "2024.03", (date(2024, 3, 1), date(2024, 3, 31))),
        ("2024.02.29", "2024.02.29", day(2024, 2, 29)),
        ("2023.02.29", None, None),
        ("2O24.O3", "2024.03", (date(2024, 3, 1), date(2024, 3, 31))),
        ("20240315", "20240315", day(2024, 3, 15)),
        ("PO 20240315", None, None),
        ("07/15/21", "07/15/21", day(2021, 7, 15)),
        ("07I15/21", "07/15/21", day(2021, 7, 15)),
        ("15/07/21", "15/07/21", day(2021, 7, 15)),
        ("03/04/21", "03/04/21", None),  # March or April
        ("03/04/21\n07/15/21", "03/04/21", day(2021, 3, 4)),  # as the other date says
        ("NIKE\n03/04/21", "03/04/21", day(2021, 3, 4)),  # month first, as Nike prints
        ("03/03/21", "03/03/21", day(2021, 3, 3)),
        ("21.03.15", "21.03.15", None),  # 2021 or 2015
        ("31.03.21", "31.03.21", None),
        ("15.03.2024", "15.03.2024", day(2024, 3, 15)),
        ("09/21", "09/21", (date(2021, 9, 1), date(2021, 9, 30))),
        ("10/12", None, None),  # a month and a year, a day, or a size
        ("MAR 2024", "MAR 2024", (date(2024, 3, 1), date(2024, 3, 31))),
        ("15 MAR 24", "15 MAR 24", day(2024, 3, 15)),
        ("2024년 3월 15일", "2024년 3월 15일", day(2024, 3, 15)),
        ("TEL 080-2021-1234", None, None),
        ("01/02/21-12/02/21", "01/02/21 - 12/02/21", None),
        (
            "12/01/21-02/03/21",  # forward only with the day first
            "12/01/21 - 02/03/21",
            (date(2021, 1, 12), date(2021, 3, 2)),
        ),
    ],
)
def test_dates(text: str, printed: str | None, span: tuple[date, date] | None) -> None:
    found = fields_of(tag(text)).dates
    assert [one.printed for one in found[:1]] == ([printed] if printed else [])
    if printed:
        assert (found[0].first, found[0].last) == (span or (None, None))


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("WHITE/BLACK", "WHITE/BLACK"),
        ("WH1TE/8LACK", None),
        ("COLOR: WSL", "WSL"),
        ("C0LOR NAME: CORE BLACK SIZE 270", "CORE BLACK"),
        ("색상 : 블랙", "블랙"),
        ("CBLACK/FTWWHT/GUM", "CBLACK/FTWWHT/GUM"),
        ("TRIPLE BLACK", "TRIPLE BLACK"),
        ("CLASSIC LEATHER", None),
        ("UPPER LEATHER", None),
        ("BR", None),
        ("OFF", None),
    ],
)
def test_colours(text: str, colour: str | None) -> None:
    assert fields_of(tag(text)).colour == colour


def test_a_colour_behind_the_code() -> None:
    assert fields_of(tag("SN 144083 BLK"), code="SN 144083").colour == "BLK"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("8801234567893", ("8801234567893",)),
        ("8 801234 567893", ("8801234567893",)),
        ("8 8O1234 S67893", ("8801234567893",)),
        ("8801234567894", ()),
        ("88 01234567 893", ()),  # no printer groups them like this
        ("7  8 801234 567893", ("8801234567893",)),
        ("1588-1234", ()),
    ],
)
def test_barcodes(text: str, numbers: tuple[str, ...]) -> None:
    assert fields_of(tag(text)).barcodes == numbers


def test_given_barcodes_come_first_and_are_not_told_twice() -> None:
    given = ("0195866137769", "FU9006", "123")
    got = fields_of(tag("195866137769\n8801234567893"), barcodes=given)
    assert got.barcodes == ("0195866137769", "8801234567893")


def test_the_digits_of_a_barcode_are_no_date() -> None:
    assert is_gtin("8202405012349")
    assert fields_of(tag("8 202405 012349")).dates == ()


def test_check_digits() -> None:
    assert is_gtin("73513537")
    assert not is_gtin("73513536")
    assert not is_gtin("000000000000")
    assert not is_gtin("٠٠٠٠٠٠٠٠٠٠٠٠")


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("129,000", 129_000),
        ("₩ 129,000", 129_000),
        ("W129.000", 129_000),
        ("129,OOO원", 129_000),
        ("1,290,000원", 1_290_000),
        ("129,000\n139,000", None),
        ("129,000원\n10,000", 129_000),
        ("129.000", None),
        ("12,345", None),
        ("$ 120.00", None),
    ],
)
def test_prices(text: str, won: int | None) -> None:
    assert fields_of(tag(text)).price_won == won


@pytest.mark.parametrize(
    ("text", "code", "brand"),
    [
        ("NIKE", "DD1391-100", "Nike"),
        ("", "DD1391-100", "Nike"),
        ("", "FU9006", None),  # adidas or Reebok
        ("REEB0K", "FU9006", "Reebok"),
        ("Onitsuka Tiger", "1183A201-100", "Onitsuka Tiger"),
        ("NIKE  adidas", "DD1391-100", "Nike"),
        ("NIKE  adidas", None, None),
        ("PUMA", "DD1391-100", None),  # on another tag
        ("", None, None),
    ],
)
def test_brand(text: str, code: str | None, brand: str | None) -> None:
    assert fields_of(tag(text), code=code).brand == brand


def test_nothing_found_is_false() -> None:
    assert not fields_of(())
    assert fields_of(tag("270"))
