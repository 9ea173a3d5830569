"""Reading a price list from a web page: what many shops' admin pages call .xls. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from pricelists.errors import PriceListError
from pricelists.types import ListTable, Record

MOST_CELLS = 2_000_000
_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|body|style|table)\b", re.I
)
_XML = re.compile(r"\s*<\?xml|\s*<workbook\b|MIME-Version:", re.IGNORECASE)
_MOST_COLUMNS_TAKEN = 100  # columns that one cell may take
_MOST_ROWS_TAKEN = 10_000


def is_page(text: str) -> bool:
    """Whether a text is a web page. Raises `PriceListError` for what only Excel opens."""
    if _XML.match(text) and not re.search(r"<html\b", text[:2_000], re.IGNORECASE):
        raise PriceListError("the price list is a page of Excel's own: open it, save it as .xlsx")
    return _WEB_PAGE.match(text) is not None or bool(_XML.match(text))


def tables(text: str) -> Iterator[ListTable]:
    """The page's tables in their order, cells that span rows in each of them."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    for rows in reader.tables:
        yield ListTable("", _records(rows))


def _records(rows: list[list[tuple[str, int, int]]]) -> Iterator[Record]:
    below: dict[int, tuple[str, int]] = {}  # by column: what reaches down, over how many rows
    for number, row in enumerate(rows, 1):
        cells: list[str] = []
        waiting = list(row)
        while waiting or len(cells) in below:
            if held := below.pop(len(cells), None):
                text, left = held
                if left > 1:
                    below[len(cells)] = (text, left - 1)
                cells.append(text)
                continue
            text, wide, tall = waiting.pop(0)
            for _ in range(wide):
                if tall > 1:
                    below[len(cells)] = (text, tall - 1)
                cells.append(text)
        if any(cell.strip() for cell in cells):
            yield number, cells


class _TableReader(HTMLParser):
    """All tables of a page, those within cells as tables of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._open: list[list[list[tuple[str, int, int]]]] = []
        self._words: list[str] | None = None
        self._spans = (1, 1)
        self._cells = 0
        self._silent = 0  # within a style or a script

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; what was left open before ends there."""
        if tag in {"style", "script"}:
            self._silent += 1
        elif tag == "table":
            self._end_cell()
            rows: list[list[tuple[str, int, int]]] = []
            self.tables.append(rows)
            self._open.append(rows)
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in {"td", "th"} and self._open:
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._words is not None:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row or a cell."""
        if tag in {"style", "script"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._words is not None and not self._silent:
            self._words.append(" ".join(re.split(r"\s+", data)))

    def _begin_cell(self, told: dict[str, str | None]) -> None:
        self._end_cell()
        if not self._open[-1]:
            self._open[-1].append([])
        self._words = []
        self._spans = (
            _number(told.get("colspan"), _MOST_COLUMNS_TAKEN),
            _number(told.get("rowspan"), _MOST_ROWS_TAKEN),
        )
        self._cells += self._spans[0]
        if self._cells > MOST_CELLS:
            raise PriceListError("the price list has more cells than a price list can need")

    def _end_cell(self) -> None:
        if self._words is not None and self._open and self._open[-1]:
            self._open[-1][-1].append(("".join(self._words).strip(), *self._spans))
        self._words = None


def _number(text: str | None, most: int) -> int:
    return min(most, int(text)) if text and text.isdecimal() and int(text) > 0 else 1
