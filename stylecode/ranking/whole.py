"""The whole code first: with what its brand prints behind it, where that was read nearly as surely.

Some brands print a colour behind a code: it belongs to it where it can be read. Rankings of one
reading and votes of several follow the same rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from stylecode.grammar.pieces import key
from stylecode.grammar.shapes import kin
from stylecode.ranking.weighing import Reading
from stylecode.types import RankedCode

HARDLY_LESS = 0.8  # of the best one's confidence, for a longer code to come before it
_WIDTH_LETTERS = 1  # letters that may be a width beside a code of another of its brands

Found = TypeVar("Found", bound=Reading | RankedCode)


def whole_first(
    found: Sequence[Found], belongs: Callable[[Found, Found], bool]
) -> tuple[Found, ...]:
    """Best first as they are, or with one before the best that `belongs` to it and is longer.

    It takes over the best one's confidence.
    """
    if not found:
        return ()
    best = found[0]
    for other in found[1:]:
        if other.confidence >= HARDLY_LESS * best.confidence and belongs(other, best):
            whole = replace(other, confidence=best.confidence)
            return whole, *(one for one in found if one is not other)
    return tuple(found)


def whole_of(other: RankedCode, best: RankedCode) -> bool:
    """Whether one code is the other and what a brand of both prints behind it."""
    return goes_on(key(best.code), best.brands, key(other.code), other.brands)


def goes_on(part: str, its: tuple[str, ...], longer: str, theirs: tuple[str, ...]) -> bool:
    """Whether `longer` is the code `part` and what a brand of both prints behind it.

    Codes as keys, each with the brands that print its shape. A single letter may be a width beside
    a code of another of its brands.
    """
    more = len(longer) - len(part)
    least = 1 if its == theirs else _WIDTH_LETTERS + 1
    return kin(its, theirs) and more >= least and longer.startswith(part)
