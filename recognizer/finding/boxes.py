"""Rectangles along text: words and lines while they are being put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.types import Quad

_DIRECTED = 0.25  # least mean length of the direction vectors of a word that knows its direction


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: centre, half sizes along its own axes, angle of the text's axis in radians.

    `angle` is in (-pi/2, pi/2]; `ahead` in -1..1 tells whether the text reads along it (1) or
    against it (-1), 0 where nothing is known. `code` is how likely it shows (a part of) a style
    code, None where nobody looked. `parts` are the words of a line.
    """

    x: float
    y: float
    half_width: float
    half_height: float
    angle: float
    score: float
    ahead: float = 0.0
    code: float | None = None
    parts: tuple[Box, ...] = ()

    @property
    def squat(self) -> bool:
        """Whether the box has no clear direction of its own: one or two letters."""
        return self.half_width <= 1.8 * self.half_height

    @property
    def directed(self) -> bool:
        """Whether it is known from which end the text reads."""
        return abs(self.ahead) >= _DIRECTED

    def corners(self) -> NDArray[np.float64]:
        """4x2, clockwise from the corner where the axis begins."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        along = np.array([cos, sin]) * self.half_width
        across = np.array([-sin, cos]) * self.half_height
        centre = np.array([self.x, self.y])
        signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        return np.stack([centre + a * along + b * across for a, b in signs])

    def quad(self, scale: float) -> Quad:
        """The corners from where the text begins, in pixels of the photo."""
        a, b, c, d = ((float(x), float(y)) for x, y in (self.corners() + 0.5) * scale)
        return (c, d, a, b) if self.ahead < 0 else (a, b, c, d)


def half_turn(angle: float) -> float:
    """The same axis in (-pi/2, pi/2]."""
    return float(np.pi / 2 - (np.pi / 2 - angle) % np.pi)


def union(a: Box, b: Box) -> Box:
    """The smallest rectangle around both, along the longer one's direction."""
    lead, other = (a, b) if a.half_width >= b.half_width else (b, a)
    angle = lead.angle
    if other.half_width > 0.5 * lead.half_width:
        # Two words of like length: their centres know the line better than either's own angle.
        angle = half_turn(float(np.arctan2(b.y - a.y, b.x - a.x)))
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    own = np.concatenate([a.corners(), b.corners()]) @ axes.T
    low, high = own.min(axis=0), own.max(axis=0)
    x, y = (float(v) for v in (low + high) / 2 @ axes)
    half_width, half_height = (float(v) for v in (high - low) / 2)
    weight = a.half_width / (a.half_width + b.half_width)
    ahead = sum(
        share * box.ahead * (1 if np.cos(box.angle - angle) >= 0 else -1)
        for share, box in ((weight, a), (1 - weight, b))
    )
    codes = [box.code for box in (a, b) if box.code is not None]
    score = a.score * weight + b.score * (1 - weight)
    parts = (*(a.parts or (a,)), *(b.parts or (b,)))
    code = max(codes) if codes else None
    return Box(x, y, half_width, half_height, angle, score, ahead, code, parts)
