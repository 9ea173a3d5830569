"""Workbooks and web pages: which of their tables is the list, and what spreadsheets do to it."""

from __future__ import annotations

import pytest

from pricelists import PriceListError, read_list
from pricelists import sheet as sheets
from tests.pricelists.books import HEADER, book, repacked, zipped

LIST: list[list[object]] = [HEADER, ["DD1391-100", "덩크", 129_000], ["CU4826-002", "런", 89_000]]
OLD: list[list[object]] = [HEADER, ["DD1391-100", "덩크", 1_000]]
COVER: list[list[object]] = [["우리 가게"], [], ["2026년 11월 가격표"], ["문의: 010-0000-0000"]]


def prices(data: bytes) -> list[int]:
    return [row.price_won for row in read_list(data).rows]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_alone_and_the_one_read_is_named(state: str) -> None:
    data = book(OLD, LIST, names=["작년", "가격표"], hidden={0: state})
    assert prices(data) == [129_000, 89_000]
    assert read_list(data).told == (
        "read from the sheet '가격표'",
        "left alone, since hidden: '작년'",
    )


def test_a_cover_and_other_sheets_stand_beside_the_list() -> None:
    data = book(COVER, LIST, OLD, names=["표지", "가격표", "작년"])
    assert prices(data) == [129_000, 89_000]
    assert read_list(data).told == ("read from the sheet '가격표'", "not read: '작년'")


def test_without_any_list_each_sheet_looked_at_is_named() -> None:
    data = book(
        COVER, [["품번", "상품명"]], OLD, names=["표지", "상품", "작년"], hidden={2: "hidden"}
    )
    with pytest.raises(PriceListError, match=r"'표지': .*'상품': .*missing: price"):
        read_list(data)


def test_a_book_of_hidden_sheets_says_so() -> None:
    data = book(LIST, COVER, hidden={0: "hidden"})
    shown = repacked(data, "xl/workbook.xml", lambda xml: xml.replace(b'"visible"', b'"hidden"'))
    with pytest.raises(PriceListError, match="no sheet that is visible"):
        read_list(shown)


def test_blank_rows_with_formats_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    blank: list[list[object]] = [["", None, "  "] for _ in range(50)]
    rows: list[list[object]] = [*LIST, *blank, ["FU9006", "러너", 1000]]
    formats = {f"{column}{line}": "#,##0" for column in "ABC" for line in range(4, 54)}
    found = read_list(book(rows, formats=formats))
    assert ([row.price_won for row in found.rows], found.bad) == ([129_000, 89_000, 1_000], ())
    with pytest.raises(PriceListError, match="more than 4 rows"):
        read_list(book([*LIST, *LIST[1:]]))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml.replace(b"<fill><patternFill /></fill>", b"<fill/>"),
        lambda xml: xml.replace(b"<patternFill />", b"<patternFill patternType='sparkling'/>"),
        lambda xml: xml.replace(b'<family val="2" />', b'<family val="99"/>'),
    ],
)
def test_looks_that_no_reader_takes_cost_nothing(spoil: object) -> None:
    data = book([HEADER, [309339, "덩크", 129_000]], formats={"A2": "00000000"})
    assert callable(spoil)
    spoilt = repacked(data, "xl/styles.xml", spoil)
    assert spoilt != data
    (row,) = read_list(spoilt).rows
    assert (row.code, row.price_won) == ("00309339", 129_000)


def test_a_formula_that_was_never_computed_says_so() -> None:
    rows: list[list[object]] = [HEADER, ["DD1391-100", "덩크", "=100000+29000"], LIST[2]]
    rows += [["=A2", "덩크", 129_000], ["FU9006", '=HYPERLINK("https://a.example","런")', 1_000]]
    found = read_list(book(rows))
    assert [row.code for row in found.rows] == ["CU4826-002"]
    assert [bad.line for bad in found.bad] == [2, 4, 5]
    for bad in found.bad:
        assert "never computed: open the list in a spreadsheet and save it" in bad.reason
    assert "'=100000+29000'" in found.bad[0].reason


def test_a_formula_s_kept_value_counts() -> None:
    data = book([HEADER, ["DD1391-100", "덩크", "=100000+29000"]])
    kept = repacked(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v />", b"<v>129000</v>").replace(b"<v></v>", b"<v>129000</v>"),
    )
    assert prices(kept) == [129_000]


def test_a_number_is_read_as_its_cell_shows_it() -> None:
    rows = [HEADER, [309339001, "퓨마", 129_000], [59.9837, "온", 89_000.0]]
    formats = {"A2": "000000-000", "A3": "0.00000", "C2": '#,##0"원"'}
    assert [row.code for row in read_list(book(rows, formats=formats)).rows] == [
        "309339-001",
        "59.98370",
    ]


PAGE = """<html><head><meta charset="{charset}"><style>td {{ color: red }}</style></head><body>
<table><tr><td>우리 가게 가격표</td></tr></table>
<table border=1><thead><tr><th>품번<th>상품명<th>판매가<th>재고</tr></thead>
<tr><td rowspan=2>DD1391-100</td><td>덩크&nbsp;<b>로우</b> 260</td><td>129,000</td><td>3</td></tr>
<tr><td>덩크 로우 270</td><td>139,000원</td><td>품절</td></tr>
<tr><td colspan=4>&nbsp;</td></tr>
<tr><td style="mso-number-format:'\\@'">00309339</td>
<td>스웨이드 &amp; 코<br>트</td><td>8만9천원</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
@pytest.mark.parametrize("start", ["", "\ufeff", "<!-- made by a shop -->\n<!DOCTYPE html>\n"])
def test_a_web_page_that_calls_itself_xls(charset: str, start: str) -> None:
    if charset == "euc-kr":
        start = start.replace("\ufeff", "")
    found = read_list((start + PAGE.format(charset=charset)).encode(charset))
    assert found.bad == ()
    assert [(row.code, row.price_won, row.in_stock) for row in found.rows] == [
        ("DD1391-100", 129_000, True),
        ("DD1391-100", 139_000, False),
        ("00309339", 89_000, True),
    ]
    assert found.rows[0].name == "덩크 로우 260"


def test_a_page_without_the_columns_says_what_is_missing() -> None:
    with pytest.raises(PriceListError, match="missing: price"):
        read_list(b"<table><tr><td>code<td>name</table>")
    with pytest.raises(PriceListError, match="no table"):
        read_list(b"<html><body>log in, please</body></html>")


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}),
        zipped({"xl/workbook.bin": b"\x00"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_other_spreadsheets_say_what_to_do(data: bytes) -> None:
    with pytest.raises(PriceListError, match=r"save it as \.xlsx"):
        read_list(data)
