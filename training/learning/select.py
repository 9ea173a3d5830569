"""Which photos an operator should look at next: uncertain ones, of kinds that are new and frequent.

The product of three: how doubtful the reading is (`storage.worth`), how little of its brand has
been labelled, and how much people send of it. A tenth of what is met is what a tenth of the work
should go to; the square roots keep one large brand from taking all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from storage.label_types import TaughtPhoto, WorthOf
from storage.store import Store
from storage.worth import Doubt
from stylecode import brand_of

_FEW = 20  # labels of a brand; with fewer it is told as rare


@dataclass(frozen=True, slots=True)
class Selected:
    """A photo to look at, its score, and why."""

    interaction: int
    score: float
    reasons: tuple[str, ...]


async def select(store: Store, number: int, *, queue: bool = True) -> tuple[Selected, ...]:
    """The best `number`, best first; `queue` puts the pages' queue in that order, too."""
    photos: list[TaughtPhoto] = []
    after = 0
    while some := await store.labels.lessons(after):
        after = some[-1].row.id
        photos += some
    found = scored(photos)
    if queue:
        worths: WorthOf = {one.interaction: (one.score, one.reasons) for one in found}
        await store.labels.reweigh(worths)
    return tuple(found[:number])


def scored(photos: Sequence[TaughtPhoto]) -> list[Selected]:
    """Those that an operator's word is still missing of, best first."""
    brands = [_brand(photo) for photo in photos]
    sent = Counter(brands)
    labelled = Counter(
        brand
        for brand, photo in zip(brands, photos, strict=True)
        if any(not label.weak for label in photo.labels)
    )
    found = []
    for brand, photo in zip(brands, photos, strict=True):
        if photo.worth is None:
            continue
        reasons = photo.worth.reasons
        doubt = photo.worth.worth or (1 - _confidence(photo))
        novelty = (1 + labelled[brand]) ** -0.5
        frequency = (sent[brand] / len(photos)) ** 0.5
        if labelled[brand] < _FEW and Doubt.RARE not in reasons:
            reasons = (*reasons, Doubt.RARE)
        score = round(doubt * novelty * frequency, 6)
        found.append(Selected(photo.row.id, score, reasons))
    return sorted(found, key=lambda one: (-one.score, one.interaction))


def _brand(photo: TaughtPhoto) -> str:
    first = photo.row.current[0].code if photo.row.current else ""
    return photo.row.fields.brand or brand_of(photo.row.code or first) or ""


def _confidence(photo: TaughtPhoto) -> float:
    return photo.row.current[0].confidence if photo.row.current else 0.0
