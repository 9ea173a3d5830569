"""Single cells: codes, prices, stock and addresses as people and spreadsheets leave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricelists.addresses import address
from pricelists.codes import style_code
from pricelists.prices import price_won
from pricelists.shown import as_shown
from pricelists.stock import in_stock
from stylecode import key


@pytest.mark.parametrize(
    "cell",
    [
        "129000",
        "129,000",
        "129,000원",
        "₩129,000",
        "￦129,000",
        "129000 원",
        "129,000.00",
        "129000.0",
        "KRW 129,000",
        "１２９，０００원",
        "\\129,000",
        "129,000KRW",
        "129,000won",
        "₩ 129 000",
        "129'000",
        "129, 000",
        "원129,000",
        "12.9만원",
        "12.9만",
        "12만9천원",
        "12만 9천",
        "12만 9,000원",
        "12만9000원",
        "129천원",
        "129,000원~",
        "129,000원부터",
        "129,000원 (무료배송)",
        "129,000원/족",
        "129,000-",
        "129,000원정",
    ],
)
def test_prices_as_shops_write_them(cell: str) -> None:
    assert price_won(cell) == 129_000


@pytest.mark.parametrize(
    "cell",
    [
        *("", "0", "-5000", "12,90", "1,29,000", "129.50", "$129", "문의", "9" * 30, "1e5"),
        *("139,000 → 129,000", "139,000원 129,000원", "10%↓ 129,000", "약 129,000원", "NaN"),
        *("품절", "129", "129.0", "99", "1.23456만원", "129,000엔", "=B2*1.1", "1.29E+05"),
    ],
)
def test_other_prices_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="price"):
        price_won(cell)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("129.000", "129000"),
        ("89.900", "89900"),
        ("1.299.000", "1299000"),
        ("1.299,00", "1299"),
        ("129.000,00", "129000"),
        ("₩129.000", "129000"),
        ("129.000원", "129000"),
        ("129000,00", "129000"),
    ],
)
def test_dots_for_commas_are_never_guessed(cell: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"two ways: write {meant},"):
        price_won(cell)


@given(st.integers(min_value=1_000, max_value=1_000_000_000))
def test_any_amount_reads_the_same_with_and_without_commas(amount: int) -> None:
    assert price_won(f"{amount:,}원") == price_won(str(amount)) == amount


@given(st.integers(min_value=1, max_value=999))
def test_an_amount_that_lost_its_zeros_is_no_price(amount: int) -> None:
    for cell in (str(amount), f"{amount}.000", f"{amount}.0"):
        with pytest.raises(ValueError, match="price"):
            price_won(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("8.35E+10", "made a number"),
        ("1.00E+08", "made a number"),
        ("1E10", "made a number"),
        ("219E01", "made a number"),
        ("3,09E+05", "made a number"),
        ("2026-11-30", "is a date"),
        ("2026-11-30 00:00:00", "is a date"),
        ("2026. 11. 30.", "is a date"),
        ("2026년 11월 30일", "is a date"),
        ("11월 30일", "is a date"),
        ("Nov-30", "is a date"),
        ("30-Nov", "is a date"),
        ("01-Mar-26", "is a date"),
        ("12/25/2026", "is a date"),
        ("8801234567890", "barcode"),
        ("196151234567", "barcode"),
        ("8 801234 567890", "barcode"),
        ("https://shop.kr/DD1391-100", "address"),
        ("www.shop.kr/p/1", "address"),
        ("shop.co.kr/DD1391", "address"),
        ("DD1391-100 / CU4826-002", "more than one"),
        ("DD1391-100,CU4826-002", "more than one"),
        ("FU9006\nFU9007", "more than one"),
        ("FU9006 FU9007", "more than one"),
        ("DD1391-100~103", "more than one"),
        ("M992GR & M992AG", "more than one"),
        ("########", "too narrow"),
        ("=VLOOKUP(A2,B:C,2)", "never computed"),
        ("", "is empty"),
        ("-", "is empty"),
        ("미정", "not a style code"),
        ("N/A", "not a style code"),
        ("UWRPDKOM", "not a style code"),
        ("A1" * 30, "not a style code"),
    ],
)
def test_what_is_no_code_says_why(cell: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        style_code(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("DD1391-100 ", "DD1391-100"),
        ("fu-9006", "fu-9006"),
        ('="DD1391-100"', "DD1391-100"),
        ('="00309339"', "00309339"),
        ("'DD1391-100", "DD1391-100"),
        ("DD1391-100(GS)", "DD1391-100"),
        ("[DD1391-100]", "DD1391-100"),
        ("나이키 DD1391-100", "DD1391-100"),
        ("NIKE DD1391 100", "DD1391 100"),
        ("품번:DD1391-100", "DD1391-100"),
        ("ＤＤ１３９１－１００", "DD1391-100"),
        ("DD1391‑100", "DD1391-100"),
        ("12345678", "12345678"),
        ("00309339", "00309339"),
        ("59.98376", "59.98376"),
        ("1201A019-107", "1201A019-107"),
    ],
)
def test_one_code_however_it_is_wrapped(cell: str, code: str) -> None:
    assert style_code(cell) == code


@given(st.from_regex(r"[A-Z]{2}[0-9]{4}-[0-9]{3}", fullmatch=True))
def test_any_code_of_a_usual_shape_is_taken_as_it_is(code: str) -> None:
    assert style_code(code) == code
    assert key(style_code(f"{code} (270)")) == key(code)


@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(text: str) -> None:
    for read in (style_code, price_won, in_stock, address):
        try:
            assert isinstance(read(text), str | int | bool)
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("cell", "stocked"),
    [
        ("3", True),
        ("0", False),
        ("12개", True),
        ("0 켤레", False),
        ("100+", True),
        ("-2", False),
        ("품절임박", True),
        ("일시품절", False),
        ("5개 남음", True),
        ("있음(3)", True),
        ("-", True),
        ("판매중지", False),
        ("예약", False),
        ("out of stock", False),
        ("In Stock", True),
        ("입고예정", False),
        ("재고 없음", False),
        ("SOLD OUT", False),
        ("판매 중", True),
        ("Y", True),
        ("x", False),
    ],
)
def test_stock_in_words_and_amounts(cell: str, stocked: bool) -> None:
    assert in_stock(cell) is stocked


@pytest.mark.parametrize("cell", ["many", "3-5", "글쎄"])
def test_other_words_for_stock_are_bad(cell: str) -> None:
    with pytest.raises(ValueError, match="neither yes nor no"):
        in_stock(cell)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("www.shop.kr/1", "https://www.shop.kr/1"),
        ("shop.kr/p?id=1", "https://shop.kr/p?id=1"),
        ("http://shop.kr/덩크 로우", "http://shop.kr/%EB%8D%A9%ED%81%AC%20%EB%A1%9C%EC%9A%B0"),
        ("https://한글.kr/1", "https://한글.kr/1"),
        ("https://a.example/p?a=1&b=%20#c", "https://a.example/p?a=1&b=%20#c"),
        ("-", ""),
        ("없음", ""),
        ("", ""),
    ],
)
def test_addresses_as_people_type_them(cell: str, told: str) -> None:
    assert address(cell) == told


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "ftp://a.example/1", "보기", "http://"])
def test_what_is_no_address_is_told(cell: str) -> None:
    with pytest.raises(ValueError, match="no http"):
        address(cell)


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (309339, "00000000", "00309339"),
        (309339, "General", "309339"),
        (309339.0, "@", "309339"),
        (309339001, "000000-000", "309339-001"),
        (9339001, "000000-000", "009339-001"),
        (309339001, '000000"-"000', "309339-001"),
        (309339001, r"000000\-000", "309339-001"),
        (59.9837, "0.00000", "59.98370"),
        (59.98376, "0.00", "59.98376"),
        (129000, '#,##0"원"', "129,000"),
        (129000, "₩#,##0", "129,000"),
        (129000, "#,##0_ ;[Red]\\-#,##0\\ ", "129,000"),
        (128999.9999999, "#,##0", "129,000"),
        (129000.4, "#,##0", "129000.4"),
        (129000, "#,##0,", "129000"),
        (0.5, "0%", "0.5"),
        (-3, "000", "-3"),
        (12, "00", "12"),
    ],
)
def test_numbers_keep_what_the_sheet_shows(value: float, shown_as: str, text: str) -> None:
    assert as_shown(value, shown_as) == text


@given(st.integers(0, 10**12), st.integers(1, 14))
def test_zeros_in_front_are_never_lost(number: int, digits: int) -> None:
    shown = as_shown(number, "0" * digits)
    assert (int(shown), len(shown)) == (number, max(digits, len(str(number))))
