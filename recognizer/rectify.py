"""Quads on a photo to upright grey crops."""

from __future__ import annotations

import cv2
import numpy as np

from recognizer.types import Pixels, Quad

MOST_HEIGHT = 64  # more pixels than the recogniser looks at only cost time


def rectified_crop(grey: Pixels, quad: Quad) -> Pixels:
    """The quad's inside as an upright grey crop, at most 64 pixels high; at least 1x1."""
    corners = np.asarray(quad, np.float32)
    width = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    height = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    size = (max(1, round(float(width))), max(1, round(float(height))))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    crop = cv2.warpPerspective(
        grey, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if size[1] > MOST_HEIGHT:
        shrunk = max(1, round(size[0] * MOST_HEIGHT / size[1]))
        crop = cv2.resize(crop, (shrunk, MOST_HEIGHT), interpolation=cv2.INTER_AREA)
    return crop.astype(np.uint8)


def turned(quad: Quad) -> Quad:
    """The same quad read from the other end."""
    a, b, c, d = quad
    return c, d, a, b
