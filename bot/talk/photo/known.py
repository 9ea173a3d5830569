"""Codes that exist, heard beside a reading: confirmed by anybody, in the catalogue, or on sale.

The rule. A code that somebody knows is `KNOWN_FACTOR` times as likely to stand on a tag as one that
nobody has met, and `WELL_KNOWN_FACTOR` times where two of {a person, another person, the catalogue}
say so. So the weight of each candidate is its confidence times that factor, and all, the rest (that
none of them is right) included, are scaled to the whole that they had. Look-alikes of the
candidates begin with the candidate's confidence times the odds of the changed characters; only
known ones come in. A reading that is sure keeps its place: nothing known passes it, but it may
become less sure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.talk.desk import Desk
from bot.talk.photo.doubts import TWINS, Change, changed, fits, odds, twin_place, variants
from storage.types import StoredCandidate
from stylecode import key
from stylecode.witness import SURE_READING

Candidates = tuple[StoredCandidate, ...]

KNOWN_FACTOR: Final = 6.0
WELL_KNOWN_FACTOR: Final = 12.0
DOUBTED: Final = 0.15
"""Odds of a 0/O or 1/I from which both are offered, though one of them is known."""

_CEILING = 0.99
_OPEN = 0.005  # odds below which even an open 0/O is not worth a question
_LOOKED_AT = 3  # candidates whose look-alikes are asked for
_EACH = 40  # look-alikes of one candidate
_COME_IN = 3  # known look-alikes that become candidates
_SOURCES_ASKED = 2  # candidates, and look-alikes, that price sources are asked for
_CHECK_S = 1.0  # seconds that a doubtful reading waits for them
_REST = 0.01
_NEARLY_NOTHING = 1e-6


async def hear_known(desk: Desk, read: Candidates) -> Candidates:
    """The candidates once it is known which codes exist; a doubtful 0/O or 1/I beside the first."""
    if not read:
        return read
    near = {
        key(each.code): each
        for base in reversed(read[:_LOOKED_AT])
        for each in reversed(variants(base, _EACH))
    }
    for each in read:
        near.pop(key(each.code), None)
    factors = await how_known(desk, [each.code for each in (*read, *near.values())])
    if not factors and read[0].confidence < SURE_READING:
        factors = await _on_sale(desk, read, sorted(near.values(), key=lambda a: -a.confidence))
    raised = weighed(read, [each for each in near.values() if each.code in factors], factors)
    return with_twin(raised, factors)


async def how_known(desk: Desk, codes: Sequence[str]) -> Mapping[str, float]:
    """The factor of each code that somebody knows; others are not in it."""
    people = await desk.interactions.known_codes(codes)
    listed = await desk.catalogue.known(codes)
    voices = {code: people.get(code, 0) + (code in listed) for code in codes}
    factors = (0.0, KNOWN_FACTOR, WELL_KNOWN_FACTOR)
    return {code: factors[min(number, 2)] for code, number in voices.items() if number}


async def _on_sale(
    desk: Desk, read: Candidates, near: Sequence[StoredCandidate]
) -> Mapping[str, float]:
    """Which of the likeliest codes a price source knows, where nobody else knows any."""
    if desk.checker is None:
        return {}
    asked = [each.code for each in (*read[:_SOURCES_ASKED], *near[:_SOURCES_ASKED])]
    sold = await desk.checker.knows(asked, _CHECK_S)
    return {code: KNOWN_FACTOR for code, known in sold.items() if known}


def weighed(
    read: Candidates, near: Sequence[StoredCandidate], factors: Mapping[str, float]
) -> Candidates:
    """The candidates `read` and the known look-alikes `near`, best first, by the rule above."""
    if not factors:
        return read
    likeliest = sorted(near, key=lambda each: -each.confidence)
    prior = [*read, *[each for each in likeliest if each.confidence > _NEARLY_NOTHING][:_COME_IN]]
    rest = max(1.0 - sum(each.confidence for each in read), _REST)
    weights = [each.confidence * factors.get(each.code, 1.0) for each in prior]
    scale = (sum(each.confidence for each in read) + rest) / (sum(weights) + rest)
    heard = [
        replace(each, confidence=min(weight * scale, max(_CEILING, each.confidence)))
        for each, weight in zip(prior, weights, strict=True)
    ]
    first = heard[0]
    if read[0].confidence >= SURE_READING:
        heard = [replace(each, confidence=min(each.confidence, first.confidence)) for each in heard]
    return tuple(sorted(heard, key=lambda each: -each.confidence))  # stable: the first stays first


def with_twin(read: Candidates, known: Collection[str]) -> Candidates:
    """With the other spelling of a doubtful 0/O or 1/I as the second candidate, where one is."""
    twin = _twin(read[0], known) if read else None
    if twin is None:
        return read
    there = next((each for each in read[1:] if key(each.code) == key(twin.code)), twin)
    return (read[0], there, *(each for each in read[1:] if key(each.code) != key(twin.code)))


def asked_twin(candidates: Sequence[StoredCandidate]) -> int | None:
    """The place where the first two are to be told apart as 0 and O or 1 and I; None: nowhere."""
    if len(candidates) < 2:
        return None
    first, second = candidates[:2]
    doubted = second.confidence >= DOUBTED * first.confidence or first.confidence < SURE_READING
    return twin_place(first.code, second.code) if doubted else None


def _twin(first: StoredCandidate, known: Collection[str]) -> StoredCandidate | None:
    """The likeliest twin: doubted by the reader, or open where no knowledge and shape decides."""
    twins = [
        (odds(first, place, TWINS[char]), place)
        for place, char in enumerate(first.code)
        if char in TWINS and place < len(first.alternatives)
    ]
    for likely, place in sorted(twins, reverse=True):
        twin = changed(first, Change(place, TWINS[first.code[place]], likely))
        unknown = not {first.code, twin.code} & set(known)
        is_open = unknown and first.confidence < SURE_READING and likely >= _OPEN
        if fits(twin.code, first.code) and (likely >= DOUBTED or is_open):
            return twin
    return None
