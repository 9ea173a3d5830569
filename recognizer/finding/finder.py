"""The finder at work: a photo in, text regions out, by a network of maps and `regions`."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.errors import ModelError
from recognizer.finding.regions import RegionSettings, find_regions
from recognizer.finding.words import Maps
from recognizer.models import ModelFiles
from recognizer.types import Photo, Pixels, TextRegion

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
STRIDE = 32  # networks halve five times; shapes in steps of 32 keep the buffers few
SIDE = 864
LARGEST = 2.0  # a small picture is enlarged up to this


class MapsNetwork(Protocol):
    """A network whose maps show text; CRAFT's two (region, affinity), or TagCRAFT's five."""

    version: str

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        """HxWx3 RGB, sides in steps of 32, to maps (H/2, W/2, channels)."""
        ...


class OnnxMaps:
    """The shipped network, through onnxruntime; raises ModelError."""

    def __init__(self, files: ModelFiles, threads: int = 2) -> None:
        manifest = files.manifest()["finder"]
        self.version: str = manifest["version"]
        self._session = files.session(manifest["file"], threads)
        takes = self._session.get_inputs()[0].type
        if takes != "tensor(uint8)":
            told = "export it anew: python -m training export"
            raise ModelError(f"{files.folder / manifest['file']} takes {takes}, no bytes; {told}")

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        """See `MapsNetwork`."""
        four = cv2.cvtColor(photo, cv2.COLOR_RGB2RGBA)  # as the network takes it
        return np.asarray(self._session.run(None, {"photo": four[None]})[0][0], np.float32)


def finder_input(pixels: Pixels) -> NDArray[np.float32]:
    """HxWx3 RGB uint8 to (1, 3, H, W), ImageNet-normalised, as networks are trained."""
    params = cv2.dnn.Image2BlobParams()
    params.mean = tuple(float(v) for v in MEAN * 255)
    params.scalefactor = tuple(float(v) for v in 1 / (255 * DEVIATION))
    return np.asarray(cv2.dnn.blobFromImageWithParams(pixels, params), np.float32)


class Finder:
    """Finds text lines; `side` is the longest side that the network sees, in pixels."""

    def __init__(
        self, network: MapsNetwork, side: int = SIDE, settings: RegionSettings | None = None
    ) -> None:
        self.network, self.side, self.settings = network, side, settings or RegionSettings()

    @property
    def version(self) -> str:
        """The network's."""
        return self.network.version

    def scale(self, photo: Photo) -> float:
        """How many pixels of the network's picture are one of the photo's."""
        return min(self.side / max(photo.width, photo.height), LARGEST)

    def find(self, photo: Photo, scale: float | None = None) -> tuple[TextRegion, ...]:
        """Regions, most prominent first, quads in the photo's pixels; `scale` replaces its own."""
        scale = scale or self.scale(photo)
        return find_regions(self.maps(photo, scale), 2 / scale, self.settings)

    def maps(self, photo: Photo, scale: float) -> Maps:
        """What the network sees on the photo at this scale; two of its pixels are one of these."""
        width, height = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        canvas = np.full((_up(height), _up(width), 3), 127, np.uint8)
        canvas[:height, :width] = cv2.resize(photo.pixels, (width, height), interpolation=method)
        maps = self.network(canvas)
        return Maps.of(maps[: (height + 1) // 2, : (width + 1) // 2])


def _up(size: int) -> int:
    return max(2 * STRIDE, -(-size // STRIDE) * STRIDE)
