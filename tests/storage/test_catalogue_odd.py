"""Price lists as shops really save them: titles above, dates for codes, amounts in stock."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from storage.catalogue.catalogue_csv import parse_catalogue, parse_records, read_catalogue
from storage.catalogue.catalogue_xlsx import read_sheet
from storage.errors import CatalogueError
from storage.store import Store

HEADER = ["code", "name", "price"]


def sheet(rows: Sequence[Sequence[object]], zeros: str = "") -> bytes:
    """An XLSX file; `zeros` is a cell whose number shows eight digits."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in rows:
        page.append(list(row))
    if zeros:
        page[zeros].number_format = "00000000"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_codes_of_numbers_keep_their_zeros() -> None:
    rows, bad = parse_records(read_sheet(sheet([HEADER, [309339, "덩크", 129000]], "A2")))
    assert ([row.code for row in rows], bad) == (["00309339"], ())


def test_a_date_is_no_code() -> None:
    given: list[list[object]] = [
        [*HEADER],
        [datetime(2024, 1, 1), "덩크", 129000],
        ["DD1391-100", "덩크", 129000],
    ]
    rows, bad = parse_records(read_sheet(sheet(given)))
    assert [row.code for row in rows] == ["DD1391-100"]
    assert (bad[0].line, "is a date" in bad[0].reason) == (2, True)


def test_a_failed_formula_is_no_name() -> None:
    rows, bad = parse_records(read_sheet(sheet([HEADER, ["DD1391-100", "#N/A", 129000]])))
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
    rows, bad = parse_records(read_sheet(sheet(given)))
    assert [(row.code, row.in_stock) for row in rows] == [("DD1391-100", True), ("FU9006", False)]
    assert [each.line for each in bad] == [6]


@pytest.mark.parametrize(
    ("cell", "stocked"),
    [("3", True), ("0", False), ("12개", True), ("0 켤레", False)],
)
def test_stock_may_be_an_amount(cell: str, stocked: bool) -> None:
    (row,), _ = parse_catalogue(f"code,name,price,in stock\nDD1391-100,덩크,129000,{cell}\n")
    assert row.in_stock is stocked


@pytest.mark.parametrize("cell", ["-1", "many", "3-5"])
def test_other_words_for_stock_are_bad(cell: str) -> None:
    rows, bad = parse_catalogue(f"code,name,price,in stock\nDD1391-100,덩크,129000,{cell}\n")
    assert (rows, len(bad)) == ((), 1)


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp949"])
def test_what_excel_calls_csv_is_read(delimiter: str, encoding: str) -> None:
    lines = [["품번", "상품명", "판매가"], ["DD1391-100", "덩크", "129000원"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (row,), bad = parse_catalogue(read_catalogue(text.encode(encoding)))
    assert (row.code, row.name, row.price_won, bad) == ("DD1391-100", "덩크", 129_000, ())


def test_an_open_quotation_mark_is_told_of() -> None:
    text = 'code,name,price\nDD1391-100,"덩크,129000\nFU9006,슈퍼스타,99000\n'
    rows, bad = parse_catalogue(text)
    assert rows == ()
    assert "goes on for 3 lines" in bad[0].reason


def test_an_old_or_locked_file_says_so() -> None:
    with pytest.raises(CatalogueError, match=r"\.xlsx"):
        read_catalogue(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


async def test_no_control_character_reaches_the_database(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    report = await store.catalogue.import_csv("code,name,price\nDD1391-100,덩\x00크,129000\n")
    (row,) = await store.catalogue.find("DD1391100")
    await store.close()
    assert (report.added, row.name) == (1, "덩크")
