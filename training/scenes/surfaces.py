"""Procedural surfaces that tags lie on: cloth, leather, cardboard, wood, skin, clutter."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from training.scenes.types import Pixels

Plane = NDArray[np.float32]
Colour = tuple[int, int, int]
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


def _tile(pattern: Plane, height: int, width: int) -> Plane:
    rows, columns = pattern.shape
    return np.tile(pattern, (-(-height // rows), -(-width // columns)))[:height, :width]


def _cloth(rng: random.Random, height: int, width: int) -> Plane:
    period = rng.randint(4, 14)
    y, x = np.mgrid[0:period, 0:period].astype(np.float32) * (2 * math.pi / period)
    form = rng.random()
    if form < 0.4:
        pattern = np.cos(x) * np.cos(y)
    elif form < 0.7:
        pattern = np.sin(x + y)
    else:
        pattern = np.maximum(np.cos(x), np.cos(y))
    tex = _tile(pattern.astype(np.float32), height, width) * rng.uniform(6, 26)
    return tex + octaves(rng, height, width, 3) * 20 + cut(rng, height, width) * 0.25


def _leather(rng: random.Random, height: int, width: int) -> Plane:
    grain = cut(rng, height, width, rng.choice((2.0, 3.5))).astype(np.float32)
    ridges = np.abs(grain) * rng.uniform(-0.9, -0.3) + 15
    return ridges + octaves(rng, height, width, 3) * 22 + cut(rng, height, width) * 0.08


def _cardboard(rng: random.Random, height: int, width: int) -> Plane:
    lines = np.random.default_rng(rng.getrandbits(32)).normal(0, 1, (height, 1))
    flutes = cv2.GaussianBlur(lines.astype(np.float32), (1, 0), 1.5, sigmaY=2.0)
    flutes = np.repeat(flutes, width, axis=1) * rng.uniform(0, 8)
    return flutes + octaves(rng, height, width, 2) * 14 + cut(rng, height, width, 1.0) * 0.16


def _wood(rng: random.Random, height: int, width: int) -> Plane:
    stretched = octaves(rng, max(8, height // 12), width, 2, 4)
    if rng.random() < 0.5:
        stretched = octaves(rng, height, max(8, width // 14), 12, 4)
    base = cv2.resize(stretched, (width, height), interpolation=cv2.INTER_LINEAR)
    rings = cv2.resize(np.sin(stretched * rng.uniform(15, 40)).astype(np.float32), (width, height))
    return np.asarray(
        base * 25 + rings * rng.uniform(4, 14) + cut(rng, height, width) * 0.15, np.float32
    )


def _skin(rng: random.Random, height: int, width: int) -> Plane:
    lines = cut(rng, height, width, 3.5) * 0.12
    tex = octaves(rng, height, width, 2, 2) * 26 + lines + cut(rng, height, width, 1.0) * 0.05
    return np.asarray(tex, np.float32)


def _plain(rng: random.Random, height: int, width: int) -> Plane:
    tex = octaves(rng, height, width, 2, 2) * rng.uniform(4, 25) + cut(rng, height, width) * 0.05
    return np.asarray(tex, np.float32)


_RAMPS: dict[str, tuple[tuple[Colour, Colour], ...]] = {
    "cloth": (
        ((10, 10, 12), (60, 60, 66)), ((150, 150, 150), (245, 245, 245)),
        ((30, 40, 80), (90, 110, 160)), ((120, 20, 25), (210, 80, 80)),
        ((150, 130, 100), (235, 220, 195)), ((70, 70, 72), (165, 165, 168)),
        ((30, 60, 40), (110, 150, 120)), ((170, 110, 130), (250, 205, 215)),
    ),
    "leather": (
        ((12, 11, 10), (70, 66, 62)), ((180, 178, 172), (250, 248, 244)),
        ((70, 40, 20), (170, 115, 70)), ((100, 90, 80), (200, 188, 172)),
    ),
    "cardboard": (
        ((130, 95, 60), (205, 170, 125)), ((180, 70, 20), (250, 130, 50)),
        ((20, 20, 22), (75, 75, 78)), ((160, 160, 158), (245, 245, 242)),
        ((30, 60, 120), (80, 130, 200)), ((150, 20, 25), (215, 60, 60)),
    ),
    "wood": (((90, 55, 25), (200, 150, 95)), ((150, 120, 85), (235, 212, 178)),
             ((50, 35, 25), (130, 95, 70))),
    "skin": (((170, 115, 90), (250, 205, 180)), ((205, 150, 130), (255, 225, 208)),
             ((110, 70, 50), (200, 145, 115))),
    "plain": (((130, 130, 132), (250, 250, 250)), ((20, 20, 24), (110, 110, 118)),
              ((140, 120, 110), (235, 220, 212)), ((60, 80, 110), (170, 190, 215))),
}  # fmt: skip
_TEXTURES: dict[str, Callable[[random.Random, int, int], Plane]] = {
    "cloth": _cloth, "leather": _leather, "cardboard": _cardboard, "wood": _wood,
    "skin": _skin, "plain": _plain,
}  # fmt: skip
KINDS = tuple(_TEXTURES)


def surface(rng: random.Random, kind: str, height: int, width: int) -> Pixels:
    """A surface of this kind, HxWx3 uint8."""
    half = rng.random() < 0.7  # out of focus, and faster
    rows, columns = ((height + 1) // 2, (width + 1) // 2) if half else (height, width)
    tex = _TEXTURES[kind](rng, rows, columns)
    grey = cv2.convertScaleAbs(tex, alpha=1.0, beta=128.0)
    dark, light = rng.choice(_RAMPS[kind])
    jitter = [rng.uniform(-18, 18) for _ in range(3)]
    steps = np.linspace(0, 1, 256)[:, None]
    ramp = np.array(dark) * (1 - steps) + np.array(light) * steps + np.array(jitter)
    lut = np.clip(ramp, 0, 255).astype(np.uint8).reshape(256, 1, 3)
    image = cv2.LUT(cv2.merge((grey, grey, grey)), lut)
    if half:
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(image, np.uint8)


def clutter(rng: random.Random, image: Pixels, count: int) -> Pixels:
    """The surface with shapes over it: panels, straps, laces, stitches, a finger; often blurred."""
    height, width = image.shape[:2]
    span = max(height, width)
    for _ in range(count):
        shade = _shade(rng)
        form = rng.random()
        if form < 0.4:
            middle = np.array((rng.uniform(0, width), rng.uniform(0, height)))
            reach = span * rng.uniform(0.08, 0.6)
            angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(rng.randint(3, 7)))
            corners = [middle + reach * np.array((math.cos(a), math.sin(a))) for a in angles]
            cv2.fillPoly(image, [np.array(corners, np.int32)], shade, cv2.LINE_AA)
        elif form < 0.6:
            _stroke(rng, image, shade, rng.randint(12, 90))
        elif form < 0.75:
            _finger(rng, image)
        else:
            _stitches(rng, image, shade)
    if count and rng.random() < 0.7:  # behind the label, so mostly out of focus
        height, width = image.shape[:2]
        small = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.6, 5.0))
        return np.asarray(cv2.resize(soft, (width, height)), np.uint8)
    return image


def _shade(rng: random.Random) -> Colour:
    base = rng.choice((15, 40, 90, 150, 210, 240))
    return tuple(int(min(255, max(0, base + rng.gauss(0, 22)))) for _ in range(3))  # type: ignore[return-value]


def _ends(rng: random.Random, image: Pixels) -> tuple[tuple[int, int], tuple[int, int]]:
    height, width = image.shape[:2]
    start = (rng.randint(-50, width + 50), rng.randint(-50, height + 50))
    return start, (rng.randint(-50, width + 50), rng.randint(-50, height + 50))


def _stroke(rng: random.Random, image: Pixels, shade: Colour, thick: int) -> None:
    start, end = _ends(rng, image)
    dark = tuple(int(value * 0.7) for value in shade)
    cv2.line(image, start, end, dark, thick + 4, cv2.LINE_AA)
    cv2.line(image, start, end, shade, thick, cv2.LINE_AA)


def _stitches(rng: random.Random, image: Pixels, shade: Colour) -> None:
    (x0, y0), (x1, y1) = _ends(rng, image)
    count = max(4, int(math.hypot(x1 - x0, y1 - y0) / rng.uniform(18, 40)))
    thick = rng.randint(2, 5)
    for index in range(count):
        a, b = index / count, (index + 0.6) / count
        first = (int(x0 + (x1 - x0) * a), int(y0 + (y1 - y0) * a))
        second = (int(x0 + (x1 - x0) * b), int(y0 + (y1 - y0) * b))
        cv2.line(image, first, second, shade, thick, cv2.LINE_AA)


def _finger(rng: random.Random, image: Pixels) -> None:
    height, width = image.shape[:2]
    tone = np.array(rng.choice(((236, 190, 165), (222, 168, 140), (190, 135, 105))), float)
    side = rng.choice((-1, 1))
    thick = int(min(height, width) * rng.uniform(0.1, 0.22))
    root = (0 if side < 0 else width, rng.randint(0, height))
    reach = int(width * rng.uniform(0.08, 0.35))
    tip = (root[0] - side * reach, root[1] + rng.randint(-height // 6, height // 6))
    for step in range(14):  # lighter towards the middle: it is round
        shade = tuple(float(v) for v in np.clip(tone * (0.74 + 0.02 * step), 0, 255))
        cv2.line(image, root, tip, shade, max(2, int(thick * (1 - 0.068 * step))), cv2.LINE_AA)
