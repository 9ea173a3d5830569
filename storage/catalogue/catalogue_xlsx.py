"""Reading a price list from an XLSX file: the first sheet's rows as text. Pure.

Formulas are not computed: a cell counts as what the program that saved the file had shown there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time
from itertools import islice
from typing import Any

from storage.errors import CatalogueError

MAGIC = b"PK\x03\x04"
LARGEST_FILE_BYTES = 30_000_000
LARGEST_UNPACKED_BYTES = 300_000_000
MOST_FILES_INSIDE = 2_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
_LONGEST_CELL = 2_000
_ZEROS = re.compile("0{2,40}")  # the number format of codes that begin with zeros


def read_sheet(data: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """Each row that is not empty, with its number from 1. Raises `CatalogueError`."""
    # Imported when a list comes: it takes a fifth of what all of storage takes, at every start.
    from openpyxl import load_workbook  # noqa: PLC0415

    _check_size(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise _unreadable(error) from None
    try:
        yield from _rows(book.worksheets[0]) if book.worksheets else ()
    except CatalogueError:
        raise
    except Exception as error:
        raise _unreadable(error) from None
    finally:
        book.close()


def _rows(sheet: object) -> Iterator[tuple[int, list[str] | str]]:
    # What a file says of its own size is not to be trusted.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)  # type: ignore[attr-defined]
    for number, row in enumerate(islice(rows, MOST_ROWS + 1), 1):
        if number > MOST_ROWS:
            raise CatalogueError(f"the price list has more than {MOST_ROWS} rows")
        cells = [_text(cell.value, cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE_BYTES:
        raise CatalogueError(f"the price list is larger than {LARGEST_FILE_BYTES} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            # The sizes that the directory claims: openpyxl's reader stops at them.
            unpacked = sum(part.file_size for part in parts)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _unreadable(error) from None
    if len(parts) > MOST_FILES_INSIDE or unpacked > LARGEST_UNPACKED_BYTES:
        raise CatalogueError("the price list unpacks to more than a price list can need")


def _text(value: object, cell: Any) -> str:
    """A cell as a person reads it: 129000.0 is 129000, TRUE is yes, 309339 may be 00309339."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and value >= 0 and _ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))
    if isinstance(value, date | time):
        value = value.isoformat()
    return str(value)[:_LONGEST_CELL]


def _unreadable(error: Exception) -> CatalogueError:
    return CatalogueError(f"the price list is no readable XLSX file ({type(error).__name__})")
