"""What a price list holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Record = tuple[int, list[str] | str]
"""A line of a table, from 1, and its cells, or why it has none."""


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
    """What is wrong with a row: the line of the file on which it begins (from 1), and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PriceList:
    """Rows in the file's order; `bad` ones were left out, of those in `noted` a part was.

    `told` are sentences about the file as a whole: which of its sheets was read.
    """

    rows: tuple[CatalogueRow, ...]
    bad: tuple[BadRow, ...] = ()
    noted: tuple[BadRow, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListTable:
    """One table of a file; `name` is its sheet's, "" where it has none."""

    name: str
    records: Iterable[Record]
