"""The relief of surfaces as grey planes around 0: cloth, leather, mesh, soles, tiles and more."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import cv2
import numpy as np

from datasets.scenes.materials.noise import Plane, cut, octaves


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


def _askew(rng: random.Random, plane: Plane) -> Plane:
    """A pattern turned, scaled and seen at a slant, as a surface behind a tag is."""
    height, width = plane.shape
    middle, zoom = np.array((width, height)) / 2, rng.uniform(0.8, 1.6)
    turn = rng.gauss(0, 0.5)
    spin = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    slanted = (corners - middle) @ spin * zoom + middle
    slanted *= 1 + np.array([[rng.uniform(-0.12, 0.12)] for _ in range(4)])
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), slanted.astype(np.float32))
    grey = cv2.convertScaleAbs(plane, alpha=1.0, beta=128.0)
    seen = cv2.warpPerspective(grey, matrix, (width, height), borderMode=cv2.BORDER_REFLECT_101)
    return seen.astype(np.float32) - 128


def _mesh(rng: random.Random, height: int, width: int) -> Plane:
    """Knitted mesh of a shoe's upper: rows of staggered holes."""
    pitch = rng.randint(7, 22)
    tile = np.zeros((2 * pitch, 2 * pitch), np.float32)
    wide, tall = pitch * rng.uniform(0.2, 0.42), pitch * rng.uniform(0.2, 0.42)
    for x, y in ((0, 0), (2, 0), (0, 2), (2, 2), (1, 1)):
        at = (round(x * pitch), round(y * pitch))
        cv2.ellipse(tile, at, (max(1, round(wide * 1.4)), max(1, round(tall * 1.4))), 0, 0, 360,
                    -1.0, -1, cv2.LINE_AA)  # fmt: skip
    soft = cv2.blur(cv2.copyMakeBorder(tile, 3, 3, 3, 3, cv2.BORDER_WRAP), (3, 3))[3:-3, 3:-3]
    tex = _tile(np.asarray(soft, np.float32), height, width) * rng.uniform(25, 75) + 12
    return _askew(rng, tex + octaves(rng, height, width, 3, 2) * 18)


def _rubber(rng: random.Random, height: int, width: int) -> Plane:
    """A sole's profile: waves, zigzags or bars with hard edges."""
    pitch, swing = rng.randint(12, 44), rng.randint(16, 70)
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    bend = np.abs((x / swing) % 2 - 1) if rng.random() < 0.6 else np.sin(x * math.pi / swing) / 2
    ridges = np.sin((y / pitch + bend * rng.choice((0.0, 0.8, 1.6))) * 2 * math.pi)
    tex = np.clip(ridges * rng.uniform(1.5, 5), -1, 1) * rng.uniform(14, 42)
    return _askew(rng, tex.astype(np.float32) + octaves(rng, height, width, 2, 2) * 16)


def _tiles(rng: random.Random, height: int, width: int) -> Plane:
    """Floor or wall tiles, or a grid: joints darker or lighter than the rest."""
    side = rng.randint(18, 60) if rng.random() < 0.35 else rng.randint(70, 260)
    tall = round(side * rng.choice((1.0, 1.0, 0.5)))
    tile = np.zeros((tall, side), np.float32)
    thick = max(1, round(side * rng.uniform(0.015, 0.05)))
    tile[:thick] = tile[:, :thick] = rng.choice((-1, 1)) * rng.uniform(20, 70)
    tex = _tile(tile, height, width) + octaves(rng, height, width, 5, 3) * rng.uniform(8, 28)
    return _askew(rng, tex)


