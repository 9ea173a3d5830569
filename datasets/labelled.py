"""Crops of one code each, with what stands on them: a folder of real ones, and drawn ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.draw import CropSource
from datasets.crops.settings import V2
from datasets.fonts.fonts import FontPool
from stylecode.tag.labels import LABELS

# Only what a person would cut out: codes, and a fifth of random strings against reading by habit.
# A version of its own, so that readers trained with later ones are still compared on one set.
DRAWN_CROPS = replace(V2, version="bench", codes=0.8, random_strings=0.2, swaps=0.0, unreadable=0.0)
HARDNESS = (0.4, 0.7, 1.0)  # real tags are of all kinds
_LABEL = re.compile(rf"^(?:(?:{'|'.join(LABELS)})(?:[ -]NO)?|NO|)(?:[.:#]+ ?| )(?=\S)")


@dataclass(frozen=True, slots=True)
class LabelledCrop:
    """An HxWx3 RGB crop with what stands on it; any of `truths` counts as right."""

    name: str
    pixels: NDArray[np.uint8]
    truths: tuple[str, ...]

    @property
    def grey(self) -> NDArray[np.uint8]:
        """The crop as HxW grey."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def labelled_crops(folder: Path) -> list[LabelledCrop]:
    """Crops named in `labels.tsv` (columns file, and printed or code or both).

    Pixels as stored, EXIF ignored. Raises FileNotFoundError.
    """
    crops = []
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
            picture = cv2.imread(str(folder / row["file"]), flags)
            if picture is None:
                raise FileNotFoundError(folder / row["file"])
            pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
            truths = tuple(filter(None, (row.get("code"), row.get("printed"))))
            crops.append(LabelledCrop(row["file"], pixels, truths))
    return crops


def drawn_crops(pool: FontPool, count: int, seed: int, hard: float) -> list[LabelledCrop]:
    """Drawn crops of codes in fonts that training never sees; a label in front may be left out."""
    source = CropSource(pool, DRAWN_CROPS, "held_out")
    crops = []
    for i, drawn in enumerate(source.draw(np.random.default_rng(seed), count, hard)):
        pixels = np.repeat(drawn.pixels[..., None], 3, axis=2)
        truths = (without_label(drawn.text), drawn.text)
        crops.append(LabelledCrop(f"drawn {i}", pixels, truths))
    return crops


def crops_of_all_kinds(pool: FontPool, count: int, seed: int) -> Iterator[LabelledCrop]:
    """About `count` drawn crops, as many of each of HARDNESS, each with a seed of its own."""
    for number, hard in enumerate(HARDNESS):
        yield from drawn_crops(pool, count // len(HARDNESS), seed + number, hard)


def without_label(text: str) -> str:
    """A drawn line less the label in front of its code."""
    return _LABEL.sub("", text)
