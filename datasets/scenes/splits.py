"""Which surfaces and kinds of labels there are, and which of them are kept for measuring.

Fonts are split in `datasets.fonts.fonts`. Both splits share most surfaces and kinds; each has some
of its own, and the measuring side shows its own in about half of its photos.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from datasets.codes.types import DrawnCode
from datasets.scenes.labels import abroad, dense
from datasets.scenes.labels import negatives as bare
from datasets.scenes.labels import shoe_labels as labels
from datasets.scenes.labels.layout import Block
from datasets.scenes.labels.maker import Maker
from datasets.scenes.materials.surfaces import KINDS as SURFACES

Kind = Callable[[Maker], Block]

SCENE_KINDS: Mapping[Kind, float] = {
    labels.tongue: 26, labels.small: 8, labels.box_label: 16, labels.grid: 8, labels.hang_tag: 7,
    labels.quality: 9, labels.sticker: 4, labels.inverted: 6, dense.block: 10,
    dense.rows: 8, dense.size_head: 6, dense.coded_bars: 7, dense.spread: 5,
    dense.ledger: 8, dense.stamp: 8,
    abroad.tag: 12, abroad.european: 12, abroad.size_table: 12, abroad.ticket: 4,
}  # fmt: skip
NEGATIVES: Mapping[Kind, float] = {
    bare.care_text: 3, bare.sizes_only: 2, bare.dates_only: 2, bare.upc_only: 2, bare.receipt: 4,
    bare.box_end: 3, bare.contact: 2, bare.brand_only: 1, labels.sticker: 1, labels.quality: 2,
    labels.tongue: 2, labels.box_label: 1, dense.block: 3, dense.rows: 2, dense.poster: 2,
    abroad.tag: 2, abroad.european: 2, abroad.size_table: 2, abroad.ticket: 1,
}  # fmt: skip
BESIDE_CODES: Mapping[Kind, float] = {**NEGATIVES, dense.poster: 7}
IN_IDEOGRAPHS = frozenset({abroad.tag})
IN_KOREAN = frozenset({labels.quality, dense.rows, bare.receipt})

OWN_SURFACES: Mapping[str, tuple[str, ...]] = {
    "train": ("rubber", "perforated", "carpet"),
    "held_out": ("knit", "stone", "net"),
}
OWN_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "train": (
        *(labels.inverted, labels.grid),
        *(abroad.tag, abroad.european, abroad.size_table, abroad.ticket),
    ),
    "held_out": (dense.ledger, dense.stamp),
}
OWN_SHARE = 0.5


def surface_of(rng: random.Random, split: str) -> str:
    """A surface that this split may show."""
    others = OWN_SURFACES[_other(split)]
    if split == "held_out" and rng.random() < OWN_SHARE:
        return rng.choice(OWN_SURFACES[split])
    return rng.choice([kind for kind in SURFACES if kind not in others])


def choose(rng: random.Random, code: DrawnCode | None, split: str) -> Kind:
    """A kind of label of this split that suits this code (or the want of one)."""
    kinds = dict(SCENE_KINDS if code else NEGATIVES)
    if code and (code.quality_label or not code.label.isascii()):
        kinds[labels.quality] *= 4
        kinds[dense.rows] *= 4
    return _drawn(rng, kinds, split)


def beside(rng: random.Random, split: str) -> Kind:
    """A kind of printed matter that lies about beside the label in hand."""
    return _drawn(rng, dict(BESIDE_CODES), split)


def _drawn(rng: random.Random, kinds: dict[Kind, float], split: str) -> Kind:
    others = OWN_KINDS[_other(split)]
    allowed = {kind: weight for kind, weight in kinds.items() if kind not in others}
    mine = {kind: weight for kind, weight in allowed.items() if kind in OWN_KINDS[split]}
    if split == "held_out" and mine and rng.random() < OWN_SHARE:
        allowed = mine
    return rng.choices(list(allowed), list(allowed.values()))[0]


def _other(split: str) -> str:
    return "held_out" if split == "train" else "train"
