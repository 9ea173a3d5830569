"""How spans that may be a code are read: which characters, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stylecode.grammar.patterns import ALNUM
from stylecode.grammar.shapes import kin
from stylecode.ranking.matching import Hit
from stylecode.tag.reading import Atom

_MOST_HITS = 10
_LEAST_LOGIT = -3.0
_LEAST_PART = 0.03  # of the best reading of a span, for another reading to be offered
_MOST_READINGS = 6
_MOST_CHOICES = 4
_CLEARLY_AHEAD = 1.0  # log-odds by which one of two overlapping spans has to be ahead
_SUREST = 0.999


def confidence_of(reading: float, logit: float) -> float:
    """Confidence in 0..1 from the reading's probability and the place's log-odds.

    The one place where both meet; a calibration is fitted here.
    """
    return reading / (1.0 + math.exp(-logit))


def shortlist(found: list[Hit]) -> list[Hit]:
    """The likeliest hits; of overlapping spans the clearly better or the longer one stays."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (-hit.logit, hit.first - hit.last)):
        if hit.logit < _LEAST_LOGIT or len(kept) == _MOST_HITS:
            break
        if not any(_beats(better, hit) for better in kept):
            kept.append(hit)
    return kept


def _beats(better: Hit, hit: Hit) -> bool:
    if better.span == hit.span or not better.overlaps(hit):
        return False  # shapes of one span are weighed against each other when it is read
    if _adds_to(hit, better):
        return False
    if hit.shape is not None and better.shape is None:
        return better.logit - hit.logit > _CLEARLY_AHEAD
    return better.holds(hit) or better.logit - hit.logit > _CLEARLY_AHEAD


def _adds_to(hit: Hit, part: Hit) -> bool:
    """Whether a span is another one and what its brand prints behind it, such as a colour."""
    if hit.shape is None or part.shape is None or not hit.holds(part):
        return False
    behind = part.last - part.first
    related = kin(hit.shape.brands, part.shape.brands)
    return hit.first == part.first and related and behind in hit.shape.gaps


@dataclass(frozen=True, slots=True)
class Reading:
    """Characters chosen for a span, and how sure that is."""

    hit: Hit
    chars: str
    confidence: float
    place: float  # how likely the span holds a code, 0..1

    @property
    def order(self) -> tuple[float, int, int, str]:
        """Best first, then in reading order."""
        atom = self.hit.row.atoms[self.hit.first]
        return -self.confidence, atom.line, atom.index, self.chars


def best_of_spans(found: Iterable[Hit]) -> dict[tuple[int, int, int], Hit]:
    """Each span's likeliest shape."""
    best: dict[tuple[int, int, int], Hit] = {}
    for hit in found:
        known = best.setdefault(hit.span, hit)
        if hit.logit - hit.doubt > known.logit - known.doubt:
            best[hit.span] = hit
    return best


def readings_of(hit: Hit, best: Hit) -> list[Reading]:
    """The span as it is likeliest read, and again with its likely other characters.

    `best` has the span's likeliest shape: shapes of one span share its plausibility, a less likely
    one takes the lesser part.
    """
    part = math.exp(min(0.0, hit.logit - hit.doubt - best.logit + best.doubt))
    if part < _LEAST_PART:
        return []
    beam = [("", part)]
    for at, atom in enumerate(hit.row.atoms[hit.first : hit.last]):
        choices = _choices(atom, hit.shape.slots[at] if hit.shape else ALNUM)
        longer = [
            (chars + char, so_far * share) for chars, so_far in beam for char, share in choices
        ]
        longer.sort(key=lambda one: -one[1])
        beam = [one for one in longer[:_MOST_READINGS] if one[1] >= _LEAST_PART * longer[0][1]]
    place = confidence_of(1.0, best.logit)
    return [Reading(hit, chars, confidence_of(share, best.logit), place) for chars, share in beam]


def _choices(atom: Atom, allowed: frozenset[str]) -> list[tuple[str, float]]:
    """Characters for one place with their share of what the place allows, best first."""
    if len(allowed) == 1:
        return [(next(iter(allowed)), 1.0)]
    ordered = [one for one in atom.weights if one[0] in allowed][:_MOST_CHOICES]
    alone = atom.char in allowed and len(atom.listed) == 1
    whole = max(1.0 if alone else atom.mass(allowed), ordered[0][1])
    return [(char, weight / whole) for char, weight in ordered if weight >= _LEAST_PART * whole]


def merge(readings: Iterable[Reading]) -> list[Reading]:
    """One reading a code; seen in several rows it becomes surer. Best first."""
    seen: dict[str, dict[int, Reading]] = {}
    for reading in readings:
        places = seen.setdefault(reading.chars, {})
        known = places.get(reading.hit.row.level)
        if known is None or reading.confidence > known.confidence:
            places[reading.hit.row.level] = reading
    merged: list[Reading] = []
    for places in seen.values():
        doubt = math.prod(1.0 - reading.confidence for reading in places.values())
        best = max(places.values(), key=lambda reading: reading.confidence)
        merged.append(replace(best, confidence=min(_SUREST, 1.0 - doubt)))
    return sorted(merged, key=lambda reading: reading.order)
