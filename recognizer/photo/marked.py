"""The part of a photo where a person marked the code: cut out upright, and back again."""

from __future__ import annotations

import numpy as np

from recognizer.errors import MarkTooSmall
from recognizer.photo.part import PhotoPart, upright_part
from recognizer.quads import quad_of, sides
from recognizer.types import Photo, Quad

LEAST_SIDE = 8.0  # pixels; less is a tap, not a mark
MARGIN = 0.06  # of the mark's height: people mark tightly, and the finder wants air around letters
MOST_SIDE = 2560


def marked_part(photo: Photo, corners: Quad) -> PhotoPart:
    """The inside of a quad as a photo of its own.

    `corners` are shares (0..1) of the photo's width and height, clockwise from the corner where
    the code begins; what lies beyond the photo is its edge, repeated. Raises `MarkTooSmall`.
    """
    quad = np.asarray(corners, np.float32) * np.array([photo.width, photo.height], np.float32)
    if not np.isfinite(quad).all():
        raise MarkTooSmall("a corner of the mark is no number")
    upper, right, lower, left = sides(quad)
    across, down = min(upper, lower), min(left, right)
    if min(across, down) < LEAST_SIDE:
        raise MarkTooSmall(f"the marked part is {across:.0f}x{down:.0f} pixels")
    across, down = min(across, MOST_SIDE), min(down, MOST_SIDE)
    air = (MARGIN * down, MARGIN * down)
    return upright_part(photo, quad_of(quad), (across, down), air)
