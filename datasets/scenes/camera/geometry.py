"""How a flat label lies in the photo: bent around a cylinder, waved, then seen in perspective.

Both directions are exact: `Warp.forward` moves quads, `Warp.maps` fetches pixels.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.types import Points

Matrix = NDArray[np.float64]
_STEP = 8  # maps are computed on a grid this coarse and interpolated: they are smooth
_OUTSIDE = -1e6


@dataclass(frozen=True, slots=True)
class Bend:
    """A cylinder of `radius` around the axis through `centre` (0: flat), and a wave.

    `lift` is how much the lines bow because the camera looks from above or below;
    `upright` is true where the cylinder stands (x is bent), false where it lies (y is bent).
    """

    radius: float = 0.0
    centre: float = 0.0
    lift: float = 0.0
    wave: float = 0.0
    length: float = 1.0
    phase: float = 0.0
    upright: bool = True

    def _across(self, along: NDArray[np.float64]) -> NDArray[np.float64]:
        shift = self.wave * np.sin(along * (2 * math.pi / self.length) + self.phase)
        if self.radius:
            angle = np.clip((along - self.centre) / self.radius, -1.5, 1.5)
            shift = shift + self.lift * self.radius * (1 - np.cos(angle))
        return shift

    def forward(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Flat points (...x2) onto the bent label."""
        along, across = self._split(points)
        bent = along
        if self.radius:
            angle = np.clip((along - self.centre) / self.radius, -1.5, 1.5)
            bent = self.centre + self.radius * np.sin(angle)
        return self._join(bent, across + self._across(along))

    def backward(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bent points (...x2) back to flat ones; what the cylinder hides lands far outside."""
        bent, across = self._split(points)
        along = bent
        if self.radius:
            sine = (bent - self.centre) / self.radius
            along = self.centre + self.radius * np.arcsin(np.clip(sine, -1, 1))
            along = np.where(np.abs(sine) > 1, _OUTSIDE, along)
        return self._join(along, across - self._across(np.maximum(along, -1e5)))

    def _split(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x, y = points[..., 0], points[..., 1]
        return (x, y) if self.upright else (y, x)

    def _join(self, along: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
        pair = (along, across) if self.upright else (across, along)
        return np.stack(pair, axis=-1)


@dataclass(frozen=True, slots=True)
class Warp:
    """From the flat label to the photo: `bend`, then the homography `matrix` (3x3)."""

    bend: Bend
    matrix: Matrix

    def forward(self, points: Points) -> Points:
        """Points (...x2) of the flat label in the photo."""
        bent = self.bend.forward(points.astype(np.float64))
        return _project(self.matrix, bent).astype(np.float32)

    def backward(self, points: NDArray[np.float32] | NDArray[np.float64]) -> Points:
        """Points (...x2) of the photo on the flat label (far outside where it is not)."""
        inverse = np.asarray(np.linalg.inv(self.matrix), np.float64)
        seen = _project(inverse, points.astype(np.float64))
        return np.clip(self.bend.backward(seen), -30000, 30000).astype(np.float32)

    def maps(self, left: int, top: int, width: int, height: int) -> tuple[Points, Points]:
        """For each photo pixel of this window its x and y on the flat label (two HxW maps)."""
        columns, rows = -(-width // _STEP) + 2, -(-height // _STEP) + 2
        x = left + (np.arange(columns) - 1) * _STEP + (_STEP - 1) / 2
        y = top + (np.arange(rows) - 1) * _STEP + (_STEP - 1) / 2
        grid = np.stack(np.meshgrid(x, y), axis=-1)
        flat = self.backward(grid)  # clipped to what remap takes
        full = cv2.resize(flat, (columns * _STEP, rows * _STEP), interpolation=cv2.INTER_LINEAR)
        window = full[_STEP : _STEP + height, _STEP : _STEP + width]
        return np.ascontiguousarray(window[..., 0]), np.ascontiguousarray(window[..., 1])

    def moved(self, dx: float, dy: float, scale: float = 1.0) -> Warp:
        """The same warp, scaled around the origin and then moved in the photo."""
        shift = np.array([[scale, 0, dx], [0, scale, dy], [0, 0, 1]], np.float64)
        return replace(self, matrix=shift @ self.matrix)


def _project(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = points[..., 0], points[..., 1]
    w = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    w = np.where(np.abs(w) < 1e-6, 1e-6, w)
    return np.stack(
        (
            (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / w,
            (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / w,
        ),
        axis=-1,
    )


def random_bend(rng: random.Random, w: float, h: float, amount: float) -> Bend:
    """A bend of a label of this flat size; `amount` 0 is flat, 1 strongly curled."""
    upright = rng.random() < 0.75
    length, other = (w, h) if upright else (h, w)
    wave = rng.uniform(0, 0.02) * amount * min(w, h) if rng.random() < 0.4 else 0.0
    radius = 0.0
    if rng.random() < 0.25 + 0.4 * amount:
        radius = length / (2 * rng.uniform(0.15, 0.25 + 0.75 * amount))
    return Bend(
        radius=radius,
        centre=length * rng.uniform(0.35, 0.65),
        lift=rng.uniform(-0.55, 0.55),
        wave=wave,
        length=rng.uniform(0.5, 1.6) * max(length, other),
        phase=rng.uniform(0, 2 * math.pi),
        upright=upright,
    )


def view(tilt: tuple[float, float], roll: float, aspect: float, focal: float) -> Matrix:
    """The homography of a plane seen from `focal` pixels away, tilted (pitch, yaw), rolled."""
    (sp, cp), (sy, cy), (sr, cr) = ((math.sin(a), math.cos(a)) for a in (*tilt, roll))
    pitch = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    spin = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    turned = spin @ yaw @ pitch @ np.diag([aspect, 1 / aspect, 1.0])
    camera = np.diag([focal, focal, 1.0])
    plane = np.stack((turned[:, 0], turned[:, 1], np.array([0, 0, focal])), axis=1)
    matrix: Matrix = camera @ plane
    return np.asarray(matrix / matrix[2, 2], np.float64)
