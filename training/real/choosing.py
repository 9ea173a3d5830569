"""Real crops that checkpoints are chosen on, and which no figure is then printed for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.crops import labelled_crops
from stylecode import key
from training.crops.draw import DrawnCrop
from training.font_faces import share_of
from training.real.crops import RealLine


def chosen_on(code: str) -> bool:
    """Whether a code belongs to the half of a set that things are chosen on."""
    return share_of(key(code)) < 0.5


def choosing_crops(lines: Sequence[RealLine], folder: Path | None = None) -> list[DrawnCrop]:
    """The lines put aside, and the first half, by code, of a folder of labelled crops."""
    found = [DrawnCrop(line.pixels, line.text) for line in lines if line.for_choosing]
    for one in labelled_crops(folder) if folder else ():
        if chosen_on(one.truths[0]):
            grey = np.asarray(cv2.cvtColor(one.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
            found.append(DrawnCrop(grey, one.truths[-1]))
    return found
