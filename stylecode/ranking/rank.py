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

from collections.abc import Sequence
from dataclasses import replace

from stylecode.ranking.crop import crop_hits
from stylecode.ranking.handout import handed_out
from stylecode.ranking.matching import Hit
from stylecode.ranking.photo import photo_hits
from stylecode.ranking.weighing import Reading, best_of_spans, merge, readings_of, shortlist
from stylecode.ranking.whole import goes_on, whole_first
from stylecode.tag.brand_words import brands_in
from stylecode.tag.reading import rows
from stylecode.types import RankedCode, ReadLine

_LEAST_OFFERED = 0.035
_LEAST_SHAPELESS = 0.2  # clutter read as letters and digits is mostly of no shape
_LEAST_SHAPELESS_PLACE = 0.3
_LEAST_FIRST = 0.24  # confidence of the best code, else the photo shows none,
_LIKELY_PLACE = 0.7  # unless there is a code, only hard to read
_SURE_CODE = 0.8  # a code read so surely leaves room on other lines only for
_RIVAL_CODE = 0.2  # codes of this confidence, such as a second tag's
_FILLED = 3  # readings to choose from, if there are so many at all
_MOST_SPARE = 20  # hits that are looked through for them
_SPARE = 0.001  # what remains of the confidence of one that only fills the list


def rank(lines: Sequence[ReadLine], crop: bool = False, limit: int = 5) -> tuple[RankedCode, ...]:
    """Up to `limit` codes, best first; an empty tuple where nothing is plausible. Never raises.

    `crop` says that the picture shows one code: each line is then a code as it stands, less a
    label in front and cut neighbours, and negatives are not looked for.
    """
    found = spans_of(lines, crop)
    shown = shortlist(found)
    merged = [one for one in _read(shown) if crop or _plausible(one)]
    merged = [*whole_first(merged, _whole_of)]
    if not crop and not any(map(_stands, merged)):
        return ()
    if not crop and merged[0].confidence > _SURE_CODE:
        merged = [reading for reading in merged if _rivals(reading, merged[0])]
    if not crop and len(merged) < _FILLED:
        merged += _spare(found, merged)
    return tuple(handed_out(reading) for reading in merged[: max(0, limit)])


def spans_of(lines: Sequence[ReadLine], crop: bool = False) -> list[Hit]:
    """All spans of the lines that may be a code; `crop` as for `rank`."""
    if not crop:
        return photo_hits(lines)
    alone = rows(lines, joined=False)
    named = brands_in(row.bones for row in alone)
    return [replace(hit, named=named) for row in alone for hit in crop_hits(row)]


def _read(found: Sequence[Hit]) -> list[Reading]:
    """The readings of all hits, best first."""
    best = best_of_spans(found)
    return merge(one for hit in found for one in readings_of(hit, best[hit.span]))


def _spare(found: Sequence[Hit], chosen: Sequence[Reading]) -> list[Reading]:
    """What else could be meant where fewer than three readings are worth their place.

    Such as a part of the best code, or the same with its neighbour: seldom right, so hardly sure.
    """
    there = {reading.chars for reading in chosen}
    likely = sorted(found, key=lambda hit: -hit.logit)[:_MOST_SPARE]
    others = [one for one in _read(likely) if one.chars not in there]
    spare = others[: _FILLED - len(chosen)]
    return [replace(one, confidence=_SPARE * one.confidence) for one in spare]


def _rivals(reading: Reading, best: Reading) -> bool:
    return reading.hit.row.level == best.hit.row.level or reading.confidence >= _RIVAL_CODE


def _stands(reading: Reading) -> bool:
    """Whether the reading is reason enough to say that the photo shows a code at all."""
    if reading.place >= _LIKELY_PLACE:
        return True
    least = _LEAST_FIRST if reading.hit.shape else _LEAST_SHAPELESS_PLACE
    return reading.place >= least and reading.confidence >= _LEAST_FIRST


def _plausible(reading: Reading) -> bool:
    """Whether the reading is worth a place behind a better one."""
    least = _LEAST_OFFERED if reading.hit.shape else _LEAST_SHAPELESS
    return reading.confidence >= least


def _of_one_row(whole: Hit, part: Hit) -> bool:
    """Whether one span holds the other, or they are in two readings of the same lines."""
    if whole.row is part.row:
        return whole.holds(part)
    return whole.row.level == part.row.level or part.lines <= whole.lines


def _whole_of(other: Reading, best: Reading) -> bool:
    """Whether one reading is the other and what a brand of both prints behind it, in one row."""
    one, two = other.hit.shape, best.hit.shape
    if one is None or two is None or not _of_one_row(other.hit, best.hit):
        return False
    return goes_on(best.chars, two.brands, other.chars, one.brands)
