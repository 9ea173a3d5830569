"""From a grey crop of one text line to the recogniser's input."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CROP_HEIGHT, CROP_WIDTH = 32, 192


def recogniser_input(
    crop: NDArray[np.uint8], height: int = CROP_HEIGHT, width: int = CROP_WIDTH
) -> NDArray[np.float32]:
    """Stretch an HxW grey crop to (1, height, width) in -1..1, contrast spread per crop.

    The crop is stretched, not padded, as the published TRBA does it: a tilted line in a tall
    crop keeps its horizontal detail that way.
    """
    shrinking = crop.shape[0] > height and crop.shape[1] > width
    method = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    resized = cv2.resize(crop, (width, height), interpolation=method).astype(np.float32)
    low, high = np.percentile(resized, (1, 99))
    spread = (resized - low) / max(float(high - low), 16.0)
    return np.asarray(np.clip(spread, 0, 1)[None] * 2 - 1, dtype=np.float32)
