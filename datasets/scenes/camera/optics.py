"""What lens and hand do to the picture: defocus, a shallow depth of field, motion."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np

from datasets.scenes.materials.ink import mixed
from datasets.scenes.strain import chance, grown
from datasets.scenes.types import Pixels

_COARSE_BLUR = 16


def blur(rng: random.Random, image: Pixels, letter_px: float, difficulty: float) -> Pixels:
    """Defocus or a shaken hand, in proportion to the letters so that they stay readable."""
    most = letter_px * (0.035 + 0.075 * difficulty)
    if rng.random() < 0.12 * difficulty:
        most *= 1.35
    form = rng.random()
    if form < 0.62:
        return _defocused(rng, image, min(6.0, rng.uniform(0.25, 1.0) * most))
    if form < 0.62 + 0.33 * difficulty:
        length, angle = rng.uniform(0.5, 2.6) * most, rng.uniform(0, math.pi)
        return shaken(image, length * math.cos(angle), length * math.sin(angle))
    return image


def _defocused(rng: random.Random, image: Pixels, sigma: float) -> Pixels:
    if sigma < 0.3:
        return image
    side = round(sigma * math.sqrt(12))
    if side > 2 and rng.random() < 0.35:  # a wide-open lens blurs with hard-edged discs
        side += 1 - side % 2
        return np.asarray(cv2.blur(image, (side, side)), np.uint8)
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


def shaken(image: Pixels, dx: float, dy: float) -> Pixels:
    """The picture smeared evenly along (dx, dy) pixels, its middle staying where it is.

    Each round averages two copies moved apart, half as far as the round before: a straight smear.
    """
    length = max(abs(dx), abs(dy))
    part = 0.5
    while length * part >= 0.5:
        image = _apart(image, round(dx * part), round(dy * part))
        part /= 2
    return image


def _apart(image: Pixels, dx: int, dy: int) -> Pixels:
    """The average of the picture moved half of (dx, dy) forwards and half of it backwards."""
    height, width = image.shape[:2]
    pad = max(abs(dx), abs(dy))
    wide = cv2.copyMakeBorder(image, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    copies = []
    for x, y in ((dx // 2, dy // 2), (dx // 2 - dx, dy // 2 - dy)):
        copies.append(wide[pad + y : pad + y + height, pad + x : pad + x + width])
    return np.asarray(cv2.addWeighted(copies[0], 0.5, copies[1], 0.5, 0), np.uint8)


def shallow(
    rng: random.Random, image: Pixels, letter_px: float, difficulty: float, at: tuple[float, float]
) -> Pixels:
    """Mostly unchanged; else sharp only in a band through `at`, as close-ups are."""
    if rng.random() > chance(0.28, difficulty):
        return image
    height, width = image.shape[:2]
    y, x = np.mgrid[0 : height : 1.0 * _COARSE_BLUR, 0 : width : 1.0 * _COARSE_BLUR]
    angle = rng.uniform(0, math.pi)
    off = np.abs((x - at[0]) * math.cos(angle) + (y - at[1]) * math.sin(angle))
    sharp, ramp = (
        letter_px * rng.uniform(grown(5, 2, difficulty), 8),
        max(height, width) * rng.uniform(0.1, 0.4),
    )
    near = np.clip((off - sharp) / ramp, 0, 1).astype(np.float32)
    mask = cv2.convertScaleAbs(cv2.resize(near, (width, height)), alpha=255)
    half = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(half, (0, 0), max(0.5, letter_px * rng.uniform(0.05, 0.16) / 2))
    return mixed(np.asarray(cv2.resize(soft, (width, height)), np.uint8), image, np.asarray(mask))
