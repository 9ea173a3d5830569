"""Accuracy and time on crops of one code each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from datasets.labelled import LabelledCrop
from datasets.truths import is_right
from recognizer.pipeline import Pipeline
from recognizer.types import Photo


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
