"""Accuracy and time on crops of one code each: a folder of real ones, and drawn ones."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.truths import is_right
from recognizer.pipeline import Pipeline
from recognizer.types import Photo
from stylecode.labels import LABELS
from training.crops.draw import CropSource
from training.crops.settings import V2
from training.fonts import FontPool

# Only what a person would cut out: codes, and a fifth of random strings against reading by habit.
# A version of its own, so that readers trained with later ones are still compared on one set.
DRAWN = replace(V2, version="bench", codes=0.8, random_strings=0.2, swaps=0.0, unreadable=0.0)
_LABEL = re.compile(rf"^(?:(?:{'|'.join(LABELS)})(?:[ -]NO)?|NO|)(?:[.:#]+ ?| )(?=\S)")


@dataclass(frozen=True, slots=True)
class LabelledCrop:
    """An HxWx3 RGB crop with what stands on it; any of `truths` counts as right."""

    name: str
    pixels: NDArray[np.uint8]
    truths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CropResult:
    """What was read on one crop, best first, and how long it took.

    `confidence` is the first code's, `printed` the same with the separators of the tag (empty: the
    code itself); `text` is what the reader saw before any rules for codes.
    """

    crop: LabelledCrop
    codes: tuple[str, ...]
    confidence: float
    ms: float
    text: str = ""
    printed: str = ""

    @property
    def as_read(self) -> Self:
        """The same with the text as it was read for its only code."""
        return replace(self, codes=(self.text,) if self.text else (), printed=self.text)

    def right_within(self, first: int) -> bool:
        """Whether one of the first codes is right, A-Z0-9 compared."""
        return any(is_right(code, self.crop.truths) for code in self.codes[:first])

    @property
    def as_printed(self) -> bool:
        """Whether the first code has the print's case and punctuation too, spaces ignored."""
        truths = {truth.replace(" ", "") for truth in self.crop.truths}
        first = self.printed or self.codes[0] if self.codes else ""
        return bool(first) and first.replace(" ", "") in truths


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
    source = CropSource(pool, DRAWN, "held_out")
    crops = []
    for i, drawn in enumerate(source.draw(np.random.default_rng(seed), count, hard)):
        pixels = np.repeat(drawn.pixels[..., None], 3, axis=2)
        truths = (without_label(drawn.text), drawn.text)
        crops.append(LabelledCrop(f"drawn {i}", pixels, truths))
    return crops


def without_label(text: str) -> str:
    """A drawn line less the label in front of its code."""
    return _LABEL.sub("", text)


def read_crops(pipeline: Pipeline, crops: Iterable[LabelledCrop]) -> list[CropResult]:
    """Read each crop on its own, as `--crop` does."""
    return [read_crop(pipeline, crop) for crop in crops]


def read_crop(pipeline: Pipeline, crop: LabelledCrop) -> CropResult:
    """Read one crop, timed from its pixels to its candidates."""
    started = time.perf_counter()
    reading = pipeline.read_crop(Photo(crop.pixels))
    ms = (time.perf_counter() - started) * 1000
    codes = tuple(candidate.code for candidate in reading.candidates)
    confidence = reading.candidates[0].confidence if codes else 0.0
    printed = reading.candidates[0].printed if codes else ""
    text = reading.regions[0].text if reading.regions else ""
    return CropResult(crop, codes, confidence, ms, text, printed)


def faults(results: Sequence[CropResult]) -> list[str]:
    """A line for each crop whose first code is wrong."""
    return [
        f"{r.crop.name}: {r.crop.truths[0]} read as {', '.join(r.codes) or 'nothing'}"
        for r in results
        if not r.right_within(1)
    ]
