"""What lies over labels: fingers on the rim, cords and laces, tape, seams. Code stays in sight."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.around.clutter import SKIN, lace, rounded, stitches
from datasets.scenes.camera.laying import Covering, Laid, code_points
from datasets.scenes.strain import chance, grown
from datasets.scenes.types import Pixels, Points

Ends = tuple[tuple[int, int], tuple[int, int]]
Vector = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque over the photo: `mask` is HxW uint8, 255 where it is."""

    mask: Pixels

    def covers(self, points: Points) -> NDArray[np.bool_]:
        """Which of these photo points (...x2) lie under it."""
        height, width = self.mask.shape
        cells = np.clip(np.round(points), -1, (width, height)).astype(int)
        x, y = cells[..., 0], cells[..., 1]
        within = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        under = self.mask[np.where(within, y, 0), np.where(within, x, 0)] > 100
        return np.asarray(within & under, np.bool_)


def lay_across(
    rng: random.Random, image: Pixels, label: Laid, letter: float, difficulty: float
) -> list[Cover]:
    """Draw over the label in `image`, in place; returns what hides whatever is under it."""
    covers: list[Cover] = []
    if rng.random() < grown(0.08, 0.22, difficulty):
        covers += _fingers(rng, image, label)
    if rng.random() < grown(0.03, 0.1, difficulty):
        covers += _cord(rng, image, label, letter)
    if rng.random() < chance(0.1, difficulty):
        _tape(rng, image, label, difficulty)
    if rng.random() < chance(0.1, difficulty):
        tone = rng.choice((20, 90, 170, 240))
        thick = max(1, round(letter * rng.uniform(0.04, 0.09)))
        stitches(rng, image, _through(rng, label), (tone, tone, tone), thick)
    if rng.random() < chance(0.07, difficulty):
        _pen(rng, image, label, letter)
    return covers


