"""A table's lines to rows: the header, then each line's cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pricelists.addresses import address
from pricelists.codes import style_code
from pricelists.columns import places
from pricelists.errors import NEVER_COMPUTED, PriceListError
from pricelists.prices import price_won
from pricelists.stock import in_stock
from pricelists.types import BadRow, CatalogueRow, Record

_FIRST_ROWS = 30  # titles and notes may stand above the header
_FORMULA_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # PostgreSQL takes no NUL
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

Parsed = tuple[tuple[CatalogueRow, ...], tuple[BadRow, ...], tuple[BadRow, ...]]


@dataclass(frozen=True, slots=True)
class ListHeader:
    """How many columns there are, and where which one stands."""

    width: int
    places: Mapping[str, tuple[int, ...]]


def header_of(records: Iterator[Record]) -> ListHeader:
    """The first line that names the columns; a title may stand above. Raises `PriceListError`."""
    trouble = PriceListError("the price list is empty; its first line must name the columns")
    for number, (_, fields) in enumerate(islice(records, _FIRST_ROWS)):
        if isinstance(fields, str):
            continue
        try:
            return ListHeader(len(fields), places(fields))
        except PriceListError as error:
            # What is closest to a header is told of: the first line, or one with more columns.
            trouble = error if number == 0 or len(str(error)) < len(str(trouble)) else trouble
    raise trouble


def parsed(records: Iterator[Record], header: ListHeader) -> Parsed:
    """Good rows, bad ones, and what is missing of good ones, each in the file's order."""
    good: list[CatalogueRow] = []
    bad: list[BadRow] = []
    noted: list[BadRow] = []
    for line, fields in records:
        try:
            if isinstance(fields, str):
                raise ValueError(fields)
            row, notes = _row(fields, header)
        except ValueError as error:
            bad.append(BadRow(line, f"{error}{_lost(fields, header.width)}"))
        else:
            good.append(row)
            noted += [BadRow(line, note) for note in notes]
    return tuple(good), tuple(bad), tuple(noted)


def _lost(fields: list[str] | str, width: int) -> str:
    """A bad row that is long by mistake took the lines below with it."""
    if isinstance(fields, str) or len(fields) >= width:
        return ""
    lines = sum(field.count("\n") for field in fields)
    return f"; it goes on for {lines + 1} lines: is a quotation mark left open?" if lines else ""


def _row(fields: Sequence[str], header: ListHeader) -> tuple[CatalogueRow, list[str]]:
    if len(fields) > header.width and any(field.strip() for field in fields[header.width :]):
        raise ValueError(f"has {len(fields)} fields where the first line names {header.width}")
    cells = {column: _cell(fields, where) for column, where in header.places.items()}
    notes: list[str] = []
    row = CatalogueRow(
        name=_name(cells["name"]),
        code=style_code(cells["code"]),
        price_won=price_won(cells["price"]),
        url=_link("url", cells, notes),
        image=_link("image", cells, notes),
        in_stock=in_stock(cells.get("in_stock", "")),
    )
    return row, notes


def _cell(fields: Sequence[str], where: Sequence[int]) -> str:
    """The first of these places that holds something."""
    cells = (fields[place] for place in where if place < len(fields))
    clean = (_UNSEEN.sub("", _CONTROLS.sub("", cell)).strip() for cell in cells)
    return next(filter(None, clean), "")


def _name(cell: str) -> str:
    if not cell:
        raise ValueError("name is empty")
    if _FORMULA_FAILED.fullmatch(cell):
        raise ValueError(f"name is {cell}: its formula failed")
    if cell.startswith("="):
        raise ValueError(f"name is the formula {cell[:40]!r}, {NEVER_COMPUTED}")
    return cell


def _link(column: str, cells: Mapping[str, str], notes: list[str]) -> str:
    """An address; what is none costs the row its link only, and is told."""
    try:
        return address(cells.get(column, ""))
    except ValueError as error:
        notes.append(f"without its {column}: {error}")
        return ""
