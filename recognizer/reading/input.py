"""From a grey crop of one text line to the recogniser's input."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CROP_HEIGHT, CROP_WIDTH = 32, 192
NARROWED = 0.75  # of its height that a skimmed crop keeps as width
STEP = 32  # pixels between two widths of skimmed crops


def recogniser_input(
    crop: NDArray[np.uint8], height: int = CROP_HEIGHT, width: int = CROP_WIDTH
) -> NDArray[np.float32]:
    """Stretch an HxW grey crop to (1, height, width) in -1..1, contrast spread per crop.

    The crop is stretched, not padded, as the published TRBA does it: a tilted line in a tall
    crop keeps its horizontal detail that way.
    """
    shrinking = crop.shape[0] > height and crop.shape[1] > width
    method = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    resized = np.asarray(cv2.resize(crop, (width, height), interpolation=method), np.uint8)
    return _spread(resized)[resized][None]


def skimming_width(crop: NDArray[np.uint8], most: int = CROP_WIDTH) -> int:
    """How wide an HxW crop has to be stretched to be skimmed: short texts need less room."""
    height, width = crop.shape
    room = NARROWED * CROP_HEIGHT * width / max(height, 1)
    return min(most, max(2, int(np.ceil(room / STEP))) * STEP)


def _spread(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(256,) values in -1..1 for grey levels: the 1st and 99th percentile become -1 and 1.

    From a histogram, which takes a twentieth of the time of sorting the pixels.
    """
    below = np.bincount(grey.ravel(), minlength=256).cumsum()
    low, high = (_percentile(below, share) for share in (0.01, 0.99))
    levels = (np.arange(256) - low) / max(high - low, 16.0)
    return np.asarray(np.clip(levels, 0, 1) * 2 - 1, np.float32)


def _percentile(below: NDArray[np.int64], share: float) -> float:
    """Linear between the two nearest pixels, as `numpy.percentile` has it."""
    place = share * (int(below[-1]) - 1)
    first, second = np.searchsorted(below, (np.floor(place), np.ceil(place)), side="right")
    return float(first + (second - first) * (place % 1))
