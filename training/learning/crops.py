"""Crops of data sets as pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from storage.errors import LessonSetError

Grey = NDArray[np.uint8]


def grey(png: bytes) -> Grey:
    """A crop's pixels. Raises `LessonSetError`."""
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise LessonSetError("a crop is no picture")
    return np.asarray(pixels, np.uint8)
