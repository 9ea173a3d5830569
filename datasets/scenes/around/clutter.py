"""What lies around labels and is no print: straps, laces, stitches, ribs, stripes, fingers."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import cv2
import numpy as np

from datasets.scenes.materials.surfaces import Colour
from datasets.scenes.types import Pixels

Point = tuple[int, int]
SKIN = ((236, 190, 165), (222, 168, 140), (190, 135, 105), (142, 96, 72))


def clutter(rng: random.Random, image: Pixels, count: int) -> Pixels:
    """The surface with `count` things over it, mostly out of focus as things behind are."""
    for _ in range(count):
        rng.choices(list(_THINGS), list(_THINGS.values()))[0](rng, image)
    if count and rng.random() < 0.7:
        height, width = image.shape[:2]
        small = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.6, 4.0))
        return np.asarray(cv2.resize(soft, (width, height)), np.uint8)
    return image


def _shade(rng: random.Random) -> Colour:
    base = rng.choice((15, 40, 90, 150, 210, 240))
    return tuple(int(min(255, max(0, base + rng.gauss(0, 22)))) for _ in range(3))  # type: ignore[return-value]


def _darker(shade: Colour, share: float = 0.7) -> Colour:
    return (int(shade[0] * share), int(shade[1] * share), int(shade[2] * share))


def _ends(rng: random.Random, image: Pixels) -> tuple[Point, Point]:
    height, width = image.shape[:2]
    start = (rng.randint(-50, width + 50), rng.randint(-50, height + 50))
    return start, (rng.randint(-50, width + 50), rng.randint(-50, height + 50))


def _between(ends: tuple[Point, Point], share: float, aside: float = 0.0) -> Point:
    """The point at `share` of the way, `aside` pixels to its left."""
    (x0, y0), (x1, y1) = ends
    long = max(1.0, math.hypot(x1 - x0, y1 - y0))
    dx, dy = (x1 - x0) / long, (y1 - y0) / long
    return (int(x0 + (x1 - x0) * share - dy * aside), int(y0 + (y1 - y0) * share + dx * aside))


def _panel(rng: random.Random, image: Pixels) -> None:
    height, width = image.shape[:2]
    middle = np.array((rng.uniform(0, width), rng.uniform(0, height)))
    reach = max(height, width) * rng.uniform(0.08, 0.6)
    angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(rng.randint(3, 7)))
    corners = [middle + reach * np.array((math.cos(a), math.sin(a))) for a in angles]
    cv2.fillPoly(image, [np.array(corners, np.int32)], _shade(rng), cv2.LINE_AA)


def _strap(rng: random.Random, image: Pixels) -> None:
    start, end = _ends(rng, image)
    shade, thick = _shade(rng), rng.randint(12, 90)
    cv2.line(image, start, end, _darker(shade), thick + 4, cv2.LINE_AA)
    cv2.line(image, start, end, shade, thick, cv2.LINE_AA)


def _lace(rng: random.Random, image: Pixels) -> None:
    lace(image, _ends(rng, image), _shade(rng), rng.randint(14, 46), rng.randint(6, 14))


def lace(image: Pixels, ends: tuple[Point, Point], shade: Colour, thick: int, pitch: int) -> None:
    """A flat lace: a band with slanted threads across, a shadow beside it."""
    cv2.line(image, *ends, _darker(shade, 0.5), thick + 4, cv2.LINE_AA)
    cv2.line(image, *ends, shade, thick, cv2.LINE_AA)
    long = max(1.0, math.dist(*ends))
    for step in range(min(160, int(long / pitch))):
        first = _between(ends, step * pitch / long, thick * 0.42)
        second = _between(ends, (step + 1) * pitch / long, -thick * 0.42)
        cv2.line(image, first, second, _darker(shade), max(1, pitch // 4), cv2.LINE_AA)


def _stitches(rng: random.Random, image: Pixels) -> None:
    stitches(rng, image, _ends(rng, image), _shade(rng), rng.randint(2, 5))


def stitches(
    rng: random.Random, image: Pixels, ends: tuple[Point, Point], shade: Colour, thick: int
) -> None:
    """A seam of one or two rows."""
    count = max(4, int(math.dist(*ends) / (thick * rng.uniform(5, 10))))
    for row in range(rng.choice((1, 1, 2))):
        aside = row * thick * 5.0
        for index in range(min(count, 120)):
            first = _between(ends, index / count, aside)
            second = _between(ends, (index + 0.6) / count, aside)
            cv2.line(image, first, second, shade, thick, cv2.LINE_AA)


def _ribs(rng: random.Random, image: Pixels) -> None:
    """Parallel bars of even or uneven width: a sole's edge, a zip, a cooling grille."""
    ends, shade = _ends(rng, image), _shade(rng)
    deep, count = rng.uniform(10, 70), rng.randint(8, 60)
    even, pitch = rng.random() < 0.6, math.dist(*ends) / count
    for index in range(count):
        thick = max(1, int(pitch * (0.45 if even else rng.uniform(0.15, 0.8))))
        first = _between(ends, index / count, deep / 2)
        second = _between(ends, index / count, -deep / 2)
        cv2.line(image, first, second, shade, thick, cv2.LINE_AA)


