"""Article numbers under the bars: GTINs, told from other numbers by their check digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stylecode.fields.digits import as_digits
from stylecode.fields.layout import FieldRow
from stylecode.grammar.normalise import key

_LENGTHS = (8, 12, 13, 14)
# Where a blank may stand, as printers group the digits; eight are too often another number.
_GROUPED: dict[int, tuple[frozenset[int], ...]] = {
    12: (frozenset((1, 6, 11)),),
    13: (frozenset((1, 7, 12)), frozenset((3, 7, 12))),
    14: (frozenset((1, 3, 8, 13)), frozenset((1, 2, 8, 13))),
}
_PRINTED = {
    length: re.compile(
        rf"(?<![A-Z0-9.,/-])(?=(\d(?:[ -]{{0,3}}\d){{{length - 1}}})(?![A-Z0-9.,/-]))"
    )
    for length in _GROUPED
}


def is_gtin(digits: str) -> bool:
    """Whether these are 8, 12, 13 or 14 digits of which the last checks the others."""
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
        return False
    return adds_up(digits) and digits.strip("0") != ""


def adds_up(digits: str) -> bool:
    """Whether the last of these digits is their GS1 check digit."""
    weighed = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(reversed(digits)))
    return weighed % 10 == 0


def barcode_spans(row: FieldRow) -> list[tuple[int, int]]:
    """Where valid article numbers stand in a row."""
    text = as_digits(row.text)
    return [
        match.span(1)
        for length, pattern in _PRINTED.items()
        for match in pattern.finditer(text)
        if is_gtin(key(match[1])) and _grouped(match[1], length)
    ]


def barcodes_of(rows: Sequence[FieldRow], given: Iterable[str]) -> tuple[str, ...]:
    """Valid numbers, those that were given first; one that says the same as another only once."""
    printed = (
        as_digits(row.text)[start:end]
        for row in rows
        for start, end in barcode_spans(row)
        if row.evidence(start, end).heard(1).so  # the check digit
    )
    numbers: dict[str, str] = {}
    for text in (*given, *printed):
        digits = key(text)
        if is_gtin(digits):
            numbers.setdefault(digits.zfill(14), digits)
    return tuple(numbers.values())


def _grouped(text: str, length: int) -> bool:
    """Whether blanks stand only where printers put them."""
    before, cuts = 0, set[int]()
    for group in re.findall(r"\d+", text)[:-1]:
        before += len(group)
        cuts.add(before)
    return any(cuts <= places for places in _GROUPED[length])
