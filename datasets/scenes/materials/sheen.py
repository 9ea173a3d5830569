"""Light on a label's own surface: a window's reflection, the sheen of plastic, folds."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.materials.noise import Plane, octaves
from datasets.scenes.strain import chance, grown
from datasets.scenes.types import Pixels

_COARSE = 6  # reflections are soft, so they are drawn this much smaller


def gloss(rng: random.Random, h: int, w: int, difficulty: float) -> Plane | None:
    """What a glossy label adds to its brightness, HxW, or None for a dull one."""
    if rng.random() > chance(0.25, difficulty):
        return None
    rows, columns = max(8, h // _COARSE), max(8, w // _COARSE)
    small = _window(rng, rows, columns) if rng.random() < 0.5 else _plastic(rng, rows, columns)
    strength = rng.uniform(grown(10, 25, difficulty), grown(40, 125, difficulty))
    return np.asarray(cv2.resize(small * strength, (w, h), interpolation=cv2.INTER_LINEAR))


def _window(rng: random.Random, rows: int, columns: int) -> Plane:
    """Bright panes with dark bars between, seen at a slant."""
    panes = np.zeros((64, 64), np.uint8)
    down, over = rng.choice(((1, 1), (2, 2), (2, 1), (3, 2), (1, 2)))
    for i in range(down):
        for j in range(over):
            top, left = 64 * i // down + 3, 64 * j // over + 3
            panes[top : 64 * (i + 1) // down - 2, left : 64 * (j + 1) // over - 2] = 255
    middle = np.array((rng.uniform(0, columns), rng.uniform(0, rows)))
    half = max(rows, columns) * rng.uniform(0.12, 0.4)
    unit = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float)
    lean = np.array([[1, rng.uniform(-0.5, 0.5)], [rng.uniform(-0.5, 0.5), rng.uniform(0.5, 1.5)]])
    corners = middle + half * unit @ lean * [[rng.uniform(0.8, 1.2)] for _ in range(4)]
    square = np.array([[0, 0], [64, 0], [64, 64], [0, 64]], np.float32)
    matrix = cv2.getPerspectiveTransform(square, corners.astype(np.float32))
    seen = cv2.warpPerspective(panes, matrix, (columns, rows), flags=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.5, 3.0))
    return np.asarray(soft.astype(np.float32) / 255, np.float32)


def _plastic(rng: random.Random, rows: int, columns: int) -> Plane:
    """Crinkled film: bright ridges that wander."""
    smooth = octaves(rng, rows, columns, rng.randint(2, 5), 3)
    ridges = np.exp(-((smooth / rng.uniform(0.03, 0.12)) ** 2))
    patches = np.clip(octaves(rng, rows, columns, 2, 1) + 0.5, 0, 1)
    return np.asarray(ridges * patches, np.float32)


def fold(rng: random.Random, h: int, w: int, difficulty: float) -> Plane:
    """A fold across the label: one side darker towards it, a thin light or dark line in it."""
    upright = rng.random() < 0.5
    length = w if upright else h
    at, reach = rng.uniform(0.1, 0.9) * length, length * rng.uniform(0.03, 0.25)
    x = np.arange(length, dtype=np.float32) - at
    depth = rng.uniform(grown(5, 10, difficulty), grown(15, 62, difficulty))
    side = rng.choice((-1, 1))
    profile = -depth * np.exp(-np.abs(x) / reach) * (x * side > 0)
    profile += (
        rng.choice((-1, 1))
        * rng.uniform(5, grown(12, 45, difficulty))
        * np.exp(-((x / rng.uniform(0.8, 2.5)) ** 2))
    )
    row: NDArray[np.float32] = profile.astype(np.float32)
    return np.asarray(np.broadcast_to(row if upright else row[:, None], (h, w)), np.float32)


def shaded(rgb: Pixels, plane: Plane) -> Pixels:
    """The picture, brighter by the plane (darker where it is below zero)."""
    planes = cv2.merge((plane, plane, plane))
    return np.asarray(cv2.add(rgb, planes, dtype=cv2.CV_8U), np.uint8)
