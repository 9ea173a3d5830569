"""Things that people photograph where no tag is: a shoe, a face. Simple shapes, cheap to draw."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.types import Pixels

Colour = tuple[int, int, int]

_SKIN = ((236, 190, 165), (222, 168, 140), (190, 135, 105), (125, 85, 62), (250, 214, 190))
_CLOTH = (
    (235, 235, 235),
    (30, 30, 34),
    (40, 60, 120),
    (150, 30, 35),
    (200, 180, 140),
    (70, 90, 70),
)
# The side of a shoe, toe to the right, in a unit square: collar, tongue, toe, and back at the sole.
_UPPER_OUTLINE = (
    *((0.05, 0.62), (0.03, 0.40), (0.07, 0.22), (0.17, 0.25), (0.26, 0.31), (0.37, 0.20)),
    *((0.45, 0.24), (0.60, 0.42), (0.78, 0.50), (0.93, 0.56), (0.98, 0.66)),
)
_SOLE = ((0.03, 0.62), (0.98, 0.66), (0.99, 0.74), (0.94, 0.79), (0.06, 0.79), (0.02, 0.72))


def thing(rng: random.Random, image: Pixels) -> Pixels:
    """The picture with a shoe, a pair of them or a face over it."""
    form = rng.random()
    if form < 0.4:
        _face(rng, image)
    else:
        for _ in range(1 if form < 0.8 else 2):
            _shoe(rng, image)
    return np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.6, 1.6)), np.uint8)


def _tint(rng: random.Random, base: Colour, light: float = 1.0) -> Colour:
    red, green, blue = (int(min(255, max(0, v * light + rng.gauss(0, 8)))) for v in base)
    return red, green, blue


def _shoe(rng: random.Random, image: Pixels) -> None:
    height, width = image.shape[:2]
    size = min(height, width) * rng.uniform(0.5, 1.1)
    angle, flip = rng.gauss(0, 0.25), rng.choice((1.0, -1.0))
    turn = np.array(((math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))))
    middle = np.array((width * rng.uniform(0.35, 0.65), height * rng.uniform(0.35, 0.65)))

    def at(points: tuple[tuple[float, float], ...]) -> NDArray[np.int32]:
        unit = (np.array(points) - (0.5, 0.5)) * (flip * size, size)
        return np.asarray(np.round(unit @ turn.T + middle), np.int32)

    upper, sole = rng.choice(_CLOTH), rng.choice((_CLOTH[0], rng.choice(_CLOTH)))
    cv2.fillPoly(image, [at(_UPPER_OUTLINE)], _tint(rng, upper), cv2.LINE_AA)
    cv2.fillPoly(image, [at(_SOLE)], _tint(rng, sole), cv2.LINE_AA)
    thick = max(2, int(size * rng.uniform(0.008, 0.02)))
    for step in range(rng.randint(3, 7)):  # laces
        x = 0.36 + 0.045 * step
        lace = at(((x, 0.24 + 0.045 * step), (x + 0.07, 0.33 + 0.045 * step)))
        cv2.polylines(image, [lace], False, _tint(rng, (235, 235, 235)), thick, cv2.LINE_AA)
    for step in range(rng.randint(0, 4)):  # stripes, panels, seams
        x = 0.3 + 0.08 * step
        stripe = at(((x, 0.38), (x + 0.09, 0.62)))
        shade = _tint(rng, rng.choice(_CLOTH))
        cv2.polylines(image, [stripe], False, shade, thick * rng.randint(1, 4), cv2.LINE_AA)
    for step in range(rng.choice((0, 30))):  # the sole's pattern
        x = 0.06 + 0.03 * step
        cv2.polylines(image, [at(((x, 0.7), (x, 0.78)))], False, _tint(rng, sole, 0.7), 2)


def _face(rng: random.Random, image: Pixels) -> None:
    height, width = image.shape[:2]
    size = min(height, width) * rng.uniform(0.22, 0.42)
    x, y = int(width * rng.uniform(0.35, 0.65)), int(height * rng.uniform(0.4, 0.6))
    skin = rng.choice(_SKIN)

    def oval(dx: float, dy: float, w: float, h: float, shade: Colour) -> None:
        centre = (int(x + dx * size), int(y + dy * size))
        axes = (max(1, int(w * size)), max(1, int(h * size)))
        cv2.ellipse(image, centre, axes, 0, 0, 360, shade, -1, cv2.LINE_AA)

    oval(0, 1.9, 1.5, 0.9, _tint(rng, rng.choice(_CLOTH)))  # shoulders
    oval(0, 0.9, 0.35, 0.6, _tint(rng, skin, 0.85))
    oval(0, -0.2, 0.85, 1.0, _tint(rng, (50, 38, 30)))  # hair
    for step in range(10):  # lighter towards the middle: it is round
        oval(0, 0.05, 0.78 - 0.04 * step, 1.0 - 0.05 * step, _tint(rng, skin, 0.84 + 0.02 * step))
    for side in (-1, 1):
        oval(0.3 * side, -0.1, 0.14, 0.07, (240, 240, 238))
        oval(0.3 * side, -0.1, 0.06, 0.06, _tint(rng, (50, 40, 30)))
        oval(0.3 * side, -0.22, 0.17, 0.03, _tint(rng, (50, 38, 30)))
    oval(0, 0.2, 0.09, 0.12, _tint(rng, skin, 0.8))
    oval(0, 0.5, 0.25, 0.06, _tint(rng, (170, 80, 80)))
    if rng.random() < 0.5:  # a cap
        shade = _tint(rng, rng.choice(_CLOTH))
        oval(0, -0.65, 0.86, 0.5, shade)
        oval(0.2, -0.35, 0.95, 0.12, _tint(rng, shade, 0.8))
