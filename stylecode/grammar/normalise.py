"""One spelling for comparing (`key`) and one for showing (`display`)."""

from __future__ import annotations

import re

from stylecode.grammar.brands import grammar
from stylecode.grammar.patterns import DIGITS, Shape
from stylecode.grammar.pieces import Pieces, fold, key, pieces, reduced
from stylecode.grammar.shapes import is_a_part

__all__ = [
    "brand_of",
    "brands_of",
    "digits_only",
    "display",
    "fold",
    "key",
    "known_form",
    "reduced",
    "unfinished",
]

_NOT_TIDY = re.compile(r"[^A-Z0-9\-./#_:()]+")
_EDGES = " -./#_:()"


def display(code: str) -> str:
    """`code` as its brand prints it where the shape is known, else tidied. Keeps `key(code)`."""
    return known_form(code) or _tidy(fold(code))


def known_form(code: str) -> str:
    """The display form of the shape that `code` has as it stands, or an empty string."""
    split = pieces(code)
    shape = _shape(split)
    return "" if shape is None else shape.spelled(split)


def brand_of(code: str) -> str:
    """The most likely brand of a code by its shape, or an empty string."""
    shape = _shape(pieces(code))
    return "" if shape is None else shape.brand


def brands_of(code: str) -> tuple[str, ...]:
    """All brands that print codes of this shape, the most likely first."""
    shape = _shape(pieces(code))
    return () if shape is None else shape.brands


def unfinished(code: str) -> bool:
    """Whether a part of the code may be missing: of no known shape, or the first part of a longer.

    As "DD1391" may be, of DD1391-100.
    """
    shape = _shape(pieces(code))
    return shape is None or is_a_part(shape)


def digits_only(code: str) -> list[int]:
    """Which of the code's letters and digits its shape lets be nothing but a digit."""
    shape = _shape(pieces(code))
    return [] if shape is None else [at for at, slot in enumerate(shape.slots) if slot <= DIGITS]


def _shape(split: Pieces) -> Shape | None:
    """The strongest shape that the pieces have."""
    shapes = grammar().by_length.get(len(split), ())
    return next((shape for shape in shapes if shape.fits(split)), None)


def _tidy(folded: str) -> str:
    return re.sub(r" +", " ", _NOT_TIDY.sub(" ", folded)).strip(_EDGES)
