"""Keys, display forms, typed codes and look-alikes."""

import pytest

from stylecode import InvalidCode, Reason, brand_of, check, display, key, lookalikes
from stylecode.grammar.brands import grammar
from stylecode.grammar.lookalikes import settle
from stylecode.grammar.patterns import Shape

FORMS = [
    # typed or printed, display form, brand
    ("FD2764107", "FD2764-107", "Nike"),
    ("fd2764 107", "FD2764-107", "Nike"),
    ("748312061", "748312-061", "Nike"),
    ("GZ5174", "GZ5174", "adidas"),
    ("b75806", "B75806", "adidas"),
    ("386219 04", "386219-04", "Puma"),
    ("38621904", "386219-04", "Puma"),
    ("u574lgg1", "U574LGG1", "New Balance"),
    ("NBPDCS101G", "NBPDCS101G", "New Balance"),
    ("M9622C", "M9622C", "Converse"),
    ("165695C", "165695C", "Converse"),
    ("A02797C", "A02797C", "Converse"),
    ("VN0A5KRSY28", "VN0A5KRSY28", "Vans"),
    ("VN0D3HBKA", "VN-0D3HBKA", "Vans"),
    ("FS1SIB2104XWBK", "FS1SIB2104X-WBK", "Fila"),
    ("1JM02021", "1JM02021", "Fila"),
    ("1XM00771D-121", "1XM00771D-121", "Fila"),
    ("SN 149277", "SN149277", "Skechers"),
    ("1201A844_102", "1201A844-102", "Asics"),
    ("1201A844.102", "1201A844-102", "Asics"),
    ("S00B7C1", "S00B7C1", "Superga"),
    ("1127895 bwht", "1127895-BWHT", "Hoka"),
    ("L41086600", "L41086600", "Salomon"),
    ("32SHCA111-50L", "32SHCA111-50L", "MLB"),
    ("3ASHCRN3N50BGS", "3ASHCRN3N-50BGS", "MLB"),
    ("DX SHB2 103", "DX-SHB2-103", "Discovery"),
    ("TB0A2P7N231", "TB0A2P7N231", "Timberland"),
    ("10126-6NQ", "10126-6NQ", "Crocs"),
    ("3024879 102", "3024879-102", "Under Armour"),
    ("59.98376", "59.98376", "On"),
    ("100033421", "100033421", "Reebok"),
    ("MTW 612345", "MTW 612345", "Prospecs"),
    ("k12-88x", "K12-88X", ""),
    ("Q87TR   WHT", "Q87TR WHT", ""),
    ("ＦＤ２７６４－１０７", "FD2764-107", "Nike"),
    ("FD2764–107", "FD2764-107", "Nike"),
]


@pytest.mark.parametrize(("text", "form", "brand"), FORMS)
def test_display_form_and_brand(text: str, form: str, brand: str) -> None:
    assert display(text) == form
    assert brand_of(text) == brand
    assert check(text) == form


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("안녕하세요", Reason.EMPTY),
        ("A1", Reason.TOO_SHORT),
        ("A1" * 11, Reason.TOO_LONG),
        ("x" * 500, Reason.TOO_LONG),
        ("AIRMAX", Reason.NO_DIGIT),
        ("FD2764@107", Reason.CHARACTERS),
        ("20231204", Reason.DATE),
        ("2023-12-04", Reason.DATE),
        ("2023.12", Reason.DATE),
        ("202312", Reason.DATE),
        ("23.12.", Reason.DATE),
        ("12/04/23", Reason.DATE),
        ("04/23", Reason.DATE),
        ("4 DEC 2023", Reason.DATE),
        ("2023년 12월", Reason.DATE),
        ("8801234567890", Reason.BARCODE),
        ("8 801234 567890", Reason.BARCODE),
        ("0 12345 67890 5", Reason.BARCODE),
        ("010-1234-5678", Reason.PHONE),
        ("01012345678", Reason.PHONE),
        ("+82 10-1234-5678", Reason.PHONE),
        ("1588-1234", Reason.PHONE),
        ("270", Reason.SIZE),
        ("270mm", Reason.SIZE),
        ("US 9.5", Reason.SIZE),
        ("EUR 42.5", Reason.SIZE),
        ("운동화 270 주세요", Reason.SIZE),
        ("129,000원", Reason.PRICE),
        ("₩129,000", Reason.PRICE),
        ("COTTON 100%", Reason.MATERIAL),
    ],
)
def test_what_is_no_code(text: str, reason: Reason) -> None:
    with pytest.raises(InvalidCode) as caught:
        check(text)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("품번 FD2764-107", "FD2764-107"),
        ("나이키 fd2764-107 얼마야?", "FD2764-107"),
        ("ART GZ5174", "GZ5174"),
        ("Style No.: GZ5174", "GZ5174"),
        ("MTL#VN0A5KRSY28", "VN0A5KRSY28"),
        ("new balance u574lgg1", "U574LGG1"),
        ("NIKE: FD2764-107", "FD2764-107"),
        ("sn149277", "SN149277"),
        ("202312 04", "202312-04"),
        ("1234", "1234"),
    ],
)
def test_typed_with_words_around(text: str, code: str) -> None:
    assert check(text) == code


def test_key() -> None:
    assert key("sn 144844 / b-7.") == "SN144844B7"
    assert key("품번") == ""


def test_lookalikes() -> None:
    assert lookalikes("0")[0] == "O"
    assert lookalikes("l")[0] in "1I"
    assert {"D", "Q"} <= set(lookalikes("O"))
    for one, other in ("1I", "5S", "8B", "2Z", "6G", "4A", "7T", "0O", "1L", "0D", "0Q"):
        assert other in lookalikes(one)
        assert one in lookalikes(other)
    assert lookalikes("-") == ()
    assert lookalikes("") == ()


def shape(pattern: str) -> Shape:
    return next(one for one in grammar().shapes if one.pattern == pattern)


@pytest.mark.parametrize(
    ("text", "pattern", "code"),
    [
        ("DDI39I IOO", "@@####-###", "DD1391-100"),
        ("0D1391-100", "@@####-###", "OD1391-100"),
        ("M9I6OC", "M####C", "M9160C"),
        ("FU9O06", "@@####", "FU9006"),
        ("FU9W06", "@@####", None),
        ("FW9006", "@#####", None),
        ("FU90-06", "@@####", None),
        ("FU900", "@@####", None),
    ],
)
def test_settle(text: str, pattern: str, code: str | None) -> None:
    assert settle(text, shape(pattern)) == code


def test_shapes_tell_brands_apart_by_separator() -> None:
    assert brand_of("10126-001") == "Crocs"
    assert brand_of("101260-01") == "Puma"
