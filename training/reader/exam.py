"""Crops to measure readers on: drawn ones in fonts that training never sees, and real ones.

Drawn ones always come from the newest version of the generator, so that readers trained on
different versions are measured on the same pictures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datasets.crops.draw import CropSource, DrawnCrop
from datasets.crops.settings import CURRENT, CropSettings
from datasets.fonts.fonts import FontPool
from datasets.labelled import labelled_crops
from datasets.truths import distance, is_right
from training.reader.batches import stream_rng

Grey = NDArray[np.uint8]
EXAM_SEED = 4099  # of drawn exams; no recipe's seed, so that nothing was seen before
HASHED = 256  # crops that a data hash is taken over


@dataclass(frozen=True, slots=True)
class Exam:
    """HxW grey crops, and for each the texts that count as right.

    `generator` is the version that drew them ("" for real ones), `digest` twelve hex digits over
    pixels and texts, so that two measurements can be seen to be of the same pictures.
    """

    name: str
    crops: tuple[Grey, ...]
    truths: tuple[tuple[str, ...], ...]
    generator: str = ""
    digest: str = ""

    def right(self, texts: Sequence[str]) -> list[bool]:
        """Which readings are right: A-Z0-9 compared, letter case folded, all else left out."""
        return [is_right(text, truths) for text, truths in zip(texts, self.truths, strict=True)]

    def exact(self, texts: Sequence[str]) -> float:
        """The share (0..1) of readings that are right."""
        return sum(self.right(texts)) / len(self.crops)

    def distance(self, texts: Sequence[str]) -> float:
        """The mean Levenshtein distance to the nearest truth over the longer one's length, 0..1.

        A-Z0-9 compared, as in `right`.
        """
        nearest = [distance(text, truths) for text, truths in zip(texts, self.truths, strict=True)]
        return float(np.mean(nearest))


def drawn_exam(pool: FontPool, count: int, settings: CropSettings = CURRENT) -> Exam:
    """`count` crops of all difficulties in held-out fonts."""
    source = CropSource(pool, settings, "held_out")
    drawn = list(source.draw(np.random.default_rng(EXAM_SEED), count))
    return Exam(
        "drawn, unseen fonts",
        tuple(crop.pixels for crop in drawn),
        tuple((crop.text,) for crop in drawn),
        settings.version,
        digest(drawn),
    )


def real_exam(folder: Path) -> Exam:
    """The crops of a folder with `labels.tsv`, code or print accepted."""
    found = labelled_crops(folder)
    grey = [one.grey for one in found]
    truths = tuple(one.truths for one in found)
    named = [DrawnCrop(g, "\t".join(t)) for g, t in zip(grey, truths, strict=True)]
    return Exam("real", tuple(grey), truths, digest=digest(named))


def data_hash(pool: FontPool, settings: CropSettings, seed: int, count: int = HASHED) -> str:
    """Twelve hex digits over the first crops that a run with this seed draws in one process.

    They are drawn at full difficulty, whatever the run's curriculum.
    """
    return digest(CropSource(pool, settings).draw(stream_rng(seed), count))


def digest(crops: Iterable[DrawnCrop]) -> str:
    """Twelve hex digits over texts, sizes and pixels."""
    found = hashlib.sha256()
    for crop in crops:
        found.update(f"{crop.text}\n{crop.pixels.shape}\n".encode())
        found.update(crop.pixels.tobytes())
    return found.hexdigest()[:12]
