"""Several views of one line, each with its likely codes, put to the vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.reading.tokenizer import DecodedText
from stylecode import RankedCode, key
from stylecode.ranking.whole import whole_first, whole_of

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


@dataclass(frozen=True, slots=True)
class Tally:
    """What the views say of one code: its surest say, of view number `view`, and how many say it.

    `mean` is its confidence's over all views; one that does not show it counts as zero.
    """

    code: RankedCode
    view: int
    votes: int
    mean: float


def tallied(views: Sequence[View]) -> list[Tally]:
    """Each code of the views once, in the order in which they show them."""
    found: list[Tally] = []
    for name in dict.fromkeys(name for view in views for name in view):
        votes = [(view[name], at) for at, view in enumerate(views) if name in view]
        code, at = max(votes, key=lambda vote: vote[0].confidence)
        mean = sum(vote.confidence for vote, _ in votes) / len(views)
        found.append(Tally(code, at, len(votes), mean))
    return found


def vote(views: Sequence[View], limit: int = 5) -> tuple[RankedCode, ...]:
    """Codes by their mean confidence over the views, spelled as in the view that is surest."""
    voted = [replace(one.code, confidence=one.mean) for one in tallied(views)]
    return whole_first(sorted(voted, key=lambda code: -code.confidence), whole_of)[:limit]
