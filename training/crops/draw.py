"""One grey crop of a text line, as a finder would cut it from a photo, with its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.crops import degrade
from training.crops.ink import InkLine, draw_line
from training.crops.settings import CURRENT, CropSettings
from training.crops.texts import foreign_line, hangul_label, line_text, neighbour_texts, tag_line
from training.fonts import FontPool

Rng = np.random.Generator
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrawnCrop:
    """`pixels` is an HxW grey crop; `text` is what stands on it."""

    pixels: NDArray[np.uint8]
    text: str


def draw_crop(
    rng: Rng,
    pool: FontPool,
    hard: float,
    split: str = "train",
    settings: CropSettings = CURRENT,
) -> DrawnCrop:
    """Draw one crop; `hard` in 0..1 is how badly it may be treated."""
    wording = _wording(rng, settings)
    fonts = _faces(rng, pool, split, wording, settings)
    path = fonts[int(rng.integers(len(fonts)))]
    font = pool.font(path, int(rng.integers(24, 52)))
    text = line_text(rng, settings) if wording.text is None else wording.text
    shown = _shown(wording, text, rng, settings)
    neighbours = neighbour_texts(rng) if rng.random() < 0.35 * hard + 0.05 else None
    scraps = None
    if settings.scraps and rng.random() < settings.scraps * hard:
        scraps = (tag_line(rng) * (rng.random() < 0.5), tag_line(rng) * (rng.random() < 0.6))
    line = draw_line(shown, font, rng, neighbours, hard, settings, scraps)
    mask, corners = _warp(line, rng, hard, settings)
    glyph = _glyph_height(corners)
    picture = _paint(mask, rng, hard, corners, glyph, settings)
    picture = degrade.light(picture, rng, hard)
    picture = degrade.blur(picture, rng, hard, glyph, settings.blur)
    picture = _cut(
        picture, corners, rng, hard, _Frame(glyph, settings.tight, _rooms(line, corners))
    )
    picture = degrade.shrink(picture, rng, hard, glyph)
    for step in (degrade.tone, degrade.noise, degrade.sharpen, degrade.jpeg):
        picture = step(picture, rng, hard, settings)
    return DrawnCrop(picture, text)


@dataclass(frozen=True, slots=True)
class _Wording:
    """What is special about a line: a text of its own (None: draw one), a part not transcribed."""

    text: str | None = None
    shown: str = ""
    before: str = ""
    letters: str = ""  # of another script, which the font has to have


def _wording(rng: Rng, settings: CropSettings) -> _Wording:
    special = settings.unreadable + settings.hangul_labels
    lot = rng.random() if special else 1.0
    if lot >= special:
        return _Wording()
    if lot >= settings.unreadable:
        return _Wording(before=f"{hangul_label(rng)} ")
    if rng.random() < 0.15:
        return _Wording("", "|" * int(rng.integers(1, 30)))
    shown, letters = foreign_line(rng)
    return _Wording("", shown, letters=letters)


def _faces(
    rng: Rng, pool: FontPool, split: str, wording: _Wording, settings: CropSettings
) -> tuple[Path, ...]:
    if wording.letters:
        return pool.drawing(wording.letters, split) or pool.side(split)
    if wording.before:
        return pool.korean_side(split) or pool.side(split)
    if settings.tag_fonts and rng.random() < settings.tag_fonts:
        return pool.like_tags(split)
    return pool.side(split)


def _shown(wording: _Wording, text: str, rng: Rng, settings: CropSettings) -> str:
    """The letters to print for a text."""
    if wording.text is not None:
        return wording.shown
    if settings.wide_gaps and " " in text and rng.random() < settings.wide_gaps:
        text = text.replace(" ", " " * int(rng.integers(2, 4)))
    return wording.before + text


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a crop may be cut: letter height, letter heights that may be lost, room beside it."""

    glyph: float
    tight: float
    rooms: tuple[float, float]


