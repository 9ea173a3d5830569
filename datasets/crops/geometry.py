"""How a printed line lies before the camera: stretched, slanted, turned, seen askew, curled.

All lengths are in pixels of the warped mask, angles in degrees.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.ink import InkLine, Mask
from datasets.crops.treatment import Rng, Treatment

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LaidLine:
    """`mask` HxW of the warped line; `corners` (4, 2) of its ink box, clockwise from top left."""

    mask: Mask
    corners: Matrix

    @property
    def glyph(self) -> float:
        """The letters' height."""
        corners = self.corners
        sides = np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])
        return float(sides / 2)


def warp(line: InkLine, how: Treatment) -> LaidLine:
    """Stretch, slant, tilt, perspective and curl, in one remap where it is not curled."""
    rng, hard = how.rng, how.hard
    left, top, right, bottom = line.box
    stretch = float(np.exp(rng.normal(-0.05, 0.22 * hard + 0.08)))
    width, height = (right - left) * stretch, bottom - top
    target = _box(0, 0, width, height)
    target += _lean(how, width, height)
    margin = height * 1.3
    target += margin - target.min(axis=0)
    size = np.ceil(target.max(axis=0) + margin).astype(int)
    source = _box(left, top, right, bottom).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    flat = cv2.warpPerspective(line.mask, matrix, (int(size[0]), int(size[1]))).astype(np.uint8)
    if how.chance(how.settings.curl):
        bend = float(rng.uniform(-how.settings.bend, how.settings.bend)) * height * hard
        flat = _curl(flat, bend, rng)
    return LaidLine(flat, target)


def _box(left: float, top: float, right: float, bottom: float) -> Matrix:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _lean(how: Treatment, width: float, height: float) -> Matrix:
    """How far each corner moves: slant, perspective, and a turn about the first corner."""
    rng, hard, settings = how.rng, how.hard, how.settings
    corners = _box(0, 0, width, height)
    moved = corners.copy()
    if rng.random() < 0.5:
        moved[:2, 0] += float(rng.normal(0, 0.22)) * hard * height
    if rng.random() < 0.4:
        moved += rng.normal(0, 0.09, (4, 2)) * hard * height
    reach = 7.0 if rng.random() < 1 - settings.steep else settings.steep_degrees
    # A long line at a steep angle is a tall crop with tiny letters; finders rectify those.
    room = min(1.0, settings.lean_room * height / max(width, 1))
    angle = np.deg2rad(rng.normal(0, reach / 2)) * hard * room
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(moved @ turn - corners)


def _curl(mask: Mask, bend: float, rng: Rng) -> Mask:
    """Columns shifted up and down along a wave of at most `bend`: a label on a round tongue."""
    height, width = mask.shape
    phase, waves = rng.uniform(0, np.pi), rng.uniform(0.5, 1.3)
    xs = np.arange(width, dtype=np.float32)
    shift = bend * np.sin(phase + xs / width * np.pi * waves).astype(np.float32)
    shift -= shift.mean()
    map_x = np.repeat(xs[None], height, axis=0)
    map_y = np.arange(height, dtype=np.float32)[:, None] + shift[None]
    return cv2.remap(mask, map_x, map_y, cv2.INTER_LINEAR).astype(np.uint8)
