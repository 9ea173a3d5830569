"""How much an operator's word on a photo would teach: what is doubtful or contradicts comes first.

A sum of a few signs, each of which is told as a reason. What operators said ends it, unless they
contradict each other: then the photo comes up again, before all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from storage.label_types import PhotoLabel, PhotoVerdict
from storage.types import Interaction, Quad, Status, StoredReading
from stylecode import key as code_key


class Doubt(StrEnum):
    """Why a photo is worth a look."""

    LABELS = "labels"  # operators contradict each other
    PERSON = "person"  # either the reader or the person is wrong, and the photo tells who
    READERS = "readers"  # one of the two is wrong
    REFUSED = "refused"  # the reader is wrong, and nobody has said what would be right
    NONE = "none"  # a code may have been missed; most photos without one show none
    UNSURE = "unsure"  # the reader says so itself
    RARE = "rare"  # hardly any of its brand was labelled: who knows all photos says so


_WORTH_OF = {
    Doubt.LABELS: 3.0,  # before all that the other signs can come to together
    Doubt.PERSON: 0.9,
    Doubt.REFUSED: 0.7,
    Doubt.READERS: 0.6,
    Doubt.NONE: 0.5,
}
_LEAST_UNSURE = 0.1
"""One reading in ten of this confidence is wrong; surer ones are not worth a look for it."""


def worth(
    row: Interaction, reading: StoredReading, labels: Sequence[PhotoLabel]
) -> tuple[float | None, tuple[str, ...]]:
    """The worth, None where an operator's word is there, and the reasons, the weightiest first."""
    words = {_word(label) for label in newest_words(labels) if not label.weak}
    if len(words) == 1:
        return None, ()
    found = dict(_signs(row, reading))
    if words:
        found[Doubt.LABELS] = _WORTH_OF[Doubt.LABELS]
    order = sorted(found, key=lambda reason: -found[reason])
    return round(sum(found.values()), 4), tuple(order)


def newest_words(labels: Sequence[PhotoLabel]) -> list[PhotoLabel]:
    """Of each author the last label, oldest first: a later one takes the earlier one back."""
    last = {label.author: label for label in labels}
    return sorted(last.values(), key=lambda label: label.created_at)


def _word(label: PhotoLabel) -> tuple[PhotoVerdict, str]:
    return label.verdict, code_key(label.code or "")


def _signs(row: Interaction, reading: StoredReading) -> list[tuple[str, float]]:
    first = row.current[0] if row.current else None
    signs: list[tuple[str, float]] = []
    if first is None:
        signs.append((Doubt.NONE, _WORTH_OF[Doubt.NONE]))
    elif 1 - first.confidence >= _LEAST_UNSURE:
        signs.append((Doubt.UNSURE, 1 - first.confidence))
    said = row.code and code_key(row.code)
    if said and (first is None or said != code_key(first.code)):
        signs.append((Doubt.PERSON, _WORTH_OF[Doubt.PERSON]))
    if row.status is Status.REFUSED:
        signs.append((Doubt.REFUSED, _WORTH_OF[Doubt.REFUSED]))
    if first is not None and _disagree(first.quad, reading):
        signs.append((Doubt.READERS, _WORTH_OF[Doubt.READERS]))
    return signs


def _disagree(quad: Quad | None, reading: StoredReading) -> bool:
    """Whether the readers made different things of the line with the first candidate."""
    return any(len({code_key(text) for text in line.said}) > 1 for line in reading.at(quad))
