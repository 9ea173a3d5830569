"""A price list as a spreadsheet saves it, and files that are none."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pricelists import PriceListError, read_list
from storage.__main__ import main
from storage.errors import CatalogueError
from storage.store import Store

HEADER = ["품번", "상품명", "판매가", "url", "image", "In Stock"]


def book(*rows: list[Any], header: list[str] = HEADER) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in [header, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


async def test_rows_good_and_bad(store: Store) -> None:
    data = book(
        ["DD1391-100", "덩크 로우", "129,000원", "https://a.example/1", "", True],
        [37491501, "스웨이드", 69000.0, None, None, None],
        [],
        ["FU9006", "러너", "=B2*2"],
        ["FU9007", "러너", 0],
        ["FU9008", None, 1000],
        ["H67123", "가젤", date(2026, 11, 20)],
        ["M9160C", "척테일러", 59000, "javascript:x"],
        ["162058C", "척70", 95000, "https://a.example/2", "", "품절"],
    )
    report = await store.catalogue.import_list(data)
    assert (report.added, report.updated, report.removed) == (4, 0, 0)
    assert [row.line for row in report.bad] == [5, 6, 7, 8]
    assert [row.line for row in report.noted] == [9]
    assert report.told == ("read from the sheet 'Sheet'",)
    (suede,) = await store.catalogue.find("374915-01")
    assert (suede.code, suede.price_won, suede.in_stock) == ("37491501", 69_000, True)
    assert (await store.catalogue.find("162058C"))[0].in_stock is False


async def test_a_second_import_updates(store: Store) -> None:
    await store.catalogue.import_list(book(["FU9006", "러너", 99_000]))
    report = await store.catalogue.import_list(book(["FU9006", "러너", 89_000]))
    assert (report.added, report.updated) == (0, 1)
    assert (await store.catalogue.find("FU9006"))[0].price_won == 89_000


def _zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


GOOD = book(["FU9006", "러너", 99_000])


def _with_sheet(sheet: bytes) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if "sheet1" in name else old.read(name))
    return file.getvalue()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        GOOD[:200],
        GOOD[:-30],
        _zipped(a=b"x"),
        _zipped(**{"xl/workbook.xml": b"<a/>"}),
        _with_sheet(BOMB),
        _with_sheet(b"<worksheet"),
        book(header=["code", "name"]),
        book(header=[]),
    ],
)
async def test_files_that_cannot_be_used(store: Store, data: bytes) -> None:
    with pytest.raises(CatalogueError):
        await store.catalogue.import_list(data)
    assert await store.catalogue.is_empty()


def test_files_that_unpack_to_too_much() -> None:
    bomb = _zipped(**{f"x{n}": bytes(60_000_000) for n in range(6)})
    assert len(bomb) < 1_000_000
    with pytest.raises(PriceListError, match="unpacks"):
        read_list(bomb)


def test_on_the_command_line(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(book(["FU9006", "러너", 99_000], ["FU9007", "러너", "free"]))
    assert main(["import-catalogue", "--database-url", url, str(file)]) == 0
    told = capsys.readouterr()
    assert told.out == (f"added 1, updated 0, removed 0\n{file}: read from the sheet 'Sheet'\n")
    assert f"{file}:3: left out: price 'free'" in told.err