def _perforated(rng: random.Random, height: int, width: int) -> Plane:
    """Leather or foam with rows of punched holes, which look like dots of print."""
    pitch = rng.randint(12, 34)
    tile = np.zeros((pitch, round(pitch * rng.uniform(0.7, 1.5))), np.float32)
    at, radius = (tile.shape[1] // 2, pitch // 2), max(1, round(pitch * rng.uniform(0.1, 0.26)))
    cv2.circle(tile, at, radius, -1.0, -1, cv2.LINE_AA)
    rows = _tile(tile, height, width) * rng.uniform(30, 90)
    bands = octaves(rng, 24, 32, 3, 2) > rng.uniform(-0.5, 0.1)
    shown = cv2.resize(bands.astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST)
    return _askew(rng, rows * shown + _leather(rng, height, width) * 0.5)


def _stripes(rng: random.Random, height: int, width: int) -> Plane:
    """Rows of dashes and bars of uneven length: like lines of print from afar, yet none."""
    source = np.random.default_rng(rng.getrandbits(32))
    tall, wide = rng.randint(5, 16), rng.randint(3, 9)
    rows, columns = -(-height // (2 * tall)), -(-width // wide)
    cells = (source.uniform(size=(rows, columns)) < rng.uniform(0.3, 0.7)).astype(np.float32)
    lines = np.zeros((2 * rows, columns), np.float32)
    lines[::2] = cells if rng.random() < 0.6 else cells[:1]
    tex = cv2.resize(lines, (columns * wide, 2 * rows * tall), interpolation=cv2.INTER_NEAREST)
    tex = tex[:height, :width] * rng.choice((-1, 1)) * rng.uniform(25, 80)
    return _askew(rng, tex + octaves(rng, height, width, 3, 2) * 16)


def _carpet(rng: random.Random, height: int, width: int) -> Plane:
    """Carpet, felt, asphalt: coarse specks."""
    coarse = cut(rng, height, width, rng.choice((1.0, 2.0, 3.5))).astype(np.float32)
    return coarse * rng.uniform(0.5, 1.3) + octaves(rng, height, width, 4, 2) * 18


def _knit(rng: random.Random, height: int, width: int) -> Plane:
    """Columns of V-shaped stitches."""
    pitch = rng.randint(8, 26)
    x = np.arange(2 * pitch, dtype=np.float32)[None] / pitch
    y = np.arange(pitch, dtype=np.float32)[:, None] / pitch
    waves = np.cos((y + np.abs(x - 1) * 0.9) * 2 * math.pi) - 0.8 * (np.abs(x - 1) > 0.9)
    tex = _tile(waves.astype(np.float32), height, width) * rng.uniform(10, 34)
    return _askew(rng, tex + cut(rng, height, width) * 0.2 + octaves(rng, height, width, 2, 2) * 14)


def _stone(rng: random.Random, height: int, width: int) -> Plane:
    """Marble or concrete: veins where smooth noise crosses zero."""
    veins = np.abs(octaves(rng, height // 2, width // 2, 4, 5)) * rng.uniform(5, 14)
    bright = np.minimum(veins, 1) * rng.uniform(20, 60) - 20
    full = cv2.resize(bright, (width, height), interpolation=cv2.INTER_LINEAR)
    return full + cut(rng, height, width, 1.0) * 0.2 + octaves(rng, height, width, 2, 2) * 20


def _net(rng: random.Random, height: int, width: int) -> Plane:
    """A net of crossing cords, or quilted diamonds."""
    pitch, sharp = rng.randint(10, 60), rng.uniform(3, 12)
    x = np.arange(pitch, dtype=np.float32)[None] * (math.pi / pitch)
    y = np.arange(pitch, dtype=np.float32)[:, None] * (math.pi / pitch)
    cords = np.abs(np.cos(x + y)) ** sharp + np.abs(np.cos(x - y)) ** sharp
    tex = _tile(cords.astype(np.float32), height, width) * rng.choice((-1, 1)) * rng.uniform(20, 60)
    return _askew(rng, tex + octaves(rng, height, width, 3, 2) * 16)


TEXTURES: dict[str, Callable[[random.Random, int, int], Plane]] = {
    "cloth": _cloth, "leather": _leather, "cardboard": _cardboard, "wood": _wood,
    "skin": _skin, "plain": _plain, "mesh": _mesh, "rubber": _rubber, "tiles": _tiles,
    "perforated": _perforated, "stripes": _stripes, "carpet": _carpet,
    "knit": _knit, "stone": _stone, "net": _net,
}  # fmt: skip
