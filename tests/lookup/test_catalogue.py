from __future__ import annotations

from pathlib import Path

import pytest

from lookup import CatalogueFileError, CatalogueSource, PriceLookup, SourceState
from lookup.sources.csv_rows import CsvRows
from tests.lookup.sources import FakeRows, shop_offer

HEADER = "code,name,price,url\n"


async def test_found_by_reduced_code_lowest_first() -> None:
    rows = FakeRows({"DD1391100": (shop_offer(129_000), shop_offer(99_000))})
    quote = await CatalogueSource(rows).quote("dd1391 100")
    assert rows.keys == ["DD1391100"]
    assert (quote.code, quote.state) == ("dd1391 100", SourceState.OK)
    assert [offer.price_won for offer in quote.offers] == [99_000, 129_000]


async def test_used_goods_are_told_and_do_not_count() -> None:
    used, new = shop_offer(59_000, "덩크 DD1391-100 중고"), shop_offer(99_000)
    rows = FakeRows({"DD1391100": (used, new)})
    answer = await PriceLookup([CatalogueSource(rows)]).quote("DD1391-100")
    assert [offer.condition for offer in answer.quotes[0].offers] == ["used", "new"]
    assert (answer.best, answer.lowest, answer.count) == (new, 99_000, 1)


async def test_broken_rows_are_down(caplog: pytest.LogCaptureFixture) -> None:
    rows = FakeRows()
    rows.error = OSError("disk is gone")
    assert (await CatalogueSource(rows).quote("FU9006")).state is SourceState.DOWN
    assert "disk is gone" in caplog.text


async def test_rows_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "\ufeffcode,brand,name,price,url,image,in_stock\n"
        'DD1391-100,Nike,"덩크, 로우","129,000원",https://a.example/1,https://a.example/1.jpg,Y\n'
        "dd1391 100,Nike,덩크 로우,119000,https://a.example/2,,\n"
        "DD1391-100,Nike,품절된 덩크,99000,https://a.example/3,,N\n",
        encoding="utf-8",
    )
    offers = await CsvRows(path).find("DD1391100")
    assert [(offer.title, offer.price_won, offer.link) for offer in offers] == [
        ("덩크, 로우", 129_000, "https://a.example/1"),
        ("덩크 로우", 119_000, "https://a.example/2"),
    ]
    assert await CsvRows(path).find("FU9006") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,title\nA1,x\n", "missing: name, price"),
        (b"", "is empty"),
        (HEADER.encode() + b"A1,\xff\xff,1,l\n", "neither UTF-8 nor CP949"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueFileError, match=rf"list\.csv: .*{said}"):
        CsvRows(path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A1,x,free,https://a\n", "left out: price"),
        ("A1,x,0,https://a\n", "left out: price"),
        ("--,x,1000,https://a\n", "left out: code is empty"),
        ('A1,x,","\n', "left out: price"),
        ("A1\n", "left out: name is empty"),
        ('A1,"x', "left out: price is empty"),
        ("A1,x,1000,nowhere\n", "without its url"),
    ],
)
def test_rows_that_cannot_be_used_are_told_with_their_line(
    tmp_path: Path, row: str, said: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + row, "utf-8")
    (told,) = CsvRows(path).left_out
    assert told.startswith(f"{path}:2: {said}")


async def test_the_sample_that_the_bot_imports_can_be_read() -> None:
    sample = Path(__file__).parents[2] / "storage/sample/catalogue.csv"
    quote = await CatalogueSource(CsvRows(sample)).quote("DD1391-100")
    assert quote.state is SourceState.OK


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match=r"none\.csv"):
        CsvRows(tmp_path / "none.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("stock", ["In stock", "in_stock", " IN STOCK "])
async def test_what_is_out_of_stock_is_not_offered(
    tmp_path: Path, encoding: str, stock: str
) -> None:
    path = tmp_path / "list.csv"
    text = f"Code,Name,Price,{stock}\nFU9006,운동화,1000,품절\nFU9006,운동화 뷁,2000,있음\n"
    path.write_bytes(text.encode(encoding))
    (offer,) = await CsvRows(path).find("FU9006")
    assert (offer.title, offer.price_won) == ("운동화 뷁", 2000)
