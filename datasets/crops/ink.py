"""A text line as ink: a mask in 0..255 with what print does to letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from datasets.crops.treatment import Rng, Treatment

Mask = NDArray[np.uint8]
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class InkLine:
    """`mask` HxW with the line drawn; `box` is (left, top, right, bottom) of its ink.

    `room` is the free space in pixels left and right of it, where other words of the line follow.
    """

    mask: Mask
    box: tuple[float, float, float, float]
    room: tuple[float, float] = (np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class Company:
    """What stands around a line, each empty or None where nothing does.

    `lines` above and below, `words` before and behind it on the same line.
    """

    lines: tuple[str, str] | None = None
    words: tuple[str, str] | None = None


def draw_line(text: str, font: ImageFont.FreeTypeFont, how: Treatment, company: Company) -> InkLine:
    """Draw `text` with its company, then what print does to it. Lengths in pixels."""
    rng, size = how.rng, float(font.size)
    spacing = float(rng.normal(0.02, 0.04) * size) * (rng.random() < 0.5)
    advances = _advances(text, font, spacing)
    pad = int(size * 1.8)
    image = Image.new("L", (int(advances[-1]) + 2 * pad, int(size * 1.3) + 2 * pad), 0)
    page = _Page(ImageDraw.Draw(image), font, rng)
    _write(page, text, [(pad + x, float(pad)) for x in advances[:-1]])
    box = image.getbbox() or (pad, pad, pad + 1, pad + 1)
    if company.lines:
        _above_and_below(page, company.lines, box, pad, how.settings.nearest)
    room = _beside(page, company.words, box, pad) if company.words else (np.inf, np.inf)
    if how.settings.printed_rules and how.chance(how.settings.printed_rules):
        _rule(page.pen, box, rng)
    mask = np.asarray(image, dtype=np.uint8)
    edges = (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    return InkLine(_print(mask, how, box[3] - box[1]), edges, room)


@dataclass(frozen=True, slots=True)
class _Page:
    pen: ImageDraw.ImageDraw
    font: ImageFont.FreeTypeFont
    rng: Rng


def _above_and_below(
    page: _Page, lines: tuple[str, str], box: Box, pad: int, nearest: float
) -> None:
    rng, size = page.rng, page.font.size
    gap = (box[3] - box[1]) * float(rng.uniform(nearest, 1.9))
    for other, shift in zip(lines, (-gap, gap), strict=True):
        left = pad + float(rng.uniform(-1.5, 1.0) * size)
        page.pen.text((left, pad + shift), other, fill=255, font=page.font)


def _beside(page: _Page, words: tuple[str, str], box: Box, top: int) -> tuple[float, float]:
    """Words before and behind the text; returns the gaps to them, infinite where none is."""
    pen, font = page.pen, page.font
    gaps = [float(page.rng.uniform(0.3, 1.1) * font.size) if word else np.inf for word in words]
    if words[0]:
        pen.text((box[0] - gaps[0], top), words[0], fill=255, font=font, anchor="ra")
    if words[1]:
        pen.text((box[2] + gaps[1], top), words[1], fill=255, font=font)
    return gaps[0], gaps[1]


def _rule(pen: ImageDraw.ImageDraw, box: Box, rng: Rng) -> None:
    """A table's lines or an underline, printed with the text, seldom touching it."""
    left, top, right, bottom = box
    glyph = bottom - top
    thick = max(1, int(rng.uniform(0.03, 0.13) * glyph))
    far = 2.0 * glyph
    for y, sign in ((top, -1), (bottom, 1)):
        if rng.random() < 0.55:
            at = y + sign * float(rng.uniform(0.04, 0.5)) * glyph
            pen.line([(left - far, at), (right + far, at)], fill=255, width=thick)
    for x, sign in ((left, -1), (right, 1)):
        if rng.random() < 0.3:
            at = x + sign * float(rng.uniform(0.2, 0.7)) * glyph
            pen.line([(at, top - far), (at, bottom + far)], fill=255, width=thick)


def _advances(text: str, font: ImageFont.FreeTypeFont, spacing: float) -> list[float]:
    if not spacing:
        return [0.0, font.getlength(text)]
    return [font.getlength(text[:i]) + spacing * i for i in range(len(text) + 1)]


def _write(page: _Page, text: str, places: Sequence[tuple[float, float]]) -> None:
    """The text at one place, or each character at its own."""
    for part, place in zip([text] if len(places) == 1 else text, places, strict=True):
        page.pen.text(place, part, fill=255, font=page.font)


def _print(mask: Mask, how: Treatment, glyph: float) -> Mask:
    """Thicker or thinner strokes, dots of a thermal printer, worn spots, a double strike."""
    rng, bleed = how.rng, how.settings.bleed
    if rng.random() < 0.3:
        mask = _weight(mask, rng, glyph)
    if how.chance(0.14):
        mask = _dots(mask, rng, glyph)
    if how.chance(0.22):
        mask = _wear(mask, rng, glyph)
    if how.chance(0.08):
        mask = _double(mask, rng, glyph)
    if bleed and how.chance(bleed):
        mask = _bleed(mask, rng, glyph)
    return mask


def _bleed(mask: Mask, rng: Rng, glyph: float) -> Mask:
    """Ink that ran into the cloth, or too little of it: corners go round, gaps close or open."""
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.6, float(rng.uniform(0.02, 0.07)) * glyph))
    level = float(rng.uniform(70, 150))
    steep = float(rng.uniform(2, 6))
    pressed = (soft.astype(np.float32) - level) * steep + 128
    return np.asarray(np.clip(pressed, 0, 255).astype(np.uint8))


def _weight(mask: Mask, rng: Rng, glyph: float) -> Mask:
    reach = 2 if glyph < 34 else 3
    kernel = np.ones((reach, reach), np.uint8)
    if rng.random() < 0.6:
        return cv2.dilate(mask, kernel).astype(np.uint8)
    thin = cv2.erode(mask, kernel).astype(np.uint8)
    # A thin font eroded is an empty crop with a label: blend keeps the strokes.
    return cv2.addWeighted(mask, 0.45, thin, 0.55, 0).astype(np.uint8)


def _dots(mask: Mask, rng: Rng, glyph: float) -> Mask:
    pitch = max(2.2, glyph / float(rng.uniform(9, 16)))
    ys, xs = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
    wave = np.cos(xs * 2 * np.pi / pitch) * np.cos(ys * 2 * np.pi / pitch)
    depth = float(rng.uniform(0.2, 0.6))
    return np.asarray(np.clip(mask * (1 - depth + depth * (wave + 1) / 2), 0, 255), np.uint8)


def _wear(mask: Mask, rng: Rng, glyph: float) -> Mask:
    cell = max(2, int(glyph * rng.uniform(0.06, 0.3)))
    small = rng.random((mask.shape[0] // cell + 2, mask.shape[1] // cell + 2), dtype=np.float32)
    field = cv2.resize(small, (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_CUBIC)
    keep = np.clip((field - rng.uniform(0.05, 0.3)) * 8, 1 - rng.uniform(0.3, 1.0), 1)
    return np.asarray(np.clip(mask * keep, 0, 255), np.uint8)


def _double(mask: Mask, rng: Rng, glyph: float) -> Mask:
    dx, dy = rng.uniform(-0.12, 0.12, 2) * glyph
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    ghost = cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0]))
    ghost = (ghost * float(rng.uniform(0.25, 0.7))).astype(np.uint8)
    return np.maximum(mask, ghost)
