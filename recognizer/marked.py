"""The part of a photo where a person marked the code: cut out upright, and back again."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from recognizer.errors import MarkTooSmall
from recognizer.types import Photo, Quad, TextRegion

LEAST_SIDE = 8.0  # pixels; less is a tap, not a mark
MARGIN = 0.06  # of the mark's height: people mark tightly, and the finder wants air around letters
MOST_SIDE = 2560


class MarkedPart:
    """The inside of a quad as a photo of its own.

    `corners` are shares (0..1) of the photo's width and height, clockwise from the corner where
    the code begins; what lies beyond the photo is its edge, repeated. Raises `MarkTooSmall`.
    """

    def __init__(self, photo: Photo, corners: Quad) -> None:
        size = np.array([photo.width, photo.height], np.float32)
        quad = np.asarray(corners, np.float32) * size
        if not np.isfinite(quad).all():
            raise MarkTooSmall("a corner of the mark is no number")
        across = float(min(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))
        down = float(min(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))
        if min(across, down) < LEAST_SIDE:
            raise MarkTooSmall(f"the marked part is {across:.0f}x{down:.0f} pixels")
        across, down = min(across, MOST_SIDE), min(down, MOST_SIDE)
        air = MARGIN * down
        width, height = round(across + 2 * air), round(down + 2 * air)
        inside = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32) + air
        matrix = cv2.getPerspectiveTransform(quad, inside)
        pixels = cv2.warpPerspective(
            photo.pixels,
            matrix,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self.photo = Photo(pixels.astype(np.uint8))
        self._back = np.linalg.inv(matrix)

    def on_photo(self, quad: Quad) -> Quad:
        """A quad of the part, in pixels of the whole photo."""
        points = np.asarray(quad, np.float32)[None]
        a, b, c, d = cv2.perspectiveTransform(points, self._back)[0].tolist()
        return tuple(a), tuple(b), tuple(c), tuple(d)

    def region(self, region: TextRegion) -> TextRegion:
        """A region of the part, on the whole photo."""
        parts = tuple(self.on_photo(part) for part in region.parts)
        return replace(region, quad=self.on_photo(region.quad), parts=parts)
