"""The code as a small plate, and where beside a region it covers nothing."""

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
_STROKE = 28  # difference between neighbours from which print is told from grain
_CROWDED = 0.25  # share of such pixels: two strokes in a window, not one edge
# Heights of the plate, from the region; farther off it seems to name something else
_HEIGHTS_AWAY = 3
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
    """The plate's upper left corner, near the outline; None where every place has something on it.

    `image` is the photo as it was: the plate covers neither its print nor the outline nor others.
    """
    taken = print_on(image, max(3, gap))
    drawn = [np.round(quad).astype(np.int32) for quad in (outline, *others)]
    for quad in drawn:
        cv2.fillPoly(taken, [cv2.convexHull(quad)], 1)
    sums = cv2.integral(taken)
    size = (name.shape[1], name.shape[0])
    corners = _corners(outline, size, image, gap)
    return next((c for c in corners if _within(c, size, image) and not _sum(sums, c, size)), None)


def print_on(image: Image, window: int) -> Image:
    """Where strokes stand close together, as 1: print, bars and pattern, but no edge of a paper.

    `window` is about the height of the smallest print that counts, in pixels.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    square = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    strokes = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, square) > _STROKE
    crowd = cv2.blur(strokes.astype(np.float32), (window, window))
    return np.asarray(crowd > _CROWDED, np.uint8)


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _corners(outline: QuadPoints, size: Corner, image: Image, gap: int) -> Iterator[Corner]:
    """Above, below, left and right of the region, moved into the picture, the nearest first."""
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    width, height = size
    middles = (left + right - width) / 2, left, right - width
    across = [_clamped(x, gap, image.shape[1] - width - gap) for x in middles]
    down = _clamped((top + bottom - height) / 2, gap, image.shape[0] - height - gap)
    for away in range(gap, gap + _HEIGHTS_AWAY * height + 1, max(1, height // 2)):
        for x in dict.fromkeys(across):
            yield x, int(top) - away - height
            yield x, int(bottom) + 1 + away
        yield int(left) - away - width, down
        yield int(right) + 1 + away, down


def _clamped(value: float, least: int, most: int) -> int:
    return int(max(least, min(most, value)))


def _within(corner: Corner, size: Corner, image: Image) -> bool:
    (x, y), (width, height) = corner, size
    return x >= 0 and y >= 0 and x + width <= image.shape[1] and y + height <= image.shape[0]


def _sum(sums: NDArray[np.integer | np.floating], corner: Corner, size: Corner) -> int:
    """What lies under the plate, by an integral image."""
    (x, y), (width, height) = corner, size
    inside = sums[y + height, x + width] - sums[y, x + width] - sums[y + height, x] + sums[y, x]
    return int(inside)
