"""Quads: four corners of a line, clockwise from where its text begins; their measures and moves.

Lengths are in the quad's own pixels; "heights" are heights of the line itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from recognizer.types import Quad

Vector = NDArray[np.float64]


def quad_of(corners: ArrayLike) -> Quad:
    """A (4, 2) array as a quad."""
    a, b, c, d = ((float(x), float(y)) for x, y in np.asarray(corners, np.float64))
    return a, b, c, d


def along(quad: Quad) -> Vector:
    """The vector from where the text begins to where it ends."""
    (x0, y0), (x1, y1), *_ = quad
    return np.array([x1 - x0, y1 - y0])


def length_of(quad: Quad) -> float:
    """How long a line is."""
    return float(np.hypot(*along(quad)))


def height_of(quad: Quad) -> float:
    """How high a line stands."""
    (x0, y0), _, _, (x3, y3) = quad
    return float(np.hypot(x3 - x0, y3 - y0))


def sides(corners: NDArray[np.floating]) -> tuple[float, float, float, float]:
    """The lengths of the upper, right, lower and left side of (4, 2) corners."""
    a, b, c, d = (float(np.linalg.norm(side)) for side in np.roll(corners, -1, axis=0) - corners)
    return a, b, c, d


def area_of(quad: Quad) -> float:
    """What it covers, in square pixels."""
    return float(cv2.contourArea(np.asarray(quad, np.float32)))


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a quad's corners, or of an edge's two."""
    x, y = np.array(points).mean(axis=0).tolist()
    return x, y


def turned(quad: Quad) -> Quad:
    """The same quad read from the other end."""
    a, b, c, d = quad
    return c, d, a, b


def aligned(part: Quad, line: Quad) -> Quad:
    """The word's quad, beginning at the end where the line begins."""
    return part if float(along(part) @ along(line)) >= 0 else turned(part)


def wider(quad: Quad, beside: float, above: float) -> Quad:
    """The quad with air at both ends, and above and below, in heights."""
    corners = np.asarray(quad, np.float64)
    right, down = corners[1] - corners[0], corners[3] - corners[0]
    height = max(float(np.hypot(*down)), 1e-6)
    ahead = right / max(float(np.hypot(*right)), 1e-6) * beside * height
    below = down * above
    return quad_of(
        corners + np.stack((-ahead - below, ahead - below, ahead + below, below - ahead))
    )
