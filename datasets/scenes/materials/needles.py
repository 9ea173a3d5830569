"""Print of single dots on a coarse grid, as needle printers and ink jets make it; for training.

`ink.dotted` lays a screen of fine dots over letters of full shape. Here letters are built of the
dots themselves, seven to eleven to a capital's height, with gaps between them.
"""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np

from datasets.scenes.labels.render import FlatLabel
from datasets.scenes.materials.ink import ink_of, mixed
from datasets.scenes.strain import chance
from datasets.scenes.types import Pixels

SHARE = 0.1  # of labels at difficulty 1
_LEAST_PX = 2.5  # of a dot's cell; below, dots cannot be told apart
_ROWS = (7.0, 11.0)  # cells to a capital's height
_THICKER = 0.22  # of a cell, by which strokes grow on each side: none falls between the dots
_LEAST_INK = 0.42  # of a cell's area that must be ink for a dot to be made there


def sometimes_of_dots(
    rng: random.Random, label: FlatLabel, scale: float, difficulty: float
) -> FlatLabel:
    """The label as it is, or a tenth of the hardest ones built of dots."""
    return of_dots(rng, label, scale) if rng.random() < chance(SHARE, difficulty) else label


def of_dots(rng: random.Random, label: FlatLabel, scale: float) -> FlatLabel:
    """The label's print built of dots; as it is where they would get too small."""
    pitch = scale / rng.uniform(*_ROWS)
    if pitch < _LEAST_PX:
        return label
    h, w = label.rgb.shape[:2]
    cells = (max(1, round(w / pitch)), max(1, round(h / pitch)))
    ink = ink_of(label)
    reach = 2 * round(pitch * _THICKER) + 1
    thick = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    filled = cv2.resize(thick, cells, interpolation=cv2.INTER_AREA)
    made = np.where(filled > 255 * _LEAST_INK, 255, 0).astype(np.uint8)
    where = cv2.resize(made, (w, h), interpolation=cv2.INTER_NEAREST)
    colour = _colour(label, ink)
    dots = cv2.min(where, _screen(rng, w, h, cells))
    return replace(label, rgb=mixed(colour, label.blank, np.asarray(dots, np.uint8)))


def _colour(label: FlatLabel, ink: Pixels) -> Pixels:
    """A sheet in the print's colour: dots reach beyond the letters they stand for."""
    inked = label.rgb[ink > 200]
    tone = inked.mean(axis=0) if len(inked) else np.zeros(3)
    return np.broadcast_to(tone.astype(np.uint8), label.rgb.shape).copy()


def _screen(rng: random.Random, w: int, h: int, cells: tuple[int, int]) -> Pixels:
    """A round dot in the middle of each cell."""
    x = -np.cos((np.arange(w, dtype=np.float32) + 0.5) * (2 * np.pi * cells[0] / w))
    y = -np.cos((np.arange(h, dtype=np.float32) + 0.5) * (2 * np.pi * cells[1] / h))
    size, sharp = rng.uniform(-0.9, 0.5), rng.uniform(120, 300)
    return np.asarray(np.clip((x[None] + y[:, None] + size) * sharp, 0, 255), np.uint8)
