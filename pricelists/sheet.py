"""Reading a price list from an XLSX file: the visible sheets' rows as text.

Formulas are not computed: a cell counts as what the program that saved the file had shown there.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time
from itertools import islice, repeat
from typing import Any

from pricelists.errors import PriceListError
from pricelists.shown import as_shown
from pricelists.styles import without_looks
from pricelists.types import ListTable, Record

MAGIC = b"PK\x03\x04"
LARGEST_FILE_BYTES = 30_000_000
LARGEST_UNPACKED_BYTES = 300_000_000
MOST_FILES_INSIDE = 2_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
_LONGEST_CELL = 2_000
_MOST_LINES = 1_048_576  # of any sheet, blank ones included
_FORMULA_PART = re.compile(rb"<f[ >/]")
_PART_BYTES = 1_000_000


class Book:
    """A workbook that is read from its start to its end, once."""

    def __init__(self, data: bytes) -> None:
        self._book = _loaded(data, values=True)
        # A second reading beside the first, where there is a formula at all: only it tells a
        # formula without a kept value from an empty cell.
        self._formulas = _loaded(data, values=False) if _has_formula(data) else None
        self._read: list[str] = []

    def tables(self) -> Iterator[ListTable]:
        """The visible sheets in their order. Raises `PriceListError`."""
        visible = [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise PriceListError("the price list has no sheet that is visible")
        for sheet in visible:
            self._read.append(sheet.title)
            yield ListTable(sheet.title, self._records(sheet))

    def left_alone(self) -> tuple[str, ...]:
        """What was not looked at, as sentences."""
        hidden = [sheet.title for sheet in self._book.worksheets if sheet.sheet_state != "visible"]
        others = [
            sheet.title
            for sheet in self._book.worksheets
            if sheet.title not in {*hidden, *self._read}
        ]
        told = [f"left alone, since hidden: {', '.join(map(repr, hidden))}"] if hidden else []
        told += [f"not read: {', '.join(map(repr, others))}"] if others else []
        return tuple(told)

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()
        if self._formulas is not None:
            self._formulas.close()

    def _records(self, sheet: Any) -> Iterator[Record]:
        try:
            twin = self._formulas[sheet.title] if self._formulas is not None else None
            yield from _rows(sheet, twin)
        except PriceListError:
            raise
        except Exception as error:  # openpyxl raises whatever its parsers raise
            raise _unreadable(error) from None


def opened(data: bytes) -> Book:
    """The workbook of an XLSX file. Raises `PriceListError`."""
    _check_size(data)
    try:
        return Book(data)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        simpler = without_looks(data)
        if simpler is None:
            raise _unreadable(error) from None
    try:
        return Book(simpler)
    except Exception as error:
        raise _unreadable(error) from None


def _loaded(data: bytes, *, values: bool) -> Any:
    # Imported when a list comes: it takes a fifth of what all of storage takes, at every start.
    from openpyxl import load_workbook  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of looks and rules that no price list needs
        return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _rows(sheet: Any, formulas: Any) -> Iterator[Record]:
    for each in filter(None, (sheet, formulas)):
        each.reset_dimensions()  # what a file says of its own size is not to be trusted
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    twins = formulas.iter_rows(max_col=MOST_COLUMNS) if formulas is not None else repeat(())
    taken = 0
    for number, (row, twin) in enumerate(islice(zip(rows, twins, strict=False), _MOST_LINES), 1):
        cells = [_text(cell) for cell in row]
        for place, cell in enumerate(twin[: len(cells)]):
            if row[place].value is None and cell.value is not None:
                cells[place] = _formula(cell.value)
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        taken += 1
        if taken > MOST_ROWS:
            raise PriceListError(f"the price list has more than {MOST_ROWS} rows")
        yield number, cells


def _formula(value: object) -> str:
    text = str(value)
    return text[:_LONGEST_CELL] if text.startswith("=") else "=…"


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE_BYTES:
        raise PriceListError(f"the price list is larger than {LARGEST_FILE_BYTES} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _unreadable(error) from None
    # The sizes that the directory claims: openpyxl's reader stops at them.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES_INSIDE or unpacked > LARGEST_UNPACKED_BYTES:
        raise PriceListError("the price list unpacks to more than a price list can need")
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise PriceListError("the price list is another kind of file: save it as .xlsx or CSV")


def _has_formula(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_formula_in(archive, name) for name in sheets)


def _formula_in(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as file:
        before = b""
        while part := file.read(_PART_BYTES):
            if _FORMULA_PART.search(before + part):
                return True
            before = part[-2:]
    return False


def _text(cell: Any) -> str:
    """A cell as a person reads it: 129000.0 is 129000, TRUE is yes, 309339 may be 00309339."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return as_shown(value, cell.number_format)
    if isinstance(value, date | time):
        value = value.isoformat()
    return str(value)[:_LONGEST_CELL]


def _unreadable(error: Exception) -> PriceListError:
    return PriceListError(f"the price list is no readable XLSX file ({type(error).__name__})")
