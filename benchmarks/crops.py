"""Accuracy and time on crops of one code each: a folder of real ones, and drawn ones."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.tables import percent, quantile, table
from recognizer.pipeline import Pipeline
from recognizer.types import Photo
from stylecode import key
from training.crops.draw import draw_crop
from training.fonts import FontPool


@dataclass(frozen=True, slots=True)
class LabelledCrop:
    """An HxWx3 RGB crop with what stands on it; any of `truths` counts as right."""

    name: str
    pixels: NDArray[np.uint8]
    truths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CropResult:
    """What was read on one crop, best first, and how long it took."""

    crop: LabelledCrop
    codes: tuple[str, ...]
    confidence: float
    ms: float

    def right_within(self, first: int) -> bool:
        """Whether one of the first codes is right, A-Z0-9 compared."""
        truths = {key(truth) for truth in self.crop.truths}
        return any(key(code) in truths for code in self.codes[:first])

    @property
    def as_printed(self) -> bool:
        """Whether the first code has the print's punctuation too, spaces ignored."""
        truths = {truth.replace(" ", "") for truth in self.crop.truths}
        return bool(self.codes) and self.codes[0].replace(" ", "") in truths


def labelled_crops(folder: Path) -> list[LabelledCrop]:
    """Crops named in `labels.tsv` (columns file, printed, code); pixels as stored, EXIF ignored."""
    crops = []
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
            picture = cv2.imread(str(folder / row["file"]), flags)
            if picture is None:
                raise FileNotFoundError(folder / row["file"])
            pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
            crops.append(LabelledCrop(row["file"], pixels, (row["code"], row["printed"])))
    return crops


def drawn_crops(pool: FontPool, count: int, seed: int, hard: float) -> list[LabelledCrop]:
    """Drawn crops in fonts that training never sees."""
    rng = np.random.default_rng(seed)
    crops = []
    for i in range(count):
        drawn = draw_crop(rng, pool, hard * float(rng.uniform(0.25, 1.0)), "held_out")
        pixels = np.repeat(drawn.pixels[..., None], 3, axis=2)
        crops.append(LabelledCrop(f"drawn {i}", pixels, (drawn.text,)))
    return crops


def read_crops(pipeline: Pipeline, crops: Iterable[LabelledCrop]) -> list[CropResult]:
    """Read each crop on its own, as `--crop` does."""
    results = []
    for crop in crops:
        started = time.perf_counter()
        candidates = pipeline.read_crop(Photo(crop.pixels)).candidates
        ms = (time.perf_counter() - started) * 1000
        codes = tuple(candidate.code for candidate in candidates)
        results.append(CropResult(crop, codes, candidates[0].confidence if codes else 0.0, ms))
    return results


def report(title: str, results: Sequence[CropResult]) -> str:
    """One table row of figures, with its header."""
    count = len(results)
    times = [result.ms for result in results]
    row = [
        title,
        str(count),
        percent(sum(r.right_within(1) for r in results) / count),
        percent(sum(r.right_within(3) for r in results) / count),
        percent(sum(r.as_printed for r in results) / count),
        f"{quantile(times, 0.5):.0f} / {quantile(times, 0.95):.0f}",
    ]
    header = ["crops", "count", "exact", "in first 3", "exact as printed", "ms p50 / p95"]
    return table(header, [row])


def faults(results: Sequence[CropResult]) -> list[str]:
    """A line for each crop whose first code is wrong."""
    return [
        f"{r.crop.name}: {r.crop.truths[0]} read as {', '.join(r.codes) or 'nothing'}"
        for r in results
        if not r.right_within(1)
    ]
