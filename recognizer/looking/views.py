"""Other looks at a doubtful crop, for its readings to be compared.

Each takes and gives a picture, HxW grey or HxWx3 RGB. They change what a recogniser trained on
both finds as easy, so that a reading that rests on an accident of the picture does not come twice.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from recognizer.types import Pixels

SQUEEZE = 0.12  # of the width, added on either side
SLANT = 0.12  # of the height, by which the top moves to the left


def plain(pixels: Pixels) -> Pixels:
    """The crop as it is."""
    return pixels


def inverted(pixels: Pixels) -> Pixels:
    """Light and dark exchanged."""
    return np.asarray(255 - pixels, np.uint8)


def squeezed(pixels: Pixels) -> Pixels:
    """With room on both sides: the letters get narrower when it is stretched to the input."""
    room = max(1, round(SQUEEZE * pixels.shape[1]))
    roomy = cv2.copyMakeBorder(pixels, 0, 0, room, room, cv2.BORDER_REPLICATE)
    return np.asarray(roomy, np.uint8)


def slanted(pixels: Pixels) -> Pixels:
    """Leaning a little to the left."""
    height, width = pixels.shape[:2]
    matrix = np.array([[1, SLANT, -SLANT * height / 2], [0, 1, 0]], np.float32)
    leaning = cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(leaning, np.uint8)


VIEWS: tuple[Callable[[Pixels], Pixels], ...] = (plain, inverted, squeezed, slanted)
"""What close reading looks at, beside the finder's lines; the first is the crop itself."""
