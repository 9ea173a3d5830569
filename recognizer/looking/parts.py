"""The finder on a rectangular part of a photo, enlarged or turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.finding.finder import Finder
from recognizer.looking.line_reading import height_of
from recognizer.types import Photo, Quad, TextRegion

AIR = 3.0  # heights of air around lines
_TURNS = (None, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)


@dataclass(frozen=True, slots=True)
class Part:
    """What lies from (left, top) to (right, bottom), exclusive, in the photo's pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, regions: Sequence[TextRegion], photo: Photo) -> Part:
        """The part with these regions and some air."""
        corners = np.array([region.quad for region in regions]).reshape(-1, 2)
        air = AIR * middle_height(regions)
        low, high = corners.min(axis=0) - air, corners.max(axis=0) + air
        left, top = (max(0, int(v)) for v in low)
        right, bottom = min(photo.width, int(high[0]) + 1), min(photo.height, int(high[1]) + 1)
        return cls(left, top, max(right, left + 1), max(bottom, top + 1))

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    def found(
        self, finder: Finder, photo: Photo, scale: float, quarters: int = 0
    ) -> list[TextRegion]:
        """What the finder sees here at this scale, turned counter-clockwise; in photo pixels."""
        pixels = photo.pixels[self.top : self.bottom, self.left : self.right]
        turn = _TURNS[quarters % 4]
        turned = pixels if turn is None else cv2.rotate(pixels, turn)
        regions = finder.find(Photo(np.asarray(turned, np.uint8)), scale)
        return [self._moved(region, quarters % 4) for region in regions]

    def _moved(self, region: TextRegion, quarters: int) -> TextRegion:
        def moved(quad: Quad) -> Quad:
            a, b, c, d = (self._on_photo(x, y, quarters) for x, y in quad)
            return a, b, c, d

        return replace(region, quad=moved(region.quad), parts=tuple(map(moved, region.parts)))

    def _on_photo(self, x: float, y: float, quarters: int) -> tuple[float, float]:
        wide, high = self.width, self.height
        points = ((x, y), (wide - y, x), (wide - x, high - y), (y, high - x))
        across, down = points[quarters]
        return across + self.left, down + self.top


def middle_height(regions: Sequence[TextRegion]) -> float:
    """The median height of lines, in pixels."""
    return float(np.median([height_of(region.quad) for region in regions]))


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a quad's corners, or of an edge's two."""
    x, y = np.array(points).mean(axis=0).tolist()
    return x, y


def holds(region: TextRegion, point: tuple[float, float]) -> bool:
    """Whether the point lies in the region's quad."""
    return cv2.pointPolygonTest(np.asarray(region.quad, np.float32), point, False) >= 0


def covered(region: TextRegion, others: Sequence[TextRegion]) -> bool:
    """Whether another region holds the middle of this one."""
    return any(holds(other, middle(region.quad)) for other in others)
