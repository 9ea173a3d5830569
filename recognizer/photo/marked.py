"""The part of a photo where a person marked the code: cut out upright, and back again."""

from __future__ import annotations

import numpy as np

from recognizer.errors import MarkTooSmall
from recognizer.photo.excerpt import Excerpt
from recognizer.types import Photo, Quad

LEAST_SIDE = 8.0  # pixels; less is a tap, not a mark
MARGIN = 0.06  # of the mark's height: people mark tightly, and the finder wants air around letters
MOST_SIDE = 2560


def marked_part(photo: Photo, corners: Quad) -> Excerpt:
    """The inside of a quad as a photo of its own.

    `corners` are shares (0..1) of the photo's width and height, clockwise from the corner where
    the code begins; what lies beyond the photo is its edge, repeated. Raises `MarkTooSmall`.
    """
    quad = np.asarray(corners, np.float32) * np.array([photo.width, photo.height], np.float32)
    if not np.isfinite(quad).all():
        raise MarkTooSmall("a corner of the mark is no number")
    across = float(min(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))
    down = float(min(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))
    if min(across, down) < LEAST_SIDE:
        raise MarkTooSmall(f"the marked part is {across:.0f}x{down:.0f} pixels")
    across, down = min(across, MOST_SIDE), min(down, MOST_SIDE)
    a, b, c, d = ((float(x), float(y)) for x, y in quad)
    return Excerpt(photo, (a, b, c, d), (across, down), (MARGIN * down, MARGIN * down))