def _rooms(line: InkLine, corners: Matrix) -> tuple[float, float]:
    """How far a cut may reach left and right: to a third of the next word's first letter."""
    stretch = float(corners[1, 0] - corners[0, 0]) / max(line.box[2] - line.box[0], 1.0)
    glyph = line.box[3] - line.box[1]
    left, right = ((gap + 0.3 * glyph) * stretch for gap in line.room)
    return left, right


def _warp(
    line: InkLine, rng: Rng, hard: float, settings: CropSettings
) -> tuple[NDArray[np.uint8], Matrix]:
    """Stretch, slant, tilt, perspective and curl in one remap; the ink box's corners after it."""
    left, top, right, bottom = line.box
    source = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
    stretch = float(np.exp(rng.normal(-0.05, 0.22 * hard + 0.08)))
    width, height = (right - left) * stretch, bottom - top
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    target += _lean(rng, hard, width, height, settings)
    margin = height * 1.3
    target += margin - target.min(axis=0)
    size = np.ceil(target.max(axis=0) + margin).astype(int)
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    flat = cv2.warpPerspective(line.mask, matrix, (int(size[0]), int(size[1])))
    if rng.random() < settings.curl * hard:
        bend = float(rng.uniform(-0.35, 0.35)) * height * hard
        return _curl(flat.astype(np.uint8), bend, rng), target
    return flat.astype(np.uint8), target


def _lean(rng: Rng, hard: float, width: float, height: float, settings: CropSettings) -> Matrix:
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    moved = corners.copy()
    if rng.random() < 0.5:
        moved[:2, 0] += float(rng.normal(0, 0.22)) * hard * height
    if rng.random() < 0.4:
        moved += rng.normal(0, 0.09, (4, 2)) * hard * height
    reach = 7.0 if rng.random() < 1 - settings.steep else settings.steep_degrees
    # A long line at a steep angle is a tall crop with tiny letters; finders rectify those.
    room = min(1.0, settings.lean_room * height / max(width, 1))
    angle = np.deg2rad(rng.normal(0, reach / 2)) * hard * room
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


def _paint(  # noqa: PLR0913
    mask: NDArray[np.uint8],
    rng: Rng,
    hard: float,
    corners: Matrix,
    glyph: float,
    settings: CropSettings,
) -> NDArray[np.uint8]:
    """Ink on a ground: cloth or paper texture, contrast, rules, white on black."""
    ground, ink = _shades(rng, hard, settings.contrast_loss)
    alpha = np.asarray(mask / 255, np.float32)
    if rng.random() < settings.rules * hard + 0.03:
        _rules(alpha, rng, corners, glyph)
    paper = np.full(mask.shape, ground, np.float32)
    if rng.random() < 0.5 * hard:
        paper += (
            _texture(mask.shape, rng, glyph) * rng.uniform(0.01, 0.16) * abs(ground - ink) * hard
        )
    return np.clip(paper + (ink - paper) * alpha, 0, 255).astype(np.uint8)


def _shades(rng: Rng, hard: float, loss: float) -> tuple[float, float]:
    contrast = float(rng.uniform(200 - loss * hard, 235))
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
    picture: NDArray[np.uint8], corners: Matrix, rng: Rng, hard: float, frame: _Frame
) -> NDArray[np.uint8]:
    """The finder's rectangle: some air around the ink, now and then a hair too tight."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    tight, glyph = -frame.tight * hard, frame.glyph
    pads = rng.uniform(tight, 0.1 + 0.35 * hard * rng.random(), 4) * glyph
    if rng.random() < 0.15 * hard:
        pads += rng.uniform(0, 0.6) * glyph
    pads[[0, 2]] = np.minimum(pads[[0, 2]], frame.rooms)
    x0, y0 = max(0, int(low[0] - pads[0])), max(0, int(low[1] - pads[1]))
    x1, y1 = int(high[0] + pads[2]) + 1, int(high[1] + pads[3]) + 1
    return np.ascontiguousarray(picture[y0:y1, x0:x1])
