"""Article numbers under the bars: GTINs, told from other numbers by their check digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stylecode.fields.digits import as_digits
from stylecode.fields.layout import Row
from stylecode.normalise import key

_LENGTHS = (8, 12, 13, 14)
# In groups as printers do. Eight digits alone are too often another number.
_PRINTED = re.compile(r"(?<![A-Z0-9.,/-])\d(?:[ \t-]{0,3}\d){11,13}(?![A-Z0-9.,/-])")
_GROUPS = re.compile(r"\d+")
_MOST_GROUPS = 6


def is_gtin(digits: str) -> bool:
    """Whether these are 8, 12, 13 or 14 digits of which the last checks the others."""
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
        return False
    weighed = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(reversed(digits)))
    return weighed % 10 == 0 and digits.strip("0") != ""


def barcode_spans(row: Row) -> list[tuple[int, int]]:
    """Where valid article numbers stand in a row."""
    found = _PRINTED.finditer(as_digits(row.text))
    return [match.span() for match in found if _valid(match[0])]


def barcodes_of(rows: Sequence[Row], given: Iterable[str]) -> tuple[str, ...]:
    """Valid numbers, those that were given first; one that says the same as another only once."""
    printed = (as_digits(row.text)[a:b] for row in rows for a, b in barcode_spans(row))
    numbers: dict[str, str] = {}
    for text in (*given, *printed):
        digits = key(text)
        if is_gtin(digits):
            numbers.setdefault(digits.zfill(14), digits)
    return tuple(numbers.values())


def _valid(text: str) -> bool:
    return is_gtin(key(text)) and len(_GROUPS.findall(text)) <= _MOST_GROUPS
