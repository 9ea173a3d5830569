"""Which other codes a reading may stand for: one or two characters that print alike.

Pure. How likely another character is comes from the reader's own alternatives; where it listed none
for a place, from how often the two are mistaken (`stylecode.grammar.lookalikes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from storage.types import Alternatives, StoredCandidate
from stylecode import InvalidCode, check
from stylecode.grammar.lookalikes import LIKENESS
from stylecode.grammar.normalise import known_form

TWINS: Final = {"0": "O", "O": "0", "1": "I", "I": "1"}
"""Characters that many fonts print the same."""

FAINT: Final = 0.02
"""Look-alikes from this weight on are thought of, and what the reader itself gave that much."""

_PAIRED = 6  # of the likeliest single changes, two at once are tried


@dataclass(frozen=True, slots=True)
class Change:
    """Another character at a place; `odds` are its probability beside that of the one read."""

    place: int
    char: str
    odds: float


def odds(candidate: StoredCandidate, place: int, other: str) -> float:
    """How likely `other` is at a place, beside the character of the code; at most 1."""
    char = candidate.code[place]
    weight = LIKENESS.get(char, {}).get(other, 0.0)
    if place >= len(candidate.alternatives) or not candidate.alternatives[place]:
        return weight
    listed = _folded(candidate.alternatives[place])
    if other in listed:
        return min(1.0, listed[other] / max(listed.get(char, 0.0), 1e-6))
    return min(weight, max(0.0, 1.0 - sum(listed.values())))


def changes(candidate: StoredCandidate) -> list[Change]:
    """Single characters that may be others, the likeliest first."""
    found = [
        Change(place, other, odds(candidate, place, other))
        for place, char in enumerate(candidate.code)
        if char.isalnum()
        for other in _others(candidate, place)
    ]
    return sorted((change for change in found if change.odds > 0), key=lambda each: -each.odds)


def variants(candidate: StoredCandidate, most: int) -> tuple[StoredCandidate, ...]:
    """Codes that the candidate may stand for, the likeliest first; `confidence` is a prior.

    They fit a brand's shape where the candidate does. Their alternatives belong to their code.
    """
    single = changes(candidate)
    double = [pair for pair in combinations(single[:_PAIRED], 2) if pair[0].place != pair[1].place]
    made = [changed(candidate, *group) for group in (*((one,) for one in single), *double)]
    fitting = {each.code: each for each in made if fits(each.code, candidate.code)}
    return tuple(sorted(fitting.values(), key=lambda each: -each.confidence)[:most])


def changed(candidate: StoredCandidate, *those: Change) -> StoredCandidate:
    """The candidate with other characters; each stands first among its place's alternatives."""
    code, places = list(candidate.code), list(candidate.alternatives)
    confidence = candidate.confidence
    for change in those:
        code[change.place] = change.char
        confidence *= change.odds
        if change.place < len(places):
            places[change.place] = _first(places[change.place], change.char)
    return replace(
        candidate,
        code="".join(code),
        confidence=confidence,
        alternatives=tuple(places),
        witnesses=0,
    )


def fits(code: str, base: str) -> bool:
    """Whether `code` may be a style code, and has a brand's shape where `base` has one."""
    if known_form(base):
        return known_form(code) == code
    try:
        return check(code) == code
    except InvalidCode:
        return False


def twin_place(code: str, other: str) -> int | None:
    """Where the codes differ, if they are alike but for one 0 and O, or 1 and I; else None."""
    if len(code) != len(other):
        return None
    odd = [place for place, (a, b) in enumerate(zip(code, other, strict=True)) if a != b]
    return odd[0] if len(odd) == 1 and TWINS.get(code[odd[0]]) == other[odd[0]] else None


def _others(candidate: StoredCandidate, place: int) -> Iterator[str]:
    char = candidate.code[place]
    listed: dict[str, float] = {}
    if place < len(candidate.alternatives):
        listed = _folded(candidate.alternatives[place])
    alike = {other: weight for other, weight in LIKENESS.get(char, {}).items() if weight >= FAINT}
    for other in dict.fromkeys((*listed, *alike)):
        likely = other in alike or listed[other] >= FAINT
        if other != char and likely and len(other) == 1 and other.isascii() and other.isalnum():
            yield other


def _folded(alternatives: Alternatives) -> dict[str, float]:
    """Probabilities by upper-case character."""
    found: dict[str, float] = {}
    for char, probability in alternatives:
        found[char.upper()] = found.get(char.upper(), 0.0) + probability
    return found


def _first(alternatives: Alternatives, char: str) -> Alternatives:
    listed = dict(alternatives)
    probability = listed.pop(char, 0.0)
    return ((char, probability), *listed.items())
