"""The style codes in what was read of a photo, best first.

Each candidate's confidence is `confidence_of(reading, logit)`: the probability that its characters
are the printed ones, times the plausibility that this place of the photo holds a style code.

- `reading` is the product over its characters of the reader's probability for that character,
  shared out among those that the shape allows there: a shape that wants a digit turns "0 or O"
  into a sure 0.
- `logit` adds up log-odds: the shape's strength, a label in front or above, brand words anywhere on
  the photo, how much the line's picture looks like a code's, less what does not fit (characters
  outside the shape, separators out of place).

Where the shape leaves two look-alikes open, both become candidates; so do the readings by another
shape of the same span, by how much less likely that shape is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stylecode.crop import crop_hits
from stylecode.matching import Hit
from stylecode.normalise import reduced
from stylecode.photo import photo_hits
from stylecode.reading import Atom, rows
from stylecode.shapes import ALNUM
from stylecode.types import Alternatives, RankedCode, ReadLine

_MOST_HITS = 10
_LEAST_LOGIT = -3.0
_LEAST_CONFIDENCE = 0.035
_LEAST_SHAPELESS = 0.2  # clutter read as letters and digits is mostly of no shape
_LEAST_SHAPELESS_PLACE = 0.3
_LEAST_FIRST = 0.24  # confidence of the best code, else the photo shows none,
_LIKELY_PLACE = 0.7  # unless there is a code, only hard to read
_LEAST_SHARE = 0.03  # of the best reading of a span, for another reading to be offered
_MOST_READINGS = 6
_MOST_CHOICES = 4
_SURE = 0.8  # a code read so surely leaves room on other lines only for
_RIVAL = 0.2  # codes of this confidence, such as a second tag's
_CLEARLY = 1.0  # log-odds by which one of two overlapping spans has to be ahead
_SUREST = 0.999
_HARDLY_LESS = 0.85
_PRINTABLE = " -._/:#"
_LISTED = 6  # alternatives handed out for one character


def rank(lines: Sequence[ReadLine], crop: bool = False, limit: int = 5) -> tuple[RankedCode, ...]:
    """Up to `limit` codes, best first; an empty tuple where nothing is plausible. Never raises.

    `crop` says that the picture shows one code: each line is then a code as it stands, less a
    label in front and cut neighbours, and negatives are not looked for.
    """
    if crop:
        found = [hit for row in rows(lines, joined=False) for hit in crop_hits(row)]
    else:
        found = photo_hits(lines)
    shortlist = _shortlist(found)
    best = _best_of_spans(shortlist)
    readings = [one for hit in shortlist for one in _readings(hit, best[hit.span])]
    merged = [reading for reading in _merged(readings) if crop or _plausible(reading)]
    merged = _whole_first(merged)
    if not crop and not any(map(_stands, merged)):
        return ()
    if not crop and merged and merged[0].confidence > _SURE:
        merged = [reading for reading in merged if _rivals(reading, merged[0])]
    return tuple(_ranked(reading) for reading in merged[: max(0, limit)])


def confidence_of(reading: float, logit: float) -> float:
    """Confidence in 0..1 from the reading's probability and the place's log-odds.

    The one place where both meet; a calibration is fitted here.
    """
    return reading / (1.0 + math.exp(-logit))


def _shortlist(found: list[Hit]) -> list[Hit]:
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
    if hit.shape is not None and better.shape is None:
        return better.logit - hit.logit > _CLEARLY
    return better.holds(hit) or better.logit - hit.logit > _CLEARLY


@dataclass(frozen=True, slots=True)
class _Reading:
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


def _best_of_spans(found: Iterable[Hit]) -> dict[tuple[int, int, int], Hit]:
    """Each span's likeliest shape."""
    best: dict[tuple[int, int, int], Hit] = {}
    for hit in found:
        known = best.setdefault(hit.span, hit)
        if hit.logit - hit.doubt > known.logit - known.doubt:
            best[hit.span] = hit
    return best


def _readings(hit: Hit, best: Hit) -> Iterable[_Reading]:
    """The span as it is likeliest read, and again with its likely other characters.

    `best` has the span's likeliest shape: shapes of one span share its plausibility, a less likely
    one takes the lesser part.
    """
    part = math.exp(min(0.0, hit.logit - hit.doubt - best.logit + best.doubt))
    if part < _LEAST_SHARE:
        return []
    beam = [("", part)]
    for at, atom in enumerate(hit.row.atoms[hit.first : hit.last]):
        choices = _choices(atom, hit.shape.slots[at] if hit.shape else ALNUM)
        longer = [
            (chars + char, so_far * share) for chars, so_far in beam for char, share in choices
        ]
        longer.sort(key=lambda one: -one[1])
        beam = [one for one in longer[:_MOST_READINGS] if one[1] >= _LEAST_SHARE * longer[0][1]]
    place = confidence_of(1.0, best.logit)
    return [_Reading(hit, chars, confidence_of(share, best.logit), place) for chars, share in beam]


