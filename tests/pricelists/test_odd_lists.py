"""Price lists as shops really save them: titles above, dates for codes, amounts in stock."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricelists import CatalogueRow, PriceListError, read_list
from tests.pricelists.books import HEADER, book

LIST = "code,name,price,url,image,in_stock\n"


def test_codes_of_numbers_keep_their_zeros() -> None:
    data = book([HEADER, [309339, "덩크", 129000]], formats={"A2": "00000000"})
    found = read_list(data)
    assert ([row.code for row in found.rows], found.bad) == (["00309339"], ())


def test_a_date_is_no_code() -> None:
    given: list[list[object]] = [
        [*HEADER],
        [datetime(2024, 1, 1), "덩크", 129000],
        ["DD1391-100", "덩크", 129000],
    ]
    found = read_list(book(given))
    rows, bad = found.rows, found.bad
    assert [row.code for row in rows] == ["DD1391-100"]
    assert (bad[0].line, "is a date" in bad[0].reason) == (2, True)


def test_a_failed_formula_is_no_name() -> None:
    found = read_list(book([HEADER, ["DD1391-100", "#N/A", 129000]]))
    rows, bad = found.rows, found.bad
    assert (rows, bad[0].reason) == ((), "name is #N/A: its formula failed")


def test_titles_may_stand_above_the_header() -> None:
    given: list[list[object]] = [
        ["우리가게 가격표"],
        [],
        ["No.", "품번", "상품명", "판매가(원)*", "재고 수량"],
        [1, "DD1391-100", "덩크", 129000, 3],
        [2, "FU9006", "슈퍼스타", 99000, 0],
        [3, "M992GR", "992", "문의", 1],
    ]
    found = read_list(book(given))
    rows, bad = found.rows, found.bad
    assert [(row.code, row.in_stock) for row in rows] == [("DD1391-100", True), ("FU9006", False)]
    assert [each.line for each in bad] == [6]


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp949"])
def test_what_excel_calls_csv_is_read(delimiter: str, encoding: str) -> None:
    lines = [["품번", "상품명", "판매가"], ["DD1391-100", "덩크", "129000원"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    found = read_list(text.encode(encoding))
    (row,) = found.rows
    assert (row.code, row.name, row.price_won, found.bad) == ("DD1391-100", "덩크", 129_000, ())


def test_an_open_quotation_mark_is_told_of() -> None:
    text = 'code,name,price\nDD1391-100,"덩크,129000\nFU9006,슈퍼스타,99000\n'
    found = read_list(text)
    assert found.rows == ()
    assert "goes on for 3 lines" in found.bad[0].reason


def test_an_old_or_locked_file_says_so() -> None:
    with pytest.raises(PriceListError, match=r"\.xlsx"):
        read_list(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_no_control_character_is_left() -> None:
    (row,) = read_list("code,name,price\nDD1391-100,덩\x00크,129000\n").rows
    assert row.name == "덩크"


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    found = read_list(LIST + "FU9006,shoe,1000\n" + text)
    assert found.rows[:1] or found.bad


@given(st.binary(max_size=400))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    try:
        assert read_list(b"code,name,price\n" + data) is not None
    except PriceListError as error:
        assert str(error)


def test_every_row_of_a_code_is_kept() -> None:
    sizes = [(260, 119_000), (270, 129_000), (280, 139_000)]
    text = "code,name,price\n" + "".join(f"DD1391-100,덩크 {mm},{won}\n" for mm, won in sizes)
    assert [row.price_won for row in read_list(text).rows] == [won for _, won in sizes]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("상품코드,자체상품코드,상품명,판매가", "P0000BXK,DD1391-100,덩크,129000"),
        ("상품코드,판매자 상품코드,상품명,판매가", "9012345678,DD1391-100,덩크,129000"),
        ("상품코드,상품명,모델번호,판매가", "A1B2C3,덩크,DD1391-100,129000"),
        ("code,품번,name,price", "1001,DD1391-100,덩크,129000"),
        ("자체상품코드,모델번호,상품명,판매가", "SHOP-1,DD1391-100,덩크,129000"),
        ("모델번호,자체상품코드,상품명,판매가", ",DD1391-100,덩크,129000"),
        ("상품코드,상품명,판매가", "DD1391-100,덩크,129000"),
        ("품번;상품명;판매가", "DD1391-100;덩크;129000"),
    ],
)
def test_a_style_code_beats_the_shop_s_own_number(header: str, cells: str) -> None:
    (row,) = read_list(f"{header}\n{cells}\n").rows
    assert row == CatalogueRow("DD1391-100", "덩크", 129_000, "", "", in_stock=True)


def test_a_shop_s_own_number_stands_for_no_missing_style_code() -> None:
    found = read_list("상품코드,자체상품코드,상품명,판매가\nP0000BXK,,덩크,129000\n")
    assert (found.rows, found.bad[0].reason) == ((), "code is empty")


@pytest.mark.parametrize("price", ["판매가(천원)", "가격 [만원]", "price (USD)", "가격($)"])
def test_a_column_of_other_money_is_refused(price: str) -> None:
    with pytest.raises(PriceListError, match="must be in won"):
        read_list(f"품번,상품명,{price}\nDD1391-100,덩크,1290\n")


def test_a_link_that_is_none_costs_the_link_only() -> None:
    found = read_list(LIST + "DD1391-100,덩크,129000,javascript:alert(1),보기,Y\n")
    assert (len(found.rows), found.rows[0].url, found.rows[0].image) == (1, "", "")
    assert [note.reason.split(":")[0] for note in found.noted] == [
        "without its url",
        "without its image",
    ]