def _marks(rng: random.Random, image: Pixels) -> None:
    """The slanted bars or the curved stroke of a shoe's side, and rows of eyelets."""
    ends, shade = _ends(rng, image), _shade(rng)
    if rng.random() < 0.5:
        thick = rng.randint(14, 60)
        for index in range(rng.randint(2, 4)):
            first, second = (_between(ends, share, index * thick * 2.0) for share in (0.0, 0.4))
            cv2.line(image, first, second, shade, thick, cv2.LINE_AA)
        return
    radius, count = rng.randint(5, 24), rng.randint(4, 9)
    for index in range(count):
        at = _between(ends, index / count)
        cv2.circle(image, at, radius, shade, -1, cv2.LINE_AA)
        cv2.circle(image, at, max(2, radius // 2), _darker(shade, 0.3), -1, cv2.LINE_AA)


def _edge(rng: random.Random, image: Pixels) -> None:
    """A box's or table's edge: everything beyond a line is lighter or darker."""
    ends = _ends(rng, image)
    far = 2.0 * max(image.shape[:2])
    corners = [
        _between(ends, -3),
        _between(ends, 4),
        _between(ends, 4, far),
        _between(ends, -3, far),
    ]
    side = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(side, [np.array(corners, np.int32)], (255,))
    cv2.convertScaleAbs(image, image, rng.uniform(0.55, 0.85), rng.uniform(0, 30))
    lit = cv2.convertScaleAbs(image, alpha=rng.uniform(1.2, 1.7))
    cv2.copyTo(lit, side, image)
    cv2.line(image, corners[0], corners[1], _shade(rng), rng.randint(1, 6), cv2.LINE_AA)


def _finger(rng: random.Random, image: Pixels) -> None:
    height, width = image.shape[:2]
    tone = np.array(rng.choice(SKIN), float)
    side = rng.choice((-1, 1))
    thick = int(min(height, width) * rng.uniform(0.1, 0.22))
    root = (0 if side < 0 else width, rng.randint(0, height))
    reach = int(width * rng.uniform(0.08, 0.35))
    tip = (root[0] - side * reach, root[1] + rng.randint(-height // 6, height // 6))
    rounded(image, (root, tip), thick, tone)


def rounded(
    image: Pixels,
    ends: tuple[Point, Point],
    thick: int,
    tone: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    """A rod of this colour, lighter towards its middle because it is round."""
    for step in range(14):
        shade = tuple(float(v) for v in np.clip(tone * (0.74 + 0.02 * step), 0, 255))
        cv2.line(image, *ends, shade, max(2, int(thick * (1 - 0.068 * step))), cv2.LINE_AA)


_THINGS: dict[Callable[[random.Random, Pixels], None], float] = {
    _panel: 30, _strap: 12, _lace: 12, _stitches: 14, _ribs: 10, _marks: 8, _edge: 8, _finger: 10
}  # fmt: skip
