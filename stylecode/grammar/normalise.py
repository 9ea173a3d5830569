"""One spelling for comparing (`key`) and one for showing (`display`)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stylecode.grammar.shapes import BY_LENGTH, DIGITS, Shape, is_a_part

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣·・", "-"))
_NOT_KEY = re.compile(r"[^A-Z0-9]+")
_PIECE = re.compile(r"([^A-Z0-9]*)([A-Z0-9])")
_NOT_TIDY = re.compile(r"[^A-Z0-9\-./#_:()]+")
_EDGES = " -./#_:()"


def fold(text: str) -> str:
    """Full-width and other compatible forms to plain ones, all dashes to '-', upper case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(
        _DASHES
    )


def key(text: str) -> str:
    """`text` for comparing: upper-case A-Z0-9 only."""
    return _NOT_KEY.sub("", fold(text))


def display(code: str) -> str:
    """`code` as its brand prints it where the shape is known, else tidied. Keeps `key(code)`."""
    return known_form(code) or _tidy(fold(code))


def known_form(code: str) -> str:
    """The display form of the shape that `code` has as it stands, or an empty string."""
    pieces = _pieces(code)
    shape = _shape(pieces)
    return "" if shape is None else spell(shape, pieces)


def brand_of(code: str) -> str:
    """The most likely brand of a code by its shape, or an empty string."""
    shape = _shape(_pieces(code))
    return "" if shape is None else shape.brand


def brands_of(code: str) -> tuple[str, ...]:
    """All brands that print codes of this shape, the most likely first."""
    shape = _shape(_pieces(code))
    return () if shape is None else shape.brands


def unfinished(code: str) -> bool:
    """Whether a part of the code may be missing: of no known shape, or the first part of a longer.

    As "DD1391" may be, of DD1391-100.
    """
    shape = _shape(_pieces(code))
    return shape is None or is_a_part(shape)


def digits_only(code: str) -> list[int]:
    """Which of the code's letters and digits its shape lets be nothing but a digit."""
    shape = _shape(_pieces(code))
    return [] if shape is None else [at for at, slot in enumerate(shape.slots) if slot <= DIGITS]


def spell(shape: Shape, pieces: tuple[tuple[str, str], ...]) -> str:
    """The display form of (separator before, character) pieces that have this shape."""
    return "".join(
        (shape.shown(place, gap) if place else "") + char
        for place, (gap, char) in enumerate(pieces)
    )


def reduced(separator: str) -> str:
    """What stands between two characters as one mark: none, one of ' -._/:', or another."""
    marks = separator.strip()
    if not marks:
        return " " if separator else ""
    return next((mark for mark in marks if mark not in "-._/: "), marks[0])


@lru_cache(maxsize=1024)
def _pieces(code: str) -> tuple[tuple[str, str], ...]:
    found = _PIECE.findall(fold(code))
    return tuple((reduced(gap) if at else "", char) for at, (gap, char) in enumerate(found))


def _shape(pieces: tuple[tuple[str, str], ...]) -> Shape | None:
    for shape in BY_LENGTH.get(len(pieces), ()):
        if all(
            char in shape.slots[place] and shape.takes(place, gap)
            for place, (gap, char) in enumerate(pieces)
        ):
            return shape
    return None


def _tidy(folded: str) -> str:
    return re.sub(r" +", " ", _NOT_TIDY.sub(" ", folded)).strip(_EDGES)
