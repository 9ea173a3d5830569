"""Reading a catalogue file: a header, then one row for each thing on sale. Pure.

Columns (in any order, English or Korean names): code, name, price are needed; url, image,
in_stock may be missing or empty.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from storage.catalogue.catalogue_columns import places as places_of
from storage.errors import CatalogueError
from stylecode import key as code_key

_YES = {"", "y", "yes", "true", "t", "1", "o", "있음", "재고있음", "판매중"}
_NO = {"n", "no", "false", "f", "0", "x", "없음", "재고없음", "품절"}
_PRICE_CELL = re.compile(
    r"(?:₩|\\|KRW)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?:원|KRW)?", re.IGNORECASE
)
_QUANTITY = re.compile(r"(\d{1,9})(?:\.0+)?(?:개|족|켤레|ea|pcs)?")
_DATE_CELL = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+)?|\d{2}:\d{2}:\d{2}(?:\.\d+)?")
_FORMULA_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # PostgreSQL takes no NUL
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and files locked with a password
_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls Unicode text
_DELIMITERS = ",\t;"
_FIRST_ROWS = 10  # a title may stand above the header
_MAX_CODE = 40
_MAX_PRICE_WON = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One thing on sale. `price_won` is a positive whole number of won; url and image may be ""."""

    code: str
    name: str
    price_won: int
    url: str
    image: str
    in_stock: bool


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: the line of the file on which it begins (from 1), and why."""

    line: int
    reason: str


def read_catalogue(source: Path | bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or CP949.

    Raises CatalogueError.
    """
    data = source if isinstance(source, bytes) else read_bytes(source)
    if data.startswith(_OLD_EXCEL):
        raise CatalogueError("the price list is an old .xls or a locked file: save it as .xlsx")
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CatalogueError("the catalogue is neither UTF-8 nor CP949 text")


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises CatalogueError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"cannot read {path}: {error.strerror}") from error


def parse_catalogue(text: str) -> tuple[tuple[CatalogueRow, ...], tuple[BadRow, ...]]:
    """Good rows and bad rows, each in the file's order. Raises CatalogueError for the header."""
    return parse_records(_records(text))


def parse_records(
    records: Iterator[tuple[int, list[str] | str]],
) -> tuple[tuple[CatalogueRow, ...], tuple[BadRow, ...]]:
    """The same from a table's rows: each with its line, and its cells or why it has none."""
    width, places = _header(records)
    good: list[CatalogueRow] = []
    bad: list[BadRow] = []
    for line, fields in records:
        try:
            if isinstance(fields, str):
                raise ValueError(fields)
            good.append(_row(fields, places, width))
        except ValueError as error:
            bad.append(BadRow(line, f"{error}{_lost(fields)}"))
    return tuple(good), tuple(bad)


def _header(records: Iterator[tuple[int, list[str] | str]]) -> tuple[int, dict[str, int]]:
    """How many columns there are, and where; a title may stand above. Raises CatalogueError."""
    trouble = CatalogueError("the catalogue is empty; its first line must name the columns")
    for number, (_, fields) in enumerate(islice(records, _FIRST_ROWS)):
        if isinstance(fields, str):
            continue
        try:
            return len(fields), places_of(fields)
        except CatalogueError as error:
            # What is closest to a header is told of: the first line, or one with more columns.
            trouble = error if number == 0 or len(str(error)) < len(str(trouble)) else trouble
    raise trouble


def _lost(fields: list[str] | str) -> str:
    """A bad row that is long by mistake took the lines below with it."""
    lines = 0 if isinstance(fields, str) else sum(field.count("\n") for field in fields)
    return f"; it goes on for {lines + 1} lines: is a quotation mark left open?" if lines else ""


def _records(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record with its first line: its fields, or the reason why it has none."""
    text = text.removeprefix("\ufeff")
    start = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"not readable as CSV: {error}"
            continue
        if any(field.strip() for field in fields):
            yield line, fields


def _row(fields: list[str], places: dict[str, int], width: int) -> CatalogueRow:
    if len(fields) > width and any(field.strip() for field in fields[width:]):
        raise ValueError(f"has {len(fields)} fields where the first line names {width}")
    cells = {
        column: _CONTROLS.sub("", fields[place]).strip() if place < len(fields) else ""
        for column, place in places.items()
    }
    if not cells["name"]:
        raise ValueError("name is empty")
    if _FORMULA_FAILED.fullmatch(cells["name"]):
        raise ValueError(f"name is {cells['name']}: its formula failed")
    return CatalogueRow(
        code=_code(cells["code"]),
        name=cells["name"],
        price_won=price_won(cells["price"]),
        url=_address("url", cells.get("url", "")),
        image=_address("image", cells.get("image", "")),
        in_stock=_in_stock(cells.get("in_stock", "")),
    )


def _code(cell: str) -> str:
    if not cell:
        raise ValueError("code is empty")
    if _DATE_CELL.fullmatch(cell):
        raise ValueError(f"code {cell!r} is a date: write the code as text")
    if not any(char.isdigit() for char in code_key(cell)) or len(cell) > _MAX_CODE:
        raise ValueError(f"code {cell[:_MAX_CODE]!r} is not a style code")
    return cell


def price_won(cell: str) -> int:
    """Whole won from '129,000원', '₩129,000', '129000'. Raises ValueError for anything else."""
    # NFKC turns full-width digits and the full-width won sign into the plain ones.
    plain = "".join(unicodedata.normalize("NFKC", cell).split())
    match = _PRICE_CELL.fullmatch(plain)
    price = int(match[1].replace(",", "")) if match else 0
    if not 0 < price <= _MAX_PRICE_WON:
        raise ValueError(
            f"price {cell[:40]!r} is not an amount of won" if cell else "price is empty"
        )
    return price


def _address(column: str, cell: str) -> str:
    if not cell:
        return ""
    parts = urlsplit(cell)
    blank = any(char.isspace() for char in cell)
    if blank or parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"{column} {cell[:80]!r} is not a http:// or https:// address")
    return cell


def _in_stock(cell: str) -> bool:
    word = "".join(cell.lower().split())
    if amount := _QUANTITY.fullmatch(word):
        return int(amount[1]) > 0
    if word not in _YES and word not in _NO:
        raise ValueError(f"in_stock {cell[:40]!r} is neither yes nor no")
    return word in _YES
