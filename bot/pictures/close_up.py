"""A region of a photo straightened and magnified, to be compared with what was read there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.pictures.nameplate import Image, QuadPoints
from storage.types import Quad

STRIP_WIDTH, STRIP_HEIGHT = 1080, 240
"""Pixels that the strip has at most: three for each of a phone's, across its whole width."""

_AROUND = 0.18  # of the line's height is shown on every side: an outline may cut a letter
_FLATTEST = 4.0  # pixels; a flatter quad shows nothing
_FAR = 1e5  # pixels; a corner beyond is no place on a photo
_STRIP_OPTIONS = [cv2.IMWRITE_JPEG_QUALITY, 88]


def straightened(photo: Image, corners: QuadPoints, scale: float, size: tuple[int, int]) -> Image:
    """A picture of this width and height with the region in its middle, `scale` times as large."""
    width, height = size
    along, across = sides(corners)
    left, top = (width - along * scale) / 2, (height - across * scale) / 2
    right, bottom = width - left, height - top
    target = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(
        photo, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)


def sides(corners: QuadPoints) -> tuple[float, float]:
    """How long a quad is along its text, and how high: the mean of either pair of sides."""
    around: NDArray[np.float32] = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return float(around[0] + around[2]) / 2, float(around[1] + around[3]) / 2


def strip(jpeg: bytes, quad: Quad) -> bytes | None:
    """The line in the quad (pixels of `jpeg`) as a JPEG of its own; None where nothing is there.

    CPU work of some 10 ms: call it off the event loop.
    """
    photo = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_BGR) if jpeg else None
    corners = np.asarray(quad, np.float32)
    if photo is None or not (np.abs(corners) < _FAR).all():
        return None
    along, across = sides(corners)
    if min(along, across) < _FLATTEST:
        return None
    margin = 2 * _AROUND * across
    scale = min(STRIP_WIDTH / (along + margin), STRIP_HEIGHT / (across + margin))
    size = round((along + margin) * scale), round((across + margin) * scale)
    shown = straightened(photo.astype(np.uint8, copy=False), corners, scale, size)
    done, data = cv2.imencode(".jpg", shown, _STRIP_OPTIONS)
    return data.tobytes() if done else None
