"""A barcode as second witness: what people confirmed for it before, weighed against a reading.

The candidates of a reading exclude each other, and their confidences leave a rest: that none of
them is right. Everybody who confirmed a code for the same barcode makes its odds `FACTOR` times
what they were, as one witness who is right four times in five would; after `MOST_VOICES` people
nothing more is gained. A code that was not read begins with half the rest: a sure reading leaves
next to none, and one person's word against it is not heard at all. Then all, the rest included, are
scaled to the whole that they had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stylecode.grammar.normalise import key

FACTOR: Final = 4.0
"""How many times the odds of a code are raised by one person who confirmed it."""

MOST_VOICES: Final = 4
"""People who count; more add nothing."""

CEILING: Final = 0.99
"""No witness raises a confidence above this."""

SURE_READING: Final = 0.9
"""From this confidence on nothing that others said passes a reading."""

_REST: Final = 0.01  # at least this much remains for codes that were not read
_UNREAD: Final = 0.5  # of the rest, where a code that only witnesses name begins


@dataclass(frozen=True, slots=True)
class Likely:
    """A code and how likely it is, 0..1; `witnesses` are the people who confirmed it."""

    code: str
    confidence: float
    witnesses: int = 0


def heard(read: Sequence[Likely], people: Mapping[str, int]) -> tuple[Likely, ...]:
    """The candidates `read`, best first, once the witnesses are heard, best first again.

    `people` tells for each code how many confirmed it. Codes are compared without separators.
    Codes that were not read are added. Without witnesses nothing changes, nor by one person's word
    for another code than the one that was surely read.
    """
    if read and read[0].confidence >= SURE_READING:
        sure = key(read[0].code)
        people = {code: many for code, many in people.items() if many > 1 or key(code) == sure}
    said = {key(code): (code, number) for code, number in people.items() if number > 0}
    if not said:
        return tuple(read)
    rest = max(1.0 - sum(each.confidence for each in read), _REST)
    known = {key(each.code) for each in read}
    unread = sorted(code for name, (code, _) in said.items() if name not in known)
    prior = [*read, *(Likely(code, _UNREAD * rest) for code in unread)]
    numbers = [said.get(key(each.code), ("", 0))[1] for each in prior]
    weights = [
        each.confidence * FACTOR ** min(number, MOST_VOICES)
        for each, number in zip(prior, numbers, strict=True)
    ]
    scale = (sum(each.confidence for each in read) + rest) / (sum(weights) + rest)
    weighed = [
        Likely(each.code, min(weight * scale, max(CEILING, each.confidence)), number)
        for each, weight, number in zip(prior, weights, numbers, strict=True)
    ]
    return tuple(sorted(weighed, key=lambda each: -each.confidence))
