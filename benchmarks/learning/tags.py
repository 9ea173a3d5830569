"""Tags of a brand that nothing was trained on: a dot printer's letters, an old telephone's camera.

The letters are Pillow's built-in bitmap face, a dot for each of its pixels with some of them
missing: neither is among the fonts and habits that the training's pictures are drawn with.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Rng = np.random.Generator
Picture = NDArray[np.float32]

_FACE = ImageFont.load_default_imagefont()
_DOT = 8  # pixels from one dot to the next, before the camera
_RADIUS, _MISSED = 0.38, 0.08  # of a dot in dots; the share that was not printed
_CODE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"
TAG_SIZE = (420, 640)  # pixels


def code(rng: Rng) -> str:
    """A code of the brand, such as HD4172-305."""
    letters = "".join(rng.choice(list(_CODE_LETTERS), 2))
    return f"{letters}{rng.integers(1000, 10_000)}-{rng.integers(100, 1000)}"


def photo(rng: Rng, printed: str) -> bytes:
    """A JPEG of a tag with the code on it, and what stands on tags beside it."""
    tag = np.full(TAG_SIZE, rng.uniform(0.78, 0.95), np.float32)
    left = int(rng.integers(30, 70))
    _place(tag, _plain("KESTREL"), left, 30, 34)
    _place(tag, _dots(rng, printed), left, int(rng.integers(110, 150)), int(rng.integers(20, 32)))
    for row, words in enumerate(("EU 42  US 8.5  KR 265", "MADE IN VIETNAM", "UPPER: TEXTILE")):
        _place(tag, _plain(words), left, 230 + 55 * row, 26)
    return _camera(rng, tag)


def _bitmap(text: str) -> NDArray[np.bool_]:
    left, top, right, bottom = _FACE.getbbox(text)
    picture = Image.new("L", (int(right - left) + 2, int(bottom - top) + 2))
    ImageDraw.Draw(picture).text((1, 0), text, 255, _FACE)
    ink = np.asarray(picture) > 0
    rows = np.flatnonzero(ink.any(1))
    return np.asarray(ink[rows[0] : rows[-1] + 1])


def _dots(rng: Rng, text: str) -> Picture:
    """Ink 0, paper 1."""
    ink = _bitmap(text)
    line = np.ones(((ink.shape[0] + 2) * _DOT, (ink.shape[1] + 2) * _DOT), np.float32)
    for y, x in np.argwhere(ink):
        if rng.random() >= _MISSED:
            centre = (int((x + 1.5) * _DOT), int((y + 1.5) * _DOT))
            cv2.circle(line, centre, round(_RADIUS * _DOT), 0.0, -1, cv2.LINE_AA)
    return line


def _plain(text: str) -> Picture:
    """What is printed in letters that every reader knows."""
    (width, height), base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 2.0, 4)
    line = np.full((height + base + 8, width + 8), 255, np.uint8)
    cv2.putText(line, text, (4, height + 4), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 0, 4, cv2.LINE_AA)
    return np.asarray(line / 255.0, np.float32)


def _place(tag: Picture, line: Picture, left: int, top: int, height: int) -> None:
    width = min(round(line.shape[1] * height / line.shape[0]), tag.shape[1] - left - 10)
    small = cv2.resize(line, (width, height), interpolation=cv2.INTER_AREA)
    part = tag[top : top + height, left : left + width]
    part *= 0.15 + 0.85 * small


def _camera(rng: Rng, tag: Picture) -> bytes:
    """Held askew over a dark ground, a little out of focus, noisy, compressed."""
    height, width = tag.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + rng.normal(0, 0.02, (4, 2)).astype(np.float32) * width + 60
    size = (width + 120, height + 120)
    ground = float(rng.uniform(0.15, 0.5))
    seen = cv2.warpPerspective(
        tag, cv2.getPerspectiveTransform(corners, moved), size, borderValue=ground
    )
    seen = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.5, 1.2)))
    one_end, other_end = rng.uniform(0.75, 1.0, 2)
    light = np.linspace(one_end, other_end, size[0])
    seen = 255 * seen * light + rng.normal(0, 7, seen.shape)
    colours = cv2.cvtColor(np.clip(seen, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 85))]
    return cv2.imencode(".jpg", colours, quality)[1].tobytes()
