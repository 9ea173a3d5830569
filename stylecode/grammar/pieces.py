"""A text as the letters and digits that count and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Pieces = tuple[tuple[str, str], ...]
"""Of each letter or digit: the separator before it, as one mark, and the character."""

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣·・", "-"))
_NOT_KEY = re.compile(r"[^A-Z0-9]+")
_PIECE = re.compile(r"([^A-Z0-9]*)([A-Z0-9])")


def fold(text: str) -> str:
    """Full-width and other compatible forms to plain ones, all dashes to '-', upper case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(
        DASHES
    )


def key(text: str) -> str:
    """`text` for comparing: upper-case A-Z0-9 only."""
    return _NOT_KEY.sub("", fold(text))


def reduced(separator: str) -> str:
    """What stands between two characters as one mark: none, one of ' -._/:', or another."""
    marks = separator.strip()
    if not marks:
        return " " if separator else ""
    return next((mark for mark in marks if mark not in "-._/: "), marks[0])


@lru_cache(maxsize=1024)
def pieces(code: str) -> Pieces:
    """The letters and digits of a text, each with what is before it (nothing before the first)."""
    found = _PIECE.findall(fold(code))
    return tuple((reduced(gap) if at else "", char) for at, (gap, char) in enumerate(found))
