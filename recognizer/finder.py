"""CRAFT at work: a photo in, text regions out, through onnxruntime."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.models import ModelFiles
from recognizer.regions import RegionSettings, find_regions
from recognizer.types import Photo, TextRegion

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
STRIDE = 32  # the network halves four times; shapes in steps of 32 keep the buffers few


def finder_input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """HxWx3 RGB uint8 to (1, 3, H, W), ImageNet-normalised as CRAFT is trained."""
    scaled = (pixels.astype(np.float32) / 255 - MEAN) / DEVIATION
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], dtype=np.float32)


class Finder:
    """Finds text lines; `side` is the longest side that the network sees, in pixels."""

    def __init__(
        self,
        files: ModelFiles,
        side: int = 960,
        threads: int = 2,
        settings: RegionSettings | None = None,
    ) -> None:
        manifest = files.manifest()["finder"]
        self.version: str = manifest["version"]
        self.side, self.settings = side, settings or RegionSettings()
        self._session = files.session(manifest["file"], threads)

    def find(self, photo: Photo, side: int | None = None) -> tuple[TextRegion, ...]:
        """Regions, most prominent first, quads in the photo's pixels; `side` replaces its own."""
        scale = min((side or self.side) / max(photo.width, photo.height), 2.0)
        width, height = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        resized = cv2.resize(photo.pixels, (width, height), interpolation=method)
        canvas = np.full((_up(height), _up(width), 3), 127, np.uint8)
        canvas[:height, :width] = resized
        maps = self._session.run(None, {"photo": finder_input(canvas)})[0][0]
        inside = maps[: (height + 1) // 2, : (width + 1) // 2]
        region, affinity = (
            np.ascontiguousarray(inside[..., 0]),
            np.ascontiguousarray(inside[..., 1]),
        )
        return find_regions(region, affinity, 2 / scale, self.settings)


def _up(size: int) -> int:
    return max(2 * STRIDE, -(-size // STRIDE) * STRIDE)
