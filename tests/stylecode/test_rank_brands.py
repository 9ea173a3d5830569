"""Codes of brands that are met less often, and what they must not bend or be bent into."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stylecode import ReadLine, key, rank
from tests.stylecode.tags import lines_of

RARER = [
    "S20756-120",
    "S70539-22",
    "K100226-094",
    "NF0A7W4SKX7",
    "AL0A548C001",
    "DXSH5A031-WHS",
    "3WE30231043",
    "3MF10671043",
    "FM0FM04281",
    "10001-90H",
    "206990-6WC",
    "1110120-GREY",
    "BM4595-010",
    "STS22019",
    "JKJSX24501BLK",
    "SO222ZRN97",
    "UP123CFT11",
    "QO321LRN11",
    "746SMA0081-312",
    "746SMA0081 312",
    "232040/BBK",
    "149057N/NVGY",
    "EJ3UHQ403-WHT",
    "3CRHCVN245N-07NYS",
    "DXSH290993-IVS",
    "501.174764 C0351",
    "K1GC2371",
    "FKFSX24501",
    "DMS24N42B1",
    "VN-0005BGE",
    "FW0FW07246 DW6",
    "HM0HM01234-BDS",
    "T7N0Y.0101",
    "618986 2SH90 9151",
    "X8X490 XM812",
    "ADYS700639-BKW",
]


@pytest.mark.parametrize("code", RARER)
def test_a_rarer_brands_code_comes_first_as_printed(code: str) -> None:
    found = rank(lines_of(f"{code}\nMADE IN VIETNAM\nEUR 42"))
    assert key(found[0].code) == key(code)


@pytest.mark.parametrize(
    ("brand", "code"),
    [
        ("BIRKENSTOCK", "1019117"),
        ("DR MARTENS", "14230006"),
        ("MERRELL", "J036725"),
        ("CLARKS", "26165080"),
        ("ECCO", "836114 01001"),
        ("REEBOK", "100228115"),
        ("SPERRY", "TUF 235828"),
        ("COLUMBIA", "1767171-010"),
        ("LE COQ SPORTIF", "2310263"),
        ("ECCO", "83511401007"),
        ("SKECHERS", "232040 BBK"),
        ("SPERRY", "DTU 057606"),
        ("NATIVE", "11100300-8801"),
        ("PRADA", "2EG093 055 F0632"),
        ("CHANEL", "G99170 X57420 K3912"),
        ("AUTRY", "AULWGG26"),
        ("AUTRY", "ADLW WB75"),
        ("TEVA", "1164787 BPTB"),
        ("KARHU", "F808348"),
        ("LOWA", "210099 0902"),
        ("INOV8", "001128-BKGR-P-01"),
        ("GOLDEN GOOSE", "GWF00183.F005463.94840"),
        ("GOLDEN GOOSE", "GWF00318 F000506 90156"),
        ("LA SPORTIVA", "30F322900"),
        ("MIZUNO", "J1GA2443 25"),
        ("MIZUNO", "51GX2522 14"),
    ],
)
def test_bare_numbers_are_codes_beside_their_brand(brand: str, code: str) -> None:
    found = rank(lines_of(f"{brand}\n{code}"))
    assert key(found[0].code) == key(code)


@pytest.mark.parametrize("number", ["1019117", "14230006", "J170714", "G011502", "100228115"])
def test_bare_numbers_without_their_brand_are_none(number: str) -> None:
    assert rank(lines_of(f"{number}\nMADE IN VIETNAM")) == ()


NAMED = [
    ("UGG", "1016223 CHE", "UGG"),
    ("TEVA", "STYLE 1164787 BPTB", "Teva"),
    ("HOKA", "1127895-BBLC", "Hoka"),
    ("PALLADIUM", "72886-008-M", "Palladium"),
    ("K-SWISS", "07928-130-M", "K-Swiss"),
    ("REEBOK", "ART FZ1234", "Reebok"),
    ("ONITSUKA TIGER", "1183C102.200", "Onitsuka Tiger"),
    ("COLUMBIA", "1767171-010", "Columbia"),
    ("CAMPER", "20848-017", "Camper"),
    ("SPERRY", "0195115", "Sperry"),
    ("LE COQ SPORTIF", "2310263", "Le Coq Sportif"),
    ("BALENCIAGA", "524036 W2CA1 9000", "Balenciaga"),
    ("NIKE", "DD1391-100", "Nike"),
    ("PUMA", "1016223 CHE", "Hoka"),  # the number is none of Puma's: what prints it most
    ("MADE IN CHINA", "1016223 CHE", "Hoka"),
]


@pytest.mark.parametrize(("word", "line", "brand"), NAMED)
def test_the_brand_is_the_one_that_the_tag_names(word: str, line: str, brand: str) -> None:
    lines = lines_of(f"{word}\n{line}")
    assert rank([replace(one, codelike=0.95) for one in lines])[0].brand == brand
    assert rank(lines, crop=True)[0].brand == brand


def test_two_brands_of_a_code_are_each_on_their_own_tag() -> None:
    def tag(word: str, code: str, y: float) -> list[ReadLine]:
        return [replace(one, y=one.y + y) for one in lines_of(f"{word}\n{code}")]

    found = rank([*tag("UGG", "1016223-CHE", 0), *tag("HOKA", "1127895-BBLC", 2000)])
    assert {one.code: one.brand for one in found[:2]} == {
        "1016223-CHE": "UGG",
        "1127895-BBLC": "Hoka",
    }


def test_an_order_number_is_no_under_armour_code() -> None:
    assert rank(lines_of("UNDER ARMOUR\n0153464252\nMADE IN VIETNAM")) == ()
    assert rank(lines_of("UNDER ARMOUR\n3153464252"))[0].code == "3153464-252"


def test_a_slogan_is_no_brand() -> None:
    assert rank(lines_of("KEEP AWAY FROM FIRE\n1019117")) == ()


def test_a_word_that_a_dash_ties_to_the_number_is_part_of_the_code() -> None:
    assert rank(lines_of("1153390-GREY"))[0].code == "1153390-GREY"
    assert rank(lines_of("UGG\n1153390-GREY"))[0].code == "1153390-GREY"
    assert rank(lines_of("UGG\n1112557-NIIE"))[0].code == "1112557-NIIE"


def test_a_blank_where_another_shape_has_one_makes_no_slip() -> None:
    assert rank(lines_of("ANO 570898\nSPERRY"))[0].code == "ANO 570898"
    assert rank(lines_of("DD13 91100\nNIKE"))[0].code == "DD1391-100"


def test_a_brand_word_whose_end_is_hidden_counts() -> None:
    assert rank(lines_of("BIRKENS\n1038591"))[0].code == "1038591"
    assert rank(lines_of("RUNNING\n1038591")) == ()


def test_a_number_with_a_known_beginning_needs_good_looks() -> None:
    (line,) = lines_of("100228115")
    assert rank([replace(line, codelike=0.8)])[0].code == "100228115"
    assert rank([line]) == ()
    (other,) = lines_of("300228115")
    assert rank([replace(other, codelike=0.8)]) == ()
