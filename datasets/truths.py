"""A reading held against what counts as right: A-Z0-9 compared, letter case folded."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from stylecode import key


def is_right(text: str, truths: Iterable[str]) -> bool:
    """Whether the text is one of the truths."""
    return key(text) in {key(truth) for truth in truths}


def distance(text: str, truths: Iterable[str]) -> float:
    """Levenshtein distance to the nearest of at least one truth over the longer length, 0..1."""
    return min(Levenshtein.normalized_distance(key(text), key(truth)) for truth in truths)
