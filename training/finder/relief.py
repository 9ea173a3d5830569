"""Print on things that are not smooth: a patch as it looks with the relief of what it lies on.

Tongues, insoles and shoes of grained leather, mesh and knit carry print right on their relief,
lit from one side. It goes through print and ground alike, which no label's own paper does.
"""

from __future__ import annotations

import math
import random

import cv2
import numpy as np

from datasets.scenes.materials.noise import Plane
from datasets.scenes.materials.textures import TEXTURES
from datasets.scenes.types import Pixels

_KNOWN = ("leather", "mesh", "perforated", "carpet", "rubber")  # of those that training may show
_STRENGTH = (5.0, 26.0)  # standard deviation of the shading, in grey levels


def with_relief(image: Pixels, rng: np.random.Generator) -> Pixels:
    """The patch (S, S, 3) shaded by a relief, all of it or on one side of an edge."""
    side = image.shape[0]
    source = random.Random(int(rng.integers(2**62)))
    plane = source.choices((_lit, _known, _woven), (0.5, 0.3, 0.2))[0](source, side)
    plane -= plane.mean()
    strength = math.exp(source.uniform(*map(math.log, _STRENGTH)))
    plane *= strength / max(float(plane.std()), 1e-6)
    if source.random() < 0.4:
        plane *= _one_side(source, side)
    shades = cv2.merge((plane, plane, plane))
    return np.asarray(cv2.add(image, shades, dtype=cv2.CV_8U), np.uint8)


def _known(rng: random.Random, side: int) -> Plane:
    return TEXTURES[rng.choice(_KNOWN)](rng, side, side)


def _woven(rng: random.Random, side: int) -> Plane:
    """Threads or ribs side by side, in one direction or in two."""
    period = math.exp(rng.uniform(math.log(2.2), math.log(9.0)))
    angle = rng.uniform(0, math.pi)
    x, y = np.meshgrid(*(np.arange(side, dtype=np.float32),) * 2)
    planes = []
    for turn in (angle, angle + math.pi / 2)[: rng.randint(1, 2)]:
        along = math.cos(turn) * x + math.sin(turn) * y
        planes.append(np.cos(along * (2 * math.pi / (period * rng.uniform(0.8, 1.25)))))
    plane = np.add(planes[0], planes[-1]).astype(np.float32)
    return np.asarray(np.tanh(plane * rng.uniform(0.5, 2.0)), np.float32)


def _lit(rng: random.Random, side: int) -> Plane:
    """Grain or pebbles under light from one side: slopes towards it are bright."""
    height = _pebbles(rng, side) if rng.random() < 0.5 else _grain(rng, side)
    angle = rng.uniform(0, 2 * math.pi)
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3)
    return np.asarray(math.cos(angle) * across + math.sin(angle) * down, np.float32)


def _grain(rng: random.Random, side: int) -> Plane:
    """Soft bumps of 3 to 20 pixels."""
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 1, (side, side))
    width = math.exp(rng.uniform(math.log(1.2), math.log(6.0)))
    soft = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), width)
    bumps = np.asarray(soft, np.float32) / max(float(soft.std()), 1e-6)
    return np.asarray(np.abs(bumps) if rng.random() < 0.4 else np.tanh(bumps), np.float32)


def _pebbles(rng: random.Random, side: int) -> Plane:
    """Cells with furrows between them, as leather is grained: how far off the nearest seed is."""
    spread = math.exp(rng.uniform(math.log(5.0), math.log(24.0)))
    source = np.random.default_rng(rng.getrandbits(32))
    seeds = source.integers(0, side, (max(4, int((side / spread) ** 2)), 2))
    empty = np.full((side, side), 255, np.uint8)
    empty[seeds[:, 0], seeds[:, 1]] = 0
    far = cv2.distanceTransform(empty, cv2.DIST_L2, 3)
    return np.asarray(cv2.GaussianBlur(far, (0, 0), rng.uniform(0.6, 1.6)), np.float32)


def _one_side(rng: random.Random, side: int) -> Plane:
    """1 on one side of a line through the patch, 0 on the other."""
    angle, off = rng.uniform(0, 2 * math.pi), rng.uniform(-0.25, 0.25) * side
    x = np.arange(side, dtype=np.float32) - side / 2
    over = x[None] * math.cos(angle) + x[:, None] * math.sin(angle) - off
    return np.asarray(np.clip(over, 0, 1), np.float32)
