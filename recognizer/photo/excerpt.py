"""A part of a photo as an upright photo of its own, and quads on it back to the whole one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from recognizer.types import Photo, Quad, TextRegion


class Excerpt:
    """What a quad of the photo holds, upright, `width` x `height` pixels with `air` around.

    `quad` is in the photo's pixels, clockwise from where the text begins; beyond the photo its
    edge is repeated.
    """

    def __init__(
        self, photo: Photo, quad: Quad, size: tuple[float, float], air: tuple[float, float]
    ) -> None:
        (across, down), (beside, above) = size, air
        inside = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
        matrix = cv2.getPerspectiveTransform(
            np.asarray(quad, np.float32), inside + np.array([beside, above], np.float32)
        )
        pixels = cv2.warpPerspective(
            photo.pixels,
            matrix,
            (max(1, round(across + 2 * beside)), max(1, round(down + 2 * above))),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self.photo = Photo(pixels.astype(np.uint8))
        self._back = np.linalg.inv(matrix)

    def on_photo(self, quad: Quad) -> Quad:
        """A quad of the excerpt, in pixels of the whole photo."""
        points = np.asarray(quad, np.float32)[None]
        a, b, c, d = cv2.perspectiveTransform(points, self._back)[0].tolist()
        return tuple(a), tuple(b), tuple(c), tuple(d)

    def region(self, region: TextRegion) -> TextRegion:
        """A region of the excerpt, on the whole photo."""
        parts = tuple(self.on_photo(part) for part in region.parts)
        return replace(region, quad=self.on_photo(region.quad), parts=parts)
