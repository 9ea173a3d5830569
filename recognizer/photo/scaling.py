"""How much smaller photos are made, by their decoders and afterwards."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from recognizer.types import Pixels

LONGEST_SIDE: Final = 2560
"""Larger photos are scaled down to this: a tag's letters are legible long before it."""

FACTORS: Final = (1, 2, 4, 8)
"""By which a JPEG decoder can make a picture smaller."""


def reduction(size: tuple[int, int]) -> int:
    """How much smaller a decoder may make a picture, so that it is not below what we keep."""
    return max(factor for factor in FACTORS if factor == 1 or max(size) >= factor * LONGEST_SIDE)


def fitted(pixels: Pixels) -> Pixels:
    """No longer than `LONGEST_SIDE`."""
    height, width = pixels.shape[:2]
    scale = LONGEST_SIDE / max(width, height)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Half at least, once the decoder has done its part: bilinear skips no pixel, and is faster.
    method = cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
