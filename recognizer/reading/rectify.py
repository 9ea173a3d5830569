"""Quads on a photo to upright crops."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.quads import sides
from recognizer.types import Pixels, Quad

WHOLE_HEIGHT = 0.95  # ink in a column from which on it is a bar
STANDS_OUT = 0.15  # of the crop's contrast: what is ink
MOST_HEIGHT = 64  # more pixels than the recogniser looks at only cost time


def rectified_crop(pixels: Pixels, quad: Quad) -> Pixels:
    """The quad's inside as an upright crop, grey or RGB, at most 64 pixels high; at least 1x1."""
    corners = np.asarray(quad, np.float32)
    upper, right, lower, left = sides(corners)
    size = (max(1, round(max(upper, lower))), max(1, round(max(left, right))))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    crop = cv2.warpPerspective(
        pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if size[1] > MOST_HEIGHT:
        shrunk = max(1, round(size[0] * MOST_HEIGHT / size[1]))
        crop = cv2.resize(crop, (shrunk, MOST_HEIGHT), interpolation=cv2.INTER_AREA)
    return crop.astype(np.uint8)


def unframed(crop: Pixels) -> Pixels:
    """The crop without what lies beyond a bar at its left or right end.

    A frame around a code reads as a J or an I. Letters leave air above and below them in a
    rectified crop; a frame's side, or the edge of the paper, goes from top to bottom.
    """
    height, width = crop.shape
    reach = min(height, width // 6)
    if reach < 2:
        return crop
    bars = _ink(crop).mean(axis=0) > WHOLE_HEIGHT
    left, right = np.flatnonzero(bars[:reach]), np.flatnonzero(bars[width - reach :])
    start = int(left[-1]) + 1 if len(left) else 0
    end = width - reach + int(right[0]) if len(right) else width
    return np.ascontiguousarray(crop[:, start:end])


def _ink(crop: Pixels) -> NDArray[np.bool_]:
    """Which pixels stand out from what is around them, on the side of the print.

    Against their surroundings, because a shadow over one end is as dark as ink at the other.
    """
    below = np.bincount(crop.ravel(), minlength=256).cumsum() / crop.size
    low, high = np.searchsorted(below, (0.05, 0.95))
    return np.asarray(standing_out(crop) > STANDS_OUT * (high - low))


def standing_out(crop: Pixels) -> NDArray[np.float32]:
    """How far each pixel of an HxW crop is from what is around it, in grey levels; print above 0.

    Whatever the light on the crop, and whether its print is the darker or the brighter part.
    """
    size = 2 * crop.shape[0] + 1
    values = crop.astype(np.float32)
    apart = values - cv2.blur(values, (size, size), borderType=cv2.BORDER_REPLICATE)
    # Print is the lesser part; from the median on, as a frame's rules shift the mean.
    some = apart[::2, ::2]
    off = some - np.median(some)
    print_side = 1.0 if float((off * off * off).mean()) > 0 else -1.0
    return np.asarray(print_side * apart, np.float32)
