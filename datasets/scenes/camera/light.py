"""Light and sensor: gradients, shadows, glare, colour casts, exposure, noise, JPEG."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.materials.noise import cut, octaves
from datasets.scenes.strain import chance, grown
from datasets.scenes.types import Pixels

# Gains of red, green, blue: neutral, pinkish shop light, yellow lamps, bluish daylight, green.
_CASTS = (
    ((1.0, 1.0, 1.0), 5),
    ((1.05, 0.93, 1.02), 3),
    ((1.05, 0.99, 0.82), 3),
    ((1.12, 0.95, 0.62), 2),
    ((0.90, 0.98, 1.07), 2),
    ((0.97, 1.03, 0.95), 1),
)


def light(rng: random.Random, image: Pixels, difficulty: float) -> Pixels:
    """Uneven light: a gradient, soft shadows, and sometimes a glare spot."""
    height, width = image.shape[:2]
    rows, columns = max(8, height // 16), max(8, width // 16)
    gain = 1 + octaves(rng, rows, columns, 2, 1) * 0.22 * (0.3 + difficulty)
    if rng.random() < grown(0.15, 0.57, difficulty):
        gain *= _shadow(rng, rows, columns, difficulty)
    gain = np.clip(gain, 0.25, 1.0 + 0.35) / 1.35
    full = cv2.resize(gain.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    mask = cv2.convertScaleAbs(full, alpha=255.0)
    lit = cv2.multiply(image, cv2.merge((mask, mask, mask)), scale=1.35 / 255)
    if rng.random() < chance(0.33, difficulty):
        spot = cv2.resize(_glare(rng, rows, columns, difficulty), (width, height))
        lit = cv2.add(lit, cv2.merge((spot, spot, spot)))
    return np.asarray(lit, np.uint8)


def _shadow(rng: random.Random, rows: int, columns: int, difficulty: float) -> NDArray[np.float32]:
    """The edge of a shadow (a hand, the phone) across the picture."""
    mask = np.ones((rows, columns), np.float32)
    angle, depth = rng.uniform(0, 2 * math.pi), rng.uniform(0.1, grown(0.25, 0.57, difficulty))
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    side = (x / columns - rng.uniform(0.2, 0.8)) * math.cos(angle)
    side += (y / rows - rng.uniform(0.2, 0.8)) * math.sin(angle)
    mask -= depth / (1 + np.exp(-side * rng.uniform(8, 60)))
    return mask


def _glare(rng: random.Random, rows: int, columns: int, difficulty: float) -> Pixels:
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    x0, y0 = rng.uniform(0, columns), rng.uniform(0, rows)
    angle = rng.uniform(0, math.pi)
    u = (x - x0) * math.cos(angle) + (y - y0) * math.sin(angle)
    v = (y - y0) * math.cos(angle) - (x - x0) * math.sin(angle)
    wide, narrow = columns * rng.uniform(0.1, 0.5), columns * rng.uniform(0.04, 0.15)
    spot = np.exp(-((u / wide) ** 2) - (v / narrow) ** 2)
    return np.asarray(
        spot * rng.uniform(grown(15, 30, difficulty), grown(45, 132, difficulty)), np.uint8
    )


def tone(rng: random.Random, image: Pixels, difficulty: float) -> Pixels:
    """Exposure, contrast and a colour cast, in one table per channel."""
    gains = rng.choices([c for c, _ in _CASTS], [w for _, w in _CASTS])[0]
    strength = rng.uniform(0.4, 1.3)
    gamma = math.exp(rng.gauss(0, grown(0.08, 0.26, difficulty)))
    exposure = rng.uniform(grown(0.92, 0.64, difficulty), grown(1.06, 1.12, difficulty))
    black = rng.uniform(0, grown(10, 47, difficulty)) if rng.random() < 0.5 else 0.0
    x = np.linspace(0, 1, 256)[:, None] ** gamma
    table = x * (1 + (np.array(gains) - 1) * strength) * exposure
    table = black + table * (255 - black)
    lut = np.clip(table, 0, 255).astype(np.uint8).reshape(256, 1, 3)
    return np.asarray(cv2.LUT(image, lut), np.uint8)


def sensor(rng: random.Random, image: Pixels, difficulty: float) -> Pixels:
    """Noise (grainy in the dark), the phone's sharpening, and JPEG."""
    height, width = image.shape[:2]
    amount = rng.uniform(0.02, grown(0.06, 0.32, difficulty))
    sigma = rng.choice((0.0, 1.0))
    planes = cv2.merge([np.ascontiguousarray(cut(rng, height, width, sigma)) for _ in range(3)])
    noisy = cv2.addWeighted(image, 1.0, planes, amount, 0, dtype=cv2.CV_8U)
    if rng.random() < 0.3:
        soft = cv2.GaussianBlur(noisy, (0, 0), 1.2)
        noisy = cv2.addWeighted(noisy, 1.6, soft, -0.6, 0)
    quality = round(rng.uniform(grown(86, 50, difficulty), 93))
    return jpeg(np.asarray(noisy, np.uint8), quality)


def jpeg(image: Pixels, quality: int) -> Pixels:
    """The picture after JPEG at this quality."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("OpenCV could not encode a JPEG")
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
