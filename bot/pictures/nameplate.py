"""The code as a small plate, and where beside a region it has room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

Image = NDArray[np.uint8]
QuadPoints = NDArray[np.float32]
Corner = tuple[int, int]

_LETTER_HEIGHT = 21.0  # height of the font, in pixels of the phone
_WIDEST = 0.9  # of the picture's width
_LONGEST_NAME = 40  # characters
_PLATE_INK, _PLATE_PAPER, _PLATE_EDGE = (255, 255, 255), (16, 16, 18), (40, 220, 60)  # RGB


def plate(code: str, unit: float, width: int) -> Image | None:
    """The code in white on black, edged in green (BGR); `unit` picture pixels are one on a phone.

    None where there is nothing to write or the picture is too narrow for it.
    """
    text = code[:_LONGEST_NAME].strip()
    size = _LETTER_HEIGHT * unit
    if not text or width < 24:
        return None
    long = _font(size).getlength(text) + size
    size *= min(1.0, _WIDEST * width / long)
    if size < 4:
        return None
    font, pad, edge = _font(size), round(size * 0.4), max(1, round(size / 12))
    left, top, right, bottom = (round(side) for side in font.getbbox(text))
    picture = Pictures.new("RGB", (right - left + 2 * pad, bottom - top + 2 * pad), _PLATE_PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, picture.width - 1, picture.height - 1), outline=_PLATE_EDGE, width=edge)
    draw.text((pad - left, pad - top), text, font=font, fill=_PLATE_INK)
    made = np.asarray(picture)[:, :, ::-1]
    return np.ascontiguousarray(made[:, :width])


def blank(width: int, height: int) -> Image:
    """A band to stand under the picture."""
    return np.full((height, width, 3), _PLATE_PAPER[::-1], np.uint8)


def beside(
    outline: QuadPoints, others: Sequence[QuadPoints], name: Image, image: Image, gap: int
) -> Corner | None:
    """The plate's upper left corner, where it covers nothing of the outline; None without room.

    The nearest side is taken, one that leaves the other candidates free if there is such a side.
    """
    size = (name.shape[1], name.shape[0])
    free = [
        (sum(_shared(quad, corner, size) for quad in others), order, corner)
        for order, corner in enumerate(_corners(outline, size, image, gap))
        if _within(corner, size, image) and not _shared(outline, corner, size)
    ]
    return min(free)[2] if free else None


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _corners(outline: QuadPoints, size: Corner, image: Image, gap: int) -> Iterator[Corner]:
    """Above, below, left and right of the region, moved into the picture; then its corners."""
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    width, height = size
    across = _clamped((left + right - width) / 2, gap, image.shape[1] - width - gap)
    down = _clamped((top + bottom - height) / 2, gap, image.shape[0] - height - gap)
    yield across, int(top) - gap - height
    yield across, int(bottom) + 1 + gap
    yield int(left) - gap - width, down
    yield int(right) + 1 + gap, down
    for x in (gap, image.shape[1] - width - gap):
        for y in (gap, image.shape[0] - height - gap):
            yield x, y


def _clamped(value: float, least: int, most: int) -> int:
    return int(max(least, min(most, value)))


def _within(corner: Corner, size: Corner, image: Image) -> bool:
    (x, y), (width, height) = corner, size
    return x >= 0 and y >= 0 and x + width <= image.shape[1] and y + height <= image.shape[0]


def _shared(quad: QuadPoints, corner: Corner, size: Corner) -> float:
    """The area that a quad and the plate have in common, in pixels."""
    (x, y), (width, height) = corner, size
    plate = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float32)
    return float(cv2.intersectConvexConvex(cv2.convexHull(quad), plate)[0])
