"""A price list's file to its rows, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pricelists import page, sheet, text
from pricelists.errors import PriceListError
from pricelists.rows import header_of, parsed
from pricelists.types import ListTable, PriceList


def read_list(source: Path | bytes | str) -> PriceList:
    """The rows of a CSV or XLSX file, of an HTML table, or of CSV text.

    Raises `PriceListError` where there is no table with the columns that are needed.
    """
    if isinstance(source, str):
        return _first_good([ListTable("", text.records(source))])
    data = source if isinstance(source, bytes) else read_bytes(source)
    if data.startswith(sheet.MAGIC):
        with closing(sheet.opened(data)) as book:
            found = _first_good(book.tables())
            return PriceList(found.rows, found.bad, found.noted, (*found.told, *book.left_alone()))
    words = text.decoded(data)
    if page.is_page(words):
        return _first_good(page.tables(words))
    return _first_good([ListTable("", text.records(words))])


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises `PriceListError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PriceListError(f"cannot read {path}: {error.strerror}") from error


def _first_good(tables: Iterable[ListTable]) -> PriceList:
    """The first table that names the columns; the others are none of the list."""
    troubles: list[tuple[str, PriceListError]] = []
    for table in tables:
        records = iter(table.records)
        try:
            header = header_of(records)
        except PriceListError as error:
            troubles.append((table.name, error))
            continue
        rows, bad, noted = parsed(records, header)
        told = (f"read from the sheet {table.name!r}",) if table.name else ()
        return PriceList(rows, bad, noted, told)
    raise _closest(troubles)


def _closest(troubles: list[tuple[str, PriceListError]]) -> PriceListError:
    if not troubles:
        return PriceListError("the price list holds no table")
    if len(troubles) == 1:
        return troubles[0][1]
    looked = "; ".join(f"{name!r}: {error}" if name else str(error) for name, error in troubles)
    return PriceListError(f"no table names the columns; {looked}")
