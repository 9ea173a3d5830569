"""A part of a photo as a photo of its own, and what is found there back on the whole one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.quads import quad_of
from recognizer.types import Photo, Quad, TextRegion


@dataclass(frozen=True, slots=True)
class PhotoPart:
    """`photo` is the part; `back` (3, 3) takes its points to the whole photo's, homogeneous."""

    photo: Photo
    back: NDArray[np.float64]

    def on_photo(self, quad: Quad) -> Quad:
        """A quad of the part, in pixels of the whole photo."""
        points = np.column_stack((np.asarray(quad, np.float64), np.ones(4))) @ self.back.T
        return quad_of(points[:, :2] / points[:, 2:])

    def region(self, region: TextRegion) -> TextRegion:
        """A region of the part, on the whole photo."""
        parts = tuple(self.on_photo(part) for part in region.parts)
        return replace(region, quad=self.on_photo(region.quad), parts=parts)

    def enlarged(self, scale: float) -> PhotoPart:
        """The same part with so many times the pixels, smoothly."""
        if scale == 1.0:
            return self
        pixels = cv2.resize(
            self.photo.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC
        )
        height, width = pixels.shape[:2]
        share = np.diag((self.photo.width / width, self.photo.height / height, 1.0))
        return PhotoPart(Photo(np.asarray(pixels, np.uint8)), self.back @ share)


def upright_part(
    photo: Photo, quad: Quad, size: tuple[float, float], air: tuple[float, float]
) -> PhotoPart:
    """What a quad of the photo holds, upright, `size` (width, height) pixels with `air` around.

    `air` is (beside, above), in pixels of the part; beyond the photo its edge is repeated.
    """
    (across, down), (beside, above) = size, air
    inside = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
    matrix = cv2.getPerspectiveTransform(
        np.asarray(quad, np.float32), inside + np.array([beside, above], np.float32)
    )
    whole = (max(1, round(across + 2 * beside)), max(1, round(down + 2 * above)))
    pixels = cv2.warpPerspective(
        photo.pixels, matrix, whole, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return PhotoPart(
        Photo(np.asarray(pixels, np.uint8)), np.asarray(np.linalg.inv(matrix), np.float64)
    )


@dataclass(frozen=True, slots=True)
class Rectangle:
    """What lies from (left, top) to (right, bottom), exclusive, in a photo's pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, photo: Photo) -> PhotoPart:
        """This part of a photo."""
        pixels = photo.pixels[self.top : self.bottom, self.left : self.right]
        back = np.array([[1, 0, self.left], [0, 1, self.top], [0, 0, 1]], np.float64)
        return PhotoPart(Photo(pixels), back)
