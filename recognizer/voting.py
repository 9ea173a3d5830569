"""Several views of one line, each with its likely codes, put to the vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from recognizer.tokenizer import DecodedText
from stylecode import RankedCode, key

View = Mapping[str, RankedCode]
"""The codes that a view shows, each at its best, by key."""


def surest(codes: Iterable[RankedCode]) -> dict[str, RankedCode]:
    """The surest of the codes with the same key, by key."""
    found: dict[str, RankedCode] = {}
    for code in codes:
        name = key(code.code)
        if name not in found or code.confidence > found[name].confidence:
            found[name] = code
    return found


def unspoken(reading: DecodedText) -> float:
    """The part of a reading's confidence that its characters do not account for.

    `rank` weighs characters; that the line ends here, and what the CTC head thinks, is this.
    """
    spoken = float(np.prod([likely[0][1] for likely in reading.alternatives]))
    return min(1.0, reading.confidence / max(spoken, 1e-12))


def agreement(views: Sequence[View], voted: Sequence[RankedCode]) -> float:
    """The share of the views with any code whose likeliest is the first of `voted`."""
    seen = [max(view.values(), key=lambda code: code.confidence) for view in views if view]
    return sum(key(code.code) == key(voted[0].code) for code in seen) / len(seen) if seen else 0.0


def vote(views: Sequence[View], limit: int = 5) -> tuple[RankedCode, ...]:
    """Codes by their mean confidence over the views, spelled as in the view that is surest."""
    voted: list[RankedCode] = []
    for name in dict.fromkeys(name for view in views for name in view):
        votes = [view[name] for view in views if name in view]
        best = max(votes, key=lambda code: code.confidence)
        mean = sum(code.confidence for code in votes) / len(views)
        voted.append(replace(best, confidence=mean))
    return tuple(sorted(voted, key=lambda code: -code.confidence)[:limit])
