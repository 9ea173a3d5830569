"""Characters that print alike, and settling them where a shape says letter or digit.

The weights stand in for the reader's probability where it did not list a character itself: how
often the second is printed where the first was read, as a rough share.
"""

from __future__ import annotations

from collections.abc import Iterable

from stylecode.grammar.patterns import Shape
from stylecode.grammar.pieces import fold, reduced

_PAIRS: dict[float, str] = {
    0.12: "0O",
    0.06: "1I 5S 8B 2Z 6G",
    0.03: "OD 0D OQ 0Q 1L IL",
    0.02: "4A 7T",
    0.006: "7Z 17 1T 1J IT 3B 38 6B 68 9G 9Q 5G 56 3S 39 89 CG 0C OC CO DB EF UV VY MN NW HN PR KX"
    " XY JU UO U0 RB RA WM NH EB HM CE IJ LE 7Y 4H 9P S8 GQ DP TY FP T1 2T 23 ZT 0U 0G 08 06 09",
}


def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for weight, pairs in _PAIRS.items():
        for pair in pairs.split():
            for a, b in ((pair[0], pair[1]), (pair[1], pair[0])):
                row = table.setdefault(a, {})
                row[b] = max(weight, row.get(b, 0.0))
    return {char: dict(sorted(row.items(), key=lambda kv: -kv[1])) for char, row in table.items()}


LIKENESS: dict[str, dict[str, float]] = _table()
"""Look-alikes of each character with their weights, the likeliest first."""


TWINS = {"0": "O", "O": "0", "1": "I", "I": "1"}
"""Characters that many prints do not tell apart at all."""


def lookalikes(char: str) -> tuple[str, ...]:
    """Characters that print like `char` (either case), the likeliest first; maybe none."""
    return tuple(LIKENESS.get(fold(char), ()))


def likeliest(char: str, allowed: Iterable[str]) -> tuple[str, float]:
    """The best look-alike of `char` among `allowed` and its weight; ('', 0.0) where none is."""
    for other, weight in LIKENESS.get(char, {}).items():
        if other in allowed:
            return other, weight
    return "", 0.0


def settle(text: str, shape: Shape) -> str | None:
    """`text` with look-alikes put right so that it has `shape`, in display form, or None.

    Separators must stand where the shape has its gaps. Characters that fit stay as they are.
    """
    pieces: list[tuple[str, str]] = []
    gap = ""
    for mark in fold(text).strip():
        if not (mark.isascii() and mark.isalnum()):
            gap += mark
            continue
        place = len(pieces)
        printed = reduced(gap) if place else ""
        if place >= len(shape) or not shape.takes(place, printed):
            return None
        allowed = shape.slots[place]
        fitting = mark if mark in allowed else likeliest(mark, allowed)[0]
        if not fitting:
            return None
        pieces.append((printed, fitting))
        gap = ""
    return shape.spelled(tuple(pieces)) if len(pieces) == len(shape) else None
