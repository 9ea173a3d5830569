"""Real crops that checkpoints are chosen on, and which no figure is then printed for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from datasets.crops.draw import DrawnCrop
from datasets.fonts.faces import share_of
from datasets.labelled import labelled_crops
from datasets.real.learned import RealLine
from stylecode import key


def chosen_on(code: str) -> bool:
    """Whether a code belongs to the half of a set that things are chosen on."""
    return share_of(key(code)) < 0.5


def chosen_without_code(file: str) -> bool:
    """The same for a photo that shows none, by its file's name: those of even numbers do."""
    number = re.search(r"\d+", file)
    return int(number.group()) % 2 == 0 if number else chosen_on(file)


def choosing_crops(lines: Sequence[RealLine], folder: Path | None = None) -> list[DrawnCrop]:
    """The lines put aside, and the first half, by code, of a folder of labelled crops."""
    found = [DrawnCrop(line.pixels, line.text) for line in lines if line.for_choosing]
    for one in labelled_crops(folder) if folder else ():
        if chosen_on(one.truths[0]):
            found.append(DrawnCrop(one.grey, one.truths[-1]))
    return found