def _pen(rng: random.Random, image: Pixels, label: Laid, letter: float) -> None:
    """A stroke or a ring by hand, in ball pen or marker; print shows beside and under it."""
    ends = np.array(_through(rng, label, 0.8), float)
    shade = rng.choice(((25, 35, 140), (20, 20, 24), (190, 30, 35), (30, 110, 50)))
    thick = max(1, round(letter * rng.uniform(0.04, 0.12)))
    if rng.random() < 0.4:
        axes = (int(letter * rng.uniform(1, 5)), int(letter * rng.uniform(0.8, 1.6)))
        turn, at = rng.uniform(0, 180), _cell(ends.mean(axis=0))
        cv2.ellipse(image, at, axes, turn, 0, rng.uniform(300, 380), shade, thick, cv2.LINE_AA)
        return
    steps = np.linspace(0, 1, 9)[:, None]
    path = ends[0] * (1 - steps) + ends[1] * steps
    path += np.array([[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in steps]) * letter * 0.4
    cv2.polylines(image, [np.round(path).astype(np.int32)], False, shade, thick, cv2.LINE_AA)


def _rim(rng: random.Random, label: Laid) -> tuple[Points, Points, float]:
    """A point of the label's rim in the photo, the way inwards (unit), the label's lesser side."""
    h, w = label.flat.rgb.shape[:2]
    share = rng.uniform(0.05, 0.95)
    flat = rng.choice(((0, share * h), (w, share * h), (share * w, 0), (share * w, h)))
    points = np.array([flat, (w / 2, h / 2), (0, 0), (w, 0), (0, h)], np.float32)
    rim, middle, corner, right, bottom = label.warp.forward(points)
    inwards = (middle - rim) / max(1.0, float(np.hypot(*(middle - rim))))
    side = min(math.dist(corner, right), math.dist(corner, bottom))
    return rim, inwards, side


def _fingers(rng: random.Random, image: Pixels, label: Laid) -> list[Cover]:
    """One or two fingertips that hold the label at its rim."""
    rim, inwards, side = _rim(rng, label)
    least, most = 0.08 * min(image.shape[:2]), 0.26 * min(image.shape[:2])
    thick = int(min(max(side * rng.uniform(0.25, 0.5), least), most))
    turn = rng.uniform(-0.6, 0.6)
    cos, sin = math.cos(turn), math.sin(turn)
    along = np.array((inwards[0] * cos - inwards[1] * sin, inwards[0] * sin + inwards[1] * cos))
    tone = np.array(rng.choice(SKIN), float) * rng.uniform(0.8, 1.05)
    covers: list[Cover] = []
    for index in range(rng.choice((1, 1, 2, 3))):
        beside = np.array((-along[1], along[0])) * thick * 1.05 * index
        tip = rim + along * (side * rng.uniform(0.02, 0.2) - thick * 0.5) + beside
        root = tip - along * 2.0 * max(image.shape[:2])
        ends = (_cell(root), _cell(tip))
        cover = _free(image, label, ends, thick)
        if cover is not None:
            rounded(image, ends, thick, tone * rng.uniform(0.95, 1.05))
            if rng.random() < 0.6:
                _nail(image, tip + along * thick * 0.18, along, thick, tone)
            covers.append(cover)
    return covers


def _nail(image: Pixels, at: Vector, along: Vector, thick: int, tone: Vector) -> None:
    axes = (max(2, int(thick * 0.26)), max(2, int(thick * 0.21)))
    angle = math.degrees(math.atan2(along[1], along[0]))
    rose = np.clip(tone * (1.06, 0.98, 1.0) + (10, 6, 12), 0, 255)
    shade = (float(rose[0]), float(rose[1]), float(rose[2]))
    cv2.ellipse(image, _cell(at), axes, angle, 0, 360, shade, -1, cv2.LINE_AA)


def _cord(rng: random.Random, image: Pixels, label: Laid, letter: float) -> list[Cover]:
    """A cord, cable or lace over the label, beside its code."""
    for _ in range(3):
        ends, thick = _through(rng, label, 3.0), max(3, int(letter * rng.uniform(0.25, 0.9)))
        cover = _free(image, label, ends, thick)
        if cover is not None:
            tone = rng.choice((25, 120, 235))
            lace(image, ends, (tone, tone, tone), thick, rng.randint(5, 12))
            return [cover]
    return []


def _free(image: Pixels, label: Laid, ends: Ends, thick: int) -> Cover | None:
    """The cover that a thick line makes, or None where it would hide a part of the code."""
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.line(mask, *ends, (255,), thick)
    return None if hides_code(Cover(mask), label) else Cover(mask)


def hides_code(cover: Covering, label: Laid) -> bool:
    """Whether any of the label's code lies under the cover, or very close to its rim."""
    code = code_points(label.flat)
    if code is None:
        return False
    quads = label.warp.forward(code.reshape(-1, 4, 2))
    middles = quads.mean(axis=1, keepdims=True)
    probes = np.concatenate((middles, quads, middles + (quads - middles) * 1.25), axis=1)
    return bool(cover.covers(probes).any())


def _through(rng: random.Random, label: Laid, beyond: float = 1.3) -> Ends:
    """A straight line through the label, from rim to rim and on."""
    h, w = label.flat.rgb.shape[:2]
    a, b = rng.uniform(0, 1), rng.uniform(0, 1)
    pair = ((a * w, 0), (b * w, h)) if rng.random() < 0.5 else ((0, a * h), (w, b * h))
    first, second = label.warp.forward(np.array(pair, np.float32))
    middle = (first + second) / 2
    return _cell(middle + (first - middle) * beyond), _cell(middle + (second - middle) * beyond)


def _tape(rng: random.Random, image: Pixels, label: Laid, difficulty: float) -> None:
    """A strip of clear tape: a little lighter or yellower, with edges that catch the light."""
    (x0, y0), (x1, y1) = _through(rng, label)
    half = max(4.0, math.hypot(x1 - x0, y1 - y0) * rng.uniform(0.08, 0.2))
    long = max(1.0, math.hypot(x1 - x0, y1 - y0))
    aside = np.array((-(y1 - y0), x1 - x0)) / long * half
    ends = np.array(((x0, y0), (x1, y1)), float)
    corners = np.round([ends[0] + aside, ends[1] + aside, ends[1] - aside, ends[0] - aside])
    strip = image.copy()
    shade = rng.choice(((255, 255, 250), (235, 215, 160), (200, 180, 120), (225, 230, 235)))
    cv2.fillPoly(strip, [corners.astype(np.int32)], shade, cv2.LINE_AA)
    cv2.polylines(strip, [corners.astype(np.int32)], True, (255, 255, 255), 2, cv2.LINE_AA)
    share = rng.uniform(0.1, grown(0.18, 0.4, difficulty))
    cv2.addWeighted(strip, share, image, 1 - share, 0, dst=image)


def _cell(point: Vector) -> tuple[int, int]:
    """A point as OpenCV takes it: whole pixels, not absurdly far outside."""
    x, y = np.clip(np.round(point), -8000, 8000)
    return int(x), int(y)
