"""A printed code for tests, in whatever size and direction."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.types import Photo

CODE = "DU8096-002"


def printed(height: int, angle: float) -> tuple[Photo, NDArray[np.float64]]:
    """The code in letters of this height on a photo, turned by `angle` degrees, and its corners."""
    scale = height / 21.0
    thick = max(1, round(2.5 * scale))
    (width, _), _ = cv2.getTextSize(CODE, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    side = 2 * width
    paper = np.full((side, side, 3), 215, np.uint8)
    left, base = (side - width) // 2, (side + height) // 2
    cv2.putText(
        paper, CODE, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, (40, 40, 40), thick, cv2.LINE_AA
    )
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), -angle, 1.0)
    photo = cv2.warpAffine(paper, turn, (side, side), borderValue=(215, 215, 215))
    box = [[left, base - height], [left + width, base - height], [left + width, base], [left, base]]
    corners = np.array(box) @ turn[:, :2].T + turn[:, 2]
    return Photo(photo.astype(np.uint8)), np.asarray(corners, np.float64)
