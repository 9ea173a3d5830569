"""One grey crop of a text line, as a finder would cut it from a photo, with its text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.crops import degrade
from training.crops.ink import InkLine, draw_line
from training.crops.texts import line_text, neighbour_texts
from training.fonts import FontPool

Rng = np.random.Generator
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrawnCrop:
    """`pixels` is an HxW grey crop; `text` is what stands on it."""

    pixels: NDArray[np.uint8]
    text: str


def draw_crop(rng: Rng, pool: FontPool, hard: float, split: str = "train") -> DrawnCrop:
    """Draw one crop; `hard` in 0..1 is how badly it may be treated."""
    fonts = pool.train if split == "train" else pool.held_out
    path = fonts[int(rng.integers(len(fonts)))]
    font = pool.font(path, int(rng.integers(24, 52)))
    text = line_text(rng)
    neighbours = neighbour_texts(rng) if rng.random() < 0.35 * hard + 0.05 else None
    line = draw_line(text, font, rng, neighbours, hard)
    mask, corners = _warp(line, rng, hard)
    glyph = _glyph_height(corners)
    picture = _paint(mask, rng, hard, corners, glyph)
    picture = degrade.light(picture, rng, hard)
    picture = degrade.blur(picture, rng, hard, glyph)
    picture = _cut(picture, corners, rng, hard, glyph)
    picture = degrade.shrink(picture, rng, hard, glyph)
    for step in (degrade.tone, degrade.noise, degrade.sharpen, degrade.jpeg):
        picture = step(picture, rng, hard)
    return DrawnCrop(picture, text)


def _warp(line: InkLine, rng: Rng, hard: float) -> tuple[NDArray[np.uint8], Matrix]:
    """Stretch, slant, tilt, perspective and curl in one remap; the ink box's corners after it."""
    left, top, right, bottom = line.box
    source = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
    stretch = float(np.exp(rng.normal(-0.05, 0.22 * hard + 0.08)))
    width, height = (right - left) * stretch, bottom - top
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    target += _lean(rng, hard, width, height)
    margin = height * 1.3
    target += margin - target.min(axis=0)
    size = np.ceil(target.max(axis=0) + margin).astype(int)
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    flat = cv2.warpPerspective(line.mask, matrix, (int(size[0]), int(size[1])))
    if rng.random() < 0.3 * hard:
        bend = float(rng.uniform(-0.35, 0.35)) * height * hard
        return _curl(flat.astype(np.uint8), bend, rng), target
    return flat.astype(np.uint8), target


def _lean(rng: Rng, hard: float, width: float, height: float) -> Matrix:
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    moved = corners.copy()
    if rng.random() < 0.5:
        moved[:2, 0] += float(rng.normal(0, 0.22)) * hard * height
    if rng.random() < 0.4:
        moved += rng.normal(0, 0.09, (4, 2)) * hard * height
    reach = 7.0 if rng.random() < 0.8 else 18.0
    # A long line at a steep angle is a tall crop with tiny letters; finders rectify those.
    angle = np.deg2rad(rng.normal(0, reach / 2)) * hard * min(1.0, 6 * height / max(width, 1))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(moved @ turn - corners)


def _curl(mask: NDArray[np.uint8], bend: float, rng: Rng) -> NDArray[np.uint8]:
    height, width = mask.shape
    phase, waves = rng.uniform(0, np.pi), rng.uniform(0.5, 1.3)
    xs = np.arange(width, dtype=np.float32)
    shift = bend * np.sin(phase + xs / width * np.pi * waves).astype(np.float32)
    shift -= shift.mean()
    map_x = np.repeat(xs[None], height, axis=0)
    map_y = np.arange(height, dtype=np.float32)[:, None] + shift[None]
    return cv2.remap(mask, map_x, map_y, cv2.INTER_LINEAR).astype(np.uint8)


def _glyph_height(corners: Matrix) -> float:
    sides = np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])
    return float(sides / 2)


def _paint(
    mask: NDArray[np.uint8], rng: Rng, hard: float, corners: Matrix, glyph: float
) -> NDArray[np.uint8]:
    """Ink on a ground: cloth or paper texture, contrast, rules, white on black."""
    ground, ink = _shades(rng, hard)
    alpha = np.asarray(mask / 255, np.float32)
    if rng.random() < 0.12 * hard + 0.03:
        _rules(alpha, rng, corners, glyph)
    paper = np.full(mask.shape, ground, np.float32)
    if rng.random() < 0.5 * hard:
        paper += (
            _texture(mask.shape, rng, glyph) * rng.uniform(0.01, 0.16) * abs(ground - ink) * hard
        )
    return np.clip(paper + (ink - paper) * alpha, 0, 255).astype(np.uint8)


def _shades(rng: Rng, hard: float) -> tuple[float, float]:
    contrast = float(rng.uniform(200 - 165 * hard, 235))
    ground = float(rng.uniform(contrast, 255))
    dark = (ground, ground - contrast)
    return dark if rng.random() > 0.13 else (dark[1], dark[0])


def _texture(shape: tuple[int, ...], rng: Rng, glyph: float) -> NDArray[np.float32]:
    height, width = shape
    if rng.random() < 0.4:
        pitch = rng.uniform(0.08, 0.3) * glyph + 1.5
        xs = np.cos(np.arange(width) * 2 * np.pi / pitch)
        ys = np.cos(np.arange(height) * 2 * np.pi / pitch / rng.uniform(0.6, 1.6))
        return np.asarray(xs[None] * ys[:, None], np.float32)
    cell = max(2, int(rng.uniform(0.05, 0.8) * glyph))
    small = rng.standard_normal((height // cell + 2, width // cell + 2), dtype=np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _rules(alpha: NDArray[np.float32], rng: Rng, corners: Matrix, glyph: float) -> None:
    """Lines over, under or beside the text, as boxes on labels leave them."""
    thick = max(1, int(rng.uniform(0.03, 0.12) * glyph))
    out = glyph * float(rng.uniform(0.1, 0.45))
    up = (corners[0] - corners[3]) / max(glyph, 1) * out
    ends = [(corners[0] + up, corners[1] + up), (corners[3] - up, corners[2] - up)]
    along = (corners[1] - corners[0]) * 0.6
    for start, end in ends:
        if rng.random() < 0.6:
            a, b = start - along, end + along
            cv2.line(alpha, tuple(a.astype(int)), tuple(b.astype(int)), 1.0, thick, cv2.LINE_AA)
    if rng.random() < 0.4:
        x = int(corners[0, 0] - out) if rng.random() < 0.5 else int(corners[1, 0] + out)
        cv2.line(alpha, (x, 0), (x, alpha.shape[0]), 1.0, thick, cv2.LINE_AA)


def _cut(
    picture: NDArray[np.uint8], corners: Matrix, rng: Rng, hard: float, glyph: float
) -> NDArray[np.uint8]:
    """The finder's rectangle: some air around the ink, now and then a hair too tight."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    tight = -0.06 * hard
    pads = rng.uniform(tight, 0.1 + 0.35 * hard * rng.random(), 4) * glyph
    if rng.random() < 0.15 * hard:
        pads += rng.uniform(0, 0.6) * glyph
    x0, y0 = max(0, int(low[0] - pads[0])), max(0, int(low[1] - pads[1]))
    x1, y1 = int(high[0] + pads[2]) + 1, int(high[1] + pads[3]) + 1
    return np.ascontiguousarray(picture[y0:y1, x0:x1])
