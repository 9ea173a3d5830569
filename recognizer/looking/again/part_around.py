"""The part of a photo around some lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.photo.part import Rectangle
from recognizer.quads import middle_height
from recognizer.types import Photo, TextRegion


def part_around(regions: Sequence[TextRegion], photo: Photo, air: float) -> Rectangle:
    """The part of a photo with these regions, and so many of their heights around them."""
    corners = np.array([region.quad for region in regions]).reshape(-1, 2)
    room = air * middle_height(regions)
    low, high = corners.min(axis=0) - room, corners.max(axis=0) + room
    left, top = (max(0, int(v)) for v in low)
    right, bottom = min(photo.width, int(high[0]) + 1), min(photo.height, int(high[1]) + 1)
    return Rectangle(left, top, max(right, left + 1), max(bottom, top + 1))
