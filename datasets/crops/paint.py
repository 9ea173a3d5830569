"""Ink on a ground: contrast, white on black, cloth or paper texture, boxes. Grey in 0..255."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.geometry import LaidLine
from datasets.crops.treatment import Rng, Treatment

Grey = NDArray[np.uint8]
Shades = NDArray[np.float32]


def paint(laid: LaidLine, how: Treatment) -> Grey:
    """The warped line as a grey picture of the mask's size."""
    rng, hard, shape = how.rng, how.hard, laid.mask.shape
    ground, ink = _shades(how)
    alpha = np.asarray(laid.mask / 255, np.float32)
    if rng.random() < how.settings.rules * hard + 0.03:
        _rules(alpha, rng, laid)
    paper = np.full(shape, ground, np.float32)
    if how.chance(0.5):
        grain = _texture(shape, rng, laid.glyph)
        paper += grain * rng.uniform(0.01, 0.16) * abs(ground - ink) * hard
    return np.clip(paper + (ink - paper) * alpha, 0, 255).astype(np.uint8)


def _shades(how: Treatment) -> tuple[float, float]:
    """Grey levels of ground and ink."""
    rng = how.rng
    contrast = float(rng.uniform(200 - how.settings.contrast_loss * how.hard, 235))
    ground = float(rng.uniform(contrast, 255))
    dark = (ground, ground - contrast)
    return dark if rng.random() > how.settings.inverse else (dark[1], dark[0])


def _texture(shape: tuple[int, ...], rng: Rng, glyph: float) -> Shades:
    """A weave or clouds, about -1..1, with features smaller than a letter of height `glyph`."""
    height, width = shape
    if rng.random() < 0.4:
        pitch = rng.uniform(0.08, 0.3) * glyph + 1.5
        xs = np.cos(np.arange(width) * 2 * np.pi / pitch)
        ys = np.cos(np.arange(height) * 2 * np.pi / pitch / rng.uniform(0.6, 1.6))
        return np.asarray(xs[None] * ys[:, None], np.float32)
    cell = max(2, int(rng.uniform(0.05, 0.8) * glyph))
    small = rng.standard_normal((height // cell + 2, width // cell + 2), dtype=np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _rules(alpha: Shades, rng: Rng, laid: LaidLine) -> None:
    """Lines over, under or beside the text, straight across the finished crop."""
    corners, glyph = laid.corners, laid.glyph
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
