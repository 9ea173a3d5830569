"""Noise that surfaces, paper and the camera are made of."""

from __future__ import annotations

import random
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
_BANK = 1600


@lru_cache(maxsize=8)
def bank(sigma: float = 0.0, seed: int = 1) -> NDArray[np.int8]:
    """A fixed field of noise (mean 0, deviation about 30), blurred by `sigma`; cut from it."""
    noise = np.random.default_rng(seed).normal(0, 1, (_BANK, _BANK)).astype(np.float32)
    if sigma:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float32)
        noise /= noise.std()
    return np.clip(noise * 30, -127, 127).astype(np.int8)


def cut(rng: random.Random, height: int, width: int, sigma: float = 0.0) -> NDArray[np.int8]:
    """A piece of the noise bank, mirrored at random (larger sizes are reflected)."""
    field = bank(sigma)
    if height > _BANK or width > _BANK:
        field = np.pad(field, ((0, max(0, height - _BANK)), (0, max(0, width - _BANK))), "reflect")
    top, left = rng.randint(0, field.shape[0] - height), rng.randint(0, field.shape[1] - width)
    piece = field[top : top + height, left : left + width]
    return piece[:: rng.choice((1, -1)), :: rng.choice((1, -1))]


def octaves(rng: random.Random, height: int, width: int, coarse: int, count: int = 3) -> Plane:
    """Smooth noise in about -1..1: `coarse` cells across, `count` octaves of half the weight."""
    source = np.random.default_rng(rng.getrandbits(32))
    total = np.zeros((height, width), np.float32)
    weight = 0.55
    for _ in range(count):
        rows = max(2, round(coarse * height / width))
        cells = source.uniform(-1, 1, (rows + 1, coarse + 1)).astype(np.float32)
        total += weight * cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)
        coarse, weight = coarse * 2, weight / 2
    return total
