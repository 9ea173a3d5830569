"""Bytes of a checked file to pixels, by whichever decoder holds least for it."""

from __future__ import annotations

import io
from typing import Final

import cv2
import numpy as np
from pi_heif import open_heif
from PIL import Image

from recognizer.errors import PhotoBroken
from recognizer.photo.flatten import flattened
from recognizer.photo.scaling import fitted, reduction
from recognizer.types import Pixels

_READ_REDUCED: Final = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
_JPEGS: Final = {"JPEG", "MPO"}


def jpeg_pixels(size: tuple[int, int], data: bytes) -> Pixels | None:
    """None where OpenCV does not decode a JPEG to the size that Pillow saw."""
    return _opencv_pixels(size, data, reduction(size))


def whole_pixels(size: tuple[int, int], data: bytes) -> Pixels:
    """A picture that OpenCV decodes whole and then makes half as large: more would skip pixels.

    Raises PhotoBroken.
    """
    found = _opencv_pixels(size, data, min(2, reduction(size)))
    if found is None:
        raise PhotoBroken("its data is damaged")
    return found


def _opencv_pixels(size: tuple[int, int], data: bytes, reduced: int) -> Pixels | None:
    width, height = size
    flags = _READ_REDUCED[reduced] | cv2.IMREAD_IGNORE_ORIENTATION
    found = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    # One decoder rounds a half down, another up.
    if found is None or found.ndim != 3 or found.shape[2] != 3:
        return None
    if abs(found.shape[0] - height / reduced) >= 1 or abs(found.shape[1] - width / reduced) >= 1:
        return None
    return fitted(np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB, dst=found), np.uint8))


def clear_pixels(size: tuple[int, int], data: bytes) -> Pixels:
    """A WebP with alpha: Pillow would hold it four times. Raises PhotoBroken."""
    found = cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    )
    if found is None or found.shape != (size[1], size[0], 4):
        return whole_pixels(size, data)  # it says that it has alpha, and has none
    return _laid_on_white(np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2RGBA, dst=found), np.uint8))


def heif_pixels(data: bytes) -> Pixels:
    """Upright as its container says; libheif's pixels as they are, where Pillow would copy them."""
    found = open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    pixels = np.asarray(found)
    if pixels.ndim == 3 and pixels.shape[2] == 3:
        return fitted(np.asarray(pixels, np.uint8)).copy()  # libheif's go with `found`
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return _laid_on_white(pixels)
    return fitted(flattened(found.to_pillow()))


def pillow_pixels(image: Image.Image) -> Pixels:
    """Whatever Pillow opened."""
    width, height = image.size
    reduced = reduction(image.size)
    if image.format in _JPEGS:
        # The decoder itself makes the picture smaller while it stays above what we keep.
        image.draft(None, (width // reduced, height // reduced))
    image.load()
    return fitted(flattened(image, reduction(image.size)))


def _laid_on_white(pixels: Pixels) -> Pixels:
    """HxWx4 RGBA, not copied whole."""
    height, width = pixels.shape[:2]
    whole = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    return fitted(flattened(whole, reduction(whole.size)))
