"""The own catalogue: what files are taken, how bad rows are told, what is found again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storage
from storage.catalogue.catalogue import BadRow, CatalogueRow, ImportReport
from storage.catalogue.catalogue_csv import parse_catalogue, price_won, read_catalogue
from storage.errors import CatalogueError
from storage.store import Store

SAMPLE = Path(storage.__file__).parent / "sample" / "catalogue.csv"
HEADER = "code,name,price,url,image,in_stock\n"


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
        "KRW 129,000",
        "１２９，０００원",
        "\\129,000",
        "129,000KRW",
    ],
)
def test_prices_as_shops_write_them(cell: str) -> None:
    assert price_won(cell) == 129_000


@pytest.mark.parametrize(
    "cell", ["", "0", "-5000", "12,90", "1,29,000", "129.50", "$129", "문의", "9" * 30, "1e5"]
)
def test_other_prices_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="price"):
        price_won(cell)


@given(st.integers(min_value=1, max_value=1_000_000_000))
def test_any_amount_reads_the_same_with_and_without_commas(amount: int) -> None:
    assert price_won(f"{amount:,}원") == price_won(str(amount)) == amount


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    good, bad = parse_catalogue(HEADER + "FU9006,shoe,1000\n" + text)
    assert good[:1] or bad


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
async def test_encodings_that_spreadsheets_write(
    store: Store, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(
        '품번,상품명,판매가,재고\r\nFU9006,운동화,"99,000원",품절\r\n'.encode(encoding)
    )
    assert await store.catalogue.import_csv(file) == ImportReport(1, 0, 0, ())
    assert await store.catalogue.find("FU9006") == (
        CatalogueRow("FU9006", "운동화", 99_000, "", "", in_stock=False),
    )


async def test_bad_rows_are_told_with_their_line_and_the_rest_is_in(store: Store) -> None:
    text = HEADER + (
        "FU9006,good,1000,,,\n"
        ",no code,1000,,,\n"
        "\n"
        '"H67123","two\nlines",call us,,,\n'
        "H67123,,1000,,,\n"
        "신발,words,1000,,,\n"
        "H67123,script,1000,javascript:alert(1),,\n"
        "H67123,image,1000,,ftp://example.com/a.jpg,\n"
        "H67123,stock,1000,,,maybe\n"
        "H67123,commas,129,000,,,,Y\n"
        "H67123,short row,2000\n"
    )
    report = await store.catalogue.import_csv(text)
    assert (report.added, report.updated) == (2, 0)
    assert [row.line for row in report.bad] == [3, 5, 7, 8, 9, 10, 11, 12]
    assert report.bad[0] == BadRow(3, "code is empty")
    assert "call us" in report.bad[1].reason
    assert [row.name for row in await store.catalogue.find("H67123")] == ["short row"]


async def test_a_second_import_updates(store: Store) -> None:
    await store.catalogue.import_csv(HEADER + "FU9006,old,1000,https://example.com/a,,Y\n")
    report = await store.catalogue.import_csv(
        HEADER
        + "fu-9006,new,900,https://example.com/a,https://example.com/a.jpg,N\n"
        + "FU9006,elsewhere,800,https://example.com/b,,Y\n"
    )
    assert report == ImportReport(added=1, updated=1, removed=0, bad=())
    assert await store.catalogue.find("FU9006") == (
        CatalogueRow("FU9006", "elsewhere", 800, "https://example.com/b", "", in_stock=True),
        CatalogueRow(
            "fu-9006",
            "new",
            900,
            "https://example.com/a",
            "https://example.com/a.jpg",
            in_stock=False,
        ),
    )


async def test_processes_that_bring_the_same_list_at_once_take_turns(
    store: Store, ready_url: str, tmp_path: Path
) -> None:
    text = HEADER + "".join(f"FU{n:04},shoe {n},1000\n" for n in range(300))
    other = await Store.open(ready_url, tmp_path / "photos")
    try:
        lists = (store.catalogue, other.catalogue)
        reports = await asyncio.gather(*(one.import_csv(text) for one in lists * 2))
    finally:
        await other.close()
    assert sorted(report.added for report in reports) == [0, 0, 0, 300]
    assert sorted(report.updated for report in reports) == [0, 300, 300, 300]


async def test_empty_until_something_is_in_it(store: Store) -> None:
    assert await store.catalogue.is_empty()
    await store.catalogue.import_csv(HEADER + "FU9006,a,1000\n")
    assert not await store.catalogue.is_empty()
    await store.catalogue.import_csv(HEADER, replace=True)
    assert await store.catalogue.is_empty()


async def test_replace_leaves_only_what_the_file_has(store: Store) -> None:
    await store.catalogue.import_csv(HEADER + "FU9006,a,1000\nH67123,b,1000\n")
    report = await store.catalogue.import_csv(HEADER + "H67123,b,1100\nG57816,c,1\n", replace=True)
    assert report == ImportReport(added=1, updated=1, removed=1, bad=())
    assert await store.catalogue.find("FU9006") == ()


async def test_a_large_list_goes_in_whole(store: Store) -> None:
    text = HEADER + "".join(f"AB{n:04}-100,shoe {n},{n + 1}\n" for n in range(3000))
    assert (await store.catalogue.import_csv(text)).added == 3000
    assert (await store.catalogue.import_csv(text)).updated == 3000
    assert (await store.catalogue.find("AB2999100"))[0].price_won == 3000


@pytest.mark.parametrize("spelling", ["DD1391-100", "DD1391100", "dd1391 100"])
async def test_codes_are_found_however_they_are_written(store: Store, spelling: str) -> None:
    await store.catalogue.import_csv(SAMPLE)
    assert [row.price_won for row in await store.catalogue.find(spelling)] == [118_900, 129_000]
    assert await store.catalogue.find("DD1391-10") == ()
    assert await store.catalogue.find("") == ()


def test_the_sample_is_labelled_and_whole() -> None:
    good, bad = parse_catalogue(read_catalogue(SAMPLE))
    assert bad == ()
    assert len({row.code for row in good}) >= 15
    for row in good:
        assert row.name.startswith("[SAMPLE]")
        assert row.url.startswith("https://example.com/")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"code,price\nFU9006,1000\n", "missing: name"),
        (b"FU9006,shoe,1000\n", "missing: code, name, price"),
        (b"\xff\xfe\x00\xd8", "neither UTF-8 nor CP949"),
    ],
)
async def test_files_that_are_no_catalogue(store: Store, source: bytes, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        await store.catalogue.import_csv(source)


async def test_a_missing_file_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"cannot read .*none\.csv"):
        await store.catalogue.import_csv(tmp_path / "none.csv")
