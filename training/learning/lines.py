"""How the line with a code reads, from what was read there and what the code is held to be."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from stylecode import key as code_key

_MOST_WRONG = 0.5
"""Of a code's letters. Where more differ, another line was read than the one with the code."""


def line_text(read: str, code: str) -> str | None:
    """The line `read` with the code in it as it should have been read; None: not this line.

    What stands around the code stays, and so do the separators where as many signs were read; else
    the code comes in its own form.
    """
    key = code_key(code)
    span = _best_span(read, key)
    if not key or span is None:
        return None
    start, end = span
    return read[:start] + _separated(read[start:end], key, code) + read[end:]


def _best_span(read: str, key: str) -> tuple[int, int] | None:
    """Where in the line the letters begin and end that are nearest to the code."""
    places = [at for at, sign in enumerate(read) if code_key(sign)]
    signs = "".join(code_key(read[at]) for at in places)
    best: tuple[int, int, int] | None = None
    for length in range(max(1, len(key) - 2), len(key) + 3):
        for start in range(max(1, len(signs) - length + 1)):
            part = signs[start : start + length]
            wrong = Levenshtein.distance(part, key)
            if part and (best is None or (wrong, abs(len(part) - len(key))) < best[:2]):
                best = wrong, abs(len(part) - len(key)), start
                span = places[start], places[start + len(part) - 1] + 1
    if best is None or best[0] > _MOST_WRONG * len(key):
        return None
    return span


def _separated(part: str, key: str, code: str) -> str:
    """The code's letters between the separators that were read."""
    if code_key(part) == key:
        return part
    if len(code_key(part)) != len(key):
        return code
    letters = iter(re.sub(r"[^A-Za-z0-9]", "", code))
    return "".join(next(letters) if code_key(sign) else sign for sign in part)
