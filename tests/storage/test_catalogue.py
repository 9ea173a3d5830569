"""The own catalogue: what files are taken, how bad rows are told, what is found again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import storage
from pricelists import read_list
from storage.catalogue.catalogue import BadRow, CatalogueRow, ImportReport
from storage.errors import CatalogueError
from storage.store import Store

SAMPLE = Path(storage.__file__).parent / "sample" / "catalogue.csv"
HEADER = "code,name,price,url,image,in_stock\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
async def test_encodings_that_spreadsheets_write(
    store: Store, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(
        '품번,상품명,판매가,재고\r\nFU9006,운동화,"99,000원",품절\r\n'.encode(encoding)
    )
    assert await store.catalogue.import_list(file) == ImportReport(1, 0, 0)
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
    report = await store.catalogue.import_list(text)
    assert (report.added, report.updated) == (4, 0)
    assert [row.line for row in report.bad] == [3, 5, 7, 8, 11, 12]
    assert [row.line for row in report.noted] == [9, 10]
    assert report.bad[0] == BadRow(3, "code is empty")
    assert "call us" in report.bad[1].reason
    names = [row.name for row in await store.catalogue.find("H67123")]
    assert names == ["script", "image", "short row"]


async def test_a_second_import_updates(store: Store) -> None:
    await store.catalogue.import_list(HEADER + "FU9006,old,1000,https://example.com/a,,Y\n")
    report = await store.catalogue.import_list(
        HEADER
        + "fu-9006,new,9000,https://example.com/a,https://example.com/a.jpg,N\n"
        + "FU9006,elsewhere,8000,https://example.com/b,,Y\n"
    )
    assert report == ImportReport(added=1, updated=1, removed=0)
    assert await store.catalogue.find("FU9006") == (
        CatalogueRow("FU9006", "elsewhere", 8000, "https://example.com/b", "", in_stock=True),
        CatalogueRow(
            "fu-9006",
            "new",
            9000,
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
        reports = await asyncio.gather(*(one.import_list(text) for one in lists * 2))
    finally:
        await other.close()
    assert sorted(report.added for report in reports) == [0, 0, 0, 300]
    assert sorted(report.updated for report in reports) == [0, 300, 300, 300]


async def test_empty_until_something_is_in_it(store: Store) -> None:
    assert await store.catalogue.is_empty()
    await store.catalogue.import_list(HEADER + "FU9006,a,1000\n")
    assert not await store.catalogue.is_empty()
    await store.catalogue.import_list(HEADER, replace=True)
    assert await store.catalogue.is_empty()


async def test_replace_leaves_only_what_the_file_has(store: Store) -> None:
    await store.catalogue.import_list(HEADER + "FU9006,a,1000\nH67123,b,1000\n")
    report = await store.catalogue.import_list(
        HEADER + "H67123,b,1100\nG57816,c,1000\n", replace=True
    )
    assert report == ImportReport(added=1, updated=1, removed=1)
    assert await store.catalogue.find("FU9006") == ()


async def test_a_large_list_goes_in_whole(store: Store) -> None:
    text = HEADER + "".join(f"AB{n:04}-100,shoe {n},{n + 1000}\n" for n in range(3000))
    assert (await store.catalogue.import_list(text)).added == 3000
    assert (await store.catalogue.import_list(text)).updated == 3000
    assert (await store.catalogue.find("AB2999100"))[0].price_won == 3999


@pytest.mark.parametrize("spelling", ["DD1391-100", "DD1391100", "dd1391 100"])
async def test_codes_are_found_however_they_are_written(store: Store, spelling: str) -> None:
    await store.catalogue.import_list(SAMPLE)
    assert [row.price_won for row in await store.catalogue.find(spelling)] == [118_900, 129_000]
    assert await store.catalogue.find("DD1391-10") == ()
    assert await store.catalogue.find("") == ()


def test_the_sample_is_labelled_and_whole() -> None:
    good = read_list(SAMPLE).rows
    assert read_list(SAMPLE).bad == ()
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
        await store.catalogue.import_list(source)


async def test_a_missing_file_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"cannot read .*none\.csv"):
        await store.catalogue.import_list(tmp_path / "none.csv")


SIZES = "DD1391-100,덩크 260,119000\nDD1391-100,덩크 270,129000\nDD1391-100,덩크 280,139000\n"


async def test_every_row_of_a_code_is_kept_and_replaced_together(store: Store) -> None:
    text = "code,name,price\n"
    assert await store.catalogue.import_list(text + SIZES) == ImportReport(3, 0, 0)
    found = await store.catalogue.find("DD1391-100")
    assert [row.price_won for row in found] == [119_000, 129_000, 139_000]
    assert await store.catalogue.import_list(text + SIZES) == ImportReport(0, 3, 0)
    one = await store.catalogue.import_list(text + "DD1391-100,덩크 270,125000\n" * 2)
    assert one == ImportReport(added=0, updated=1, removed=2)
    assert [row.price_won for row in await store.catalogue.find("DD1391-100")] == [125_000]
    assert await store.catalogue.import_list(text + SIZES, replace=True) == ImportReport(2, 1, 0)


async def test_the_sample_goes_when_other_rows_come(store: Store) -> None:
    await store.catalogue.import_list(SAMPLE)
    assert await store.catalogue.known(["DD1391-100"]) == frozenset()
    assert not await store.catalogue.has_own()
    with pytest.raises(CatalogueError):
        await store.catalogue.import_list("code,name\nDD1391-100,덩크\n")
    await store.catalogue.import_list("code,name,price\nDD1391-100,덩크,문의\n")
    assert not await store.catalogue.has_own()  # no row of it could be used
    assert len(await store.catalogue.find("DD1391-100")) == 2
    await store.catalogue.import_list("code,name,price\nFU9006,러너,99000\n")
    assert await store.catalogue.has_own()
    assert await store.catalogue.find("DD1391-100") == ()
    assert await store.catalogue.known(["FU9006", "DD1391-100"]) == {"FU9006"}
    assert await store.catalogue.drop_sample() == 0
