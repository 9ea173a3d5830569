"""Spans of a whole photo's lines that may be a code, weighed by what stands around them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from stylecode.labels import GOOD, NONE, brands_in, is_label_line
from stylecode.matching import Hit, hits
from stylecode.places import place_of
from stylecode.reading import Row, rows
from stylecode.types import ReadLine

SHAPELESS_BESIDE_SHAPE = -1.0
REACH = 2.4  # line heights from a label down to what it names
LOOKS = 0.7  # what a line's looks count beside its text, per nat
MOST_LOOKS = 2.5  # nats: looks alone neither make a code nor undo one


def photo_hits(lines: Sequence[ReadLine]) -> list[Hit]:
    """All spans of a photo's rows that may be a code, with everything that speaks for them."""
    there = rows(lines)
    brands = brands_in(row.bones for row in there)
    labels = _label_rows(there)
    found: list[Hit] = []
    for at, row in enumerate(there):
        for hit in hits(row, brands, _above(lines, there, labels, at)):
            found.append(replace(hit, logit=hit.logit + _looks(lines, hit)))
    if any(hit.shape is not None and hit.logit > 1 for hit in found):
        less = SHAPELESS_BESIDE_SHAPE
        found = [hit if hit.shape else replace(hit, logit=hit.logit + less) for hit in found]
    return found


def _label_rows(found: list[Row]) -> list[int]:
    return [at for at, row in enumerate(found) if row.atoms and is_label_line(row.bones)]


def _above(lines: Sequence[ReadLine], found: list[Row], labels: list[int], at: int) -> float:
    """The log-odds of a line over row `at` that is a label and nothing else."""
    if not found[at].atoms or at in labels:
        return NONE
    place = place_of(lines[found[at].atoms[0].line])
    if place is None:
        return GOOD if at - 1 in labels else NONE
    over = (place_of(lines[found[label].atoms[0].line]) for label in labels)
    return GOOD if any(label is not None and label.over(place, REACH) for label in over) else NONE


def _looks(lines: Sequence[ReadLine], hit: Hit) -> float:
    """The log-odds that the lines' pictures give: the likeliest of those that the span is on."""
    on = {atom.line for atom in hit.row.atoms[hit.first : hit.last]}
    seen = [like for at in on if (like := lines[at].codelike) is not None and 0 <= like <= 1]
    return max(map(_log_odds, seen), default=0.0)


def _log_odds(like: float) -> float:
    if not 0 < like < 1:
        return LOOKS * MOST_LOOKS * (1 if like else -1)
    return LOOKS * max(-MOST_LOOKS, min(MOST_LOOKS, math.log(like / (1 - like))))