def _choices(atom: Atom, allowed: frozenset[str]) -> list[tuple[str, float]]:
    """Characters for one place with their share of what the place allows, best first."""
    if len(allowed) == 1:
        return [(next(iter(allowed)), 1.0)]
    ordered = [one for one in atom.weights if one[0] in allowed][:_MOST_CHOICES]
    alone = atom.char in allowed and len(atom.listed) == 1
    whole = max(1.0 if alone else atom.mass(allowed), ordered[0][1])
    return [(char, weight / whole) for char, weight in ordered if weight >= _LEAST_SHARE * whole]


def _rivals(reading: _Reading, best: _Reading) -> bool:
    return reading.hit.row.level == best.hit.row.level or reading.confidence >= _RIVAL


def _stands(reading: _Reading) -> bool:
    """Whether the reading is reason enough to say that the photo shows a code at all."""
    if reading.place >= _LIKELY_PLACE:
        return True
    least = _LEAST_FIRST if reading.hit.shape else _LEAST_SHAPELESS_PLACE
    return reading.place >= least and reading.confidence >= _LEAST_FIRST


def _plausible(reading: _Reading) -> bool:
    """Whether the reading is worth a place behind a better one."""
    least = _LEAST_CONFIDENCE if reading.hit.shape else _LEAST_SHAPELESS
    return reading.confidence >= least


def _merged(readings: Iterable[_Reading]) -> list[_Reading]:
    """One reading a code; seen in several rows it becomes surer. Best first."""
    seen: dict[str, dict[int, _Reading]] = {}
    for reading in readings:
        places = seen.setdefault(reading.chars, {})
        known = places.get(reading.hit.row.level)
        if known is None or reading.confidence > known.confidence:
            places[reading.hit.row.level] = reading
    merged: list[_Reading] = []
    for places in seen.values():
        doubt = math.prod(1.0 - reading.confidence for reading in places.values())
        best = max(places.values(), key=lambda reading: reading.confidence)
        merged.append(replace(best, confidence=min(_SUREST, 1.0 - doubt)))
    return sorted(merged, key=lambda reading: reading.order)


def _whole_first(merged: list[_Reading]) -> list[_Reading]:
    """The best reading, or a longer one of the brand that holds it and is hardly less sure.

    Some brands print a colour behind the code: it belongs to it where it can be read.
    """
    shape = merged[0].hit.shape if merged else None
    if shape is None:
        return merged
    best = merged[0]
    for at, other in enumerate(merged[1:], 1):
        same = other.hit.shape is not None and other.hit.shape.brands == shape.brands
        longer = other.hit.row is best.hit.row and len(other.chars) > len(best.chars)
        begins = other.chars.startswith(best.chars) and other.hit.holds(best.hit)
        if same and longer and begins and other.confidence >= _HARDLY_LESS * best.confidence:
            return [other, *merged[:at], *merged[at + 1 :]]
    return merged


def _ranked(reading: _Reading) -> RankedCode:
    hit = reading.hit
    atoms = hit.row.atoms[hit.first : hit.last]
    code, alternatives = _spelled(hit, reading.chars)
    last = [atom for atom in atoms if atom.line == atoms[0].line][-1]
    return RankedCode(
        code=code,
        confidence=reading.confidence,
        line=atoms[0].line,
        start=atoms[0].index,
        end=last.index + 1,
        brand=hit.shape.brand if hit.shape else "",
        printed=_printed(hit, reading.chars),
        alternatives=alternatives,
    )


def _spelled(hit: Hit, chars: str) -> tuple[str, tuple[Alternatives, ...]]:
    """The display form, and for each of its characters what else was likely there."""
    code = ""
    alternatives: list[Alternatives] = []
    atoms = hit.row.atoms[hit.first : hit.last]
    for place, (atom, char) in enumerate(zip(atoms, chars, strict=True)):
        gap = reduced(_gap_before(hit, place)) if place else ""
        if hit.shape is not None and place:
            gap = hit.shape.shown(place, gap)
        elif gap not in _PRINTABLE:
            gap = " "
        code += gap + char
        alternatives += [()] * len(gap)
        alternatives.append(_other_chars(atom, char))
    return code, tuple(alternatives)


def _printed(hit: Hit, chars: str) -> str:
    """The chosen characters with what stands between them on the tag."""
    atoms = hit.row.atoms[hit.first : hit.last]
    gaps = ["", *(_gap_before(hit, place) for place in range(1, len(atoms)))]
    return "".join(gap + char for gap, char in zip(gaps, chars, strict=True))


def _gap_before(hit: Hit, place: int) -> str:
    """The row's text between a place and the one before."""
    before, atom = hit.row.atoms[hit.first + place - 1], hit.row.atoms[hit.first + place]
    return hit.row.text[before.column + 1 : atom.column]


def _other_chars(atom: Atom, char: str) -> Alternatives:
    """The chosen character first, then the others that the reader or the eye may mean."""
    chosen = next((weight for other, weight in atom.weights if other == char), 0.0)
    others = [one for one in atom.weights if one[0] != char and one[1] > 0]
    return ((char, chosen), *others[: _LISTED - 1])
