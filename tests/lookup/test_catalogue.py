from __future__ import annotations

from pathlib import Path

import pytest

from lookup import CatalogueFileError, CatalogueSource, SourceState
from lookup.csv_rows import CsvRows
from tests.lookup.sources import FakeRows, shop_offer

HEADER = "code,title,price_won,link,mall\n"


async def test_found_by_reduced_code_lowest_first() -> None:
    rows = FakeRows({"DD1391100": (shop_offer(129_000), shop_offer(99_000))})
    quote = await CatalogueSource(rows).quote("dd1391 100")
    assert rows.keys == ["DD1391100"]
    assert (quote.code, quote.state) == ("dd1391 100", SourceState.OK)
    assert [offer.price_won for offer in quote.offers] == [99_000, 129_000]


async def test_broken_rows_are_down(caplog: pytest.LogCaptureFixture) -> None:
    rows = FakeRows()
    rows.error = OSError("disk is gone")
    assert (await CatalogueSource(rows).quote("FU9006")).state is SourceState.DOWN
    assert "disk is gone" in caplog.text


async def test_rows_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "\ufeffcode,brand,title,price_won,link,mall,image\n"
        'DD1391-100,Nike,"덩크, 로우","129,000",https://a.example/1,본점,https://a.example/1.jpg\n'
        "dd1391 100,Nike,덩크 로우,119000,https://a.example/2,분점,\n",
        encoding="utf-8",
    )
    offers = await CsvRows(path).find("DD1391100")
    assert [(offer.title, offer.price_won, offer.mall) for offer in offers] == [
        ("덩크, 로우", 129_000, "본점"),
        ("덩크 로우", 119_000, "분점"),
    ]
    assert await CsvRows(path).find("FU9006") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,title\nA1,x\n", "missing columns: price_won, link, mall"),
        (b"", "missing columns"),
        (HEADER.encode() + b"A1,x,free,https://a,b\n", "list.csv:2: price_won"),
        (HEADER.encode() + b"A1,x,0,https://a,b\n", "list.csv:2: price_won"),
        (HEADER.encode() + b"A1,x,100,https://a,b\n--,x,100,https://a,b\n", "list.csv:3: no code"),
        (HEADER.encode() + b"A1\n", "list.csv:2: price_won"),
        (HEADER.encode() + "A1,운동화,1,l,m\n".encode("euc-kr"), "no UTF-8 CSV"),
        (HEADER.encode() + b'A1,"x', "no UTF-8 CSV"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueFileError, match=said):
        CsvRows(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match=r"none\.csv"):
        CsvRows(tmp_path / "none.csv")
