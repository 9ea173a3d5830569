"""Reading a price list from text: its encoding, its lines, its fields. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pricelists.errors import PriceListError
from pricelists.types import Record

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and files locked with a password
_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls Unicode text
_DELIMITERS = ",\t;"
_SAMPLE_LINES = 20  # a title without a comma may stand above the header


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or CP949.

    Raises `PriceListError`.
    """
    if data.startswith(_OLD_EXCEL):
        raise PriceListError("the price list is an old .xls or a locked file: save it as .xlsx")
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PriceListError("the price list is neither UTF-8 nor CP949 text")


def records(text: str) -> Iterator[Record]:
    """Each record that is not blank, with its first line."""
    text = text.removeprefix("\ufeff")
    start = "\n".join(text.lstrip().split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
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
