"""Bytes to a checked, upright RGB photo.

Pillow opens every picture lazily, for the checks; a plain JPEG or WebP is then decoded by OpenCV,
which gives the same pixels in less time and memory, and everything else by Pillow.
"""

from __future__ import annotations

import io
import warnings
from typing import Final

import cv2
import numpy as np
from pi_heif import register_heif_opener
from PIL import Image, UnidentifiedImageError

from recognizer.errors import NotAPicture, PhotoAnimated, PhotoBroken, PhotoError, PhotoTooLarge
from recognizer.photo import jpeg_segments
from recognizer.photo.flatten import flattened
from recognizer.types import Photo, Pixels

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2560
"""Larger photos are scaled down to this: a tag's letters are legible long before it."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
_JPEGS: Final = {"JPEG", "MPO"}
_MOST_SCANNED: Final = 12 * MAX_PIXELS  # pixels times scans of a JPEG; usual are at most 10 scans
_ORIENTATION: Final = 0x0112
_MOST_A_PIXEL: Final = 1.0  # bytes; what takes more is compressed again before it is kept

register_heif_opener()


def grey_of(pixels: Pixels) -> Pixels:
    """HxWx3 RGB as HxW grey."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def decode(data: bytes) -> Photo:
    """Decode a JPEG, PNG, WebP or HEIC photo, turned upright by its EXIF orientation.

    Raises NotAPicture, PhotoTooLarge (over 20 MB or 50 megapixels), PhotoBroken or
    PhotoAnimated. Alpha is laid on white; the longest side is at most `LONGEST_SIDE` pixels.
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge(f"more than {MAX_BYTES // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own pixel limit is the stricter one
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _photo(image, data)
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        raise NotAPicture("not a JPEG, PNG, WebP or HEIC picture") from error
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge(f"more than {MAX_PIXELS // 1_000_000} megapixels") from error
    except Exception as error:  # what decoders make of damaged files is almost anything
        raise PhotoBroken(str(error) or type(error).__name__) from error


def _photo(image: Image.Image, data: bytes) -> Photo:
    _check(image)
    plain: bytes | None = None
    if image.format in _JPEGS:
        parts = jpeg_segments.taken_apart(data)
        if parts.scans * image.width * image.height > _MOST_SCANNED:
            raise PhotoBroken(f"{parts.scans} scans of {image.width}x{image.height} pixels")
        plain = parts.picture if image.mode in {"L", "RGB"} else None
    elif image.format == "WEBP" and image.mode == "RGB":
        plain = data
    found = _opencv_photo(image, plain) if plain is not None else None
    return found or _pillow_photo(image)


def _check(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PhotoTooLarge(f"{width}x{height} pixels")
    # An MPO is a JPEG with a second view (many phones); only the first is the photo.
    if image.format not in {"MPO", "HEIF"} and getattr(image, "n_frames", 1) > 1:
        raise PhotoAnimated(f"{getattr(image, 'n_frames', 1)} frames")


def _opencv_photo(image: Image.Image, data: bytes) -> Photo | None:
    """None where OpenCV does not decode it to the size that Pillow saw."""
    width, height = image.size
    reduced = _reduction(image.size)
    flags = _READ_REDUCED[reduced] | cv2.IMREAD_IGNORE_ORIENTATION
    found = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if found is None or found.shape != (-(-height // reduced), -(-width // reduced), 3):
        return None
    orientation = _orientation(image)
    pixels = _fitted(np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB, dst=found), np.uint8))
    as_received = (
        image.format != "WEBP" and orientation == 1 and pixels.shape[:2] == (height, width)
    )
    small = len(data) <= _MOST_A_PIXEL * width * height
    return Photo(_turned(pixels, orientation), data if as_received and small else None)


def _pillow_photo(image: Image.Image) -> Photo:
    width, height = image.size
    if image.format in _JPEGS:
        # The decoder itself makes the picture smaller while it stays above what we keep.
        reduced = _reduction(image.size)
        image.draft(None, (width // reduced, height // reduced))
    image.load()
    pixels = _fitted(flattened(image, _reduction(image.size)))
    return Photo(_turned(pixels, _orientation(image)))


_READ_REDUCED: Final = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


def _reduction(size: tuple[int, int]) -> int:
    """How much smaller a decoder may make a picture, so that it is not below what we keep."""
    return max(
        factor for factor in _READ_REDUCED if factor == 1 or max(size) >= factor * LONGEST_SIDE
    )


def _fitted(pixels: Pixels) -> Pixels:
    """No longer than `LONGEST_SIDE`."""
    height, width = pixels.shape[:2]
    scale = LONGEST_SIDE / max(width, height)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Half at least, once the decoder has done its part: bilinear skips no pixel, and is faster.
    method = cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged EXIF raises almost anything; the picture itself is good
        return 1


def _turned(pixels: Pixels, orientation: int) -> Pixels:
    """Upright, by the EXIF orientation; one that does not exist leaves the picture as it is."""
    if orientation in {5, 7}:
        pixels = np.asarray(cv2.transpose(pixels), np.uint8)
    if orientation in {2, 4}:
        return np.asarray(cv2.flip(pixels, 1 if orientation == 2 else 0), np.uint8)
    turn = _BY_EXIF.get(orientation)
    return pixels if turn is None else np.asarray(cv2.rotate(pixels, turn), np.uint8)


_BY_EXIF: Final = {
    3: cv2.ROTATE_180,
    6: cv2.ROTATE_90_CLOCKWISE,
    7: cv2.ROTATE_180,
    8: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def encode_jpeg(photo: Photo, quality: int = 90) -> bytes:
    """The photo as JPEG, upright and without EXIF: as received, less all else, where that is it."""
    if photo.jpeg is not None:
        return photo.jpeg
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality]
    done, found = cv2.imencode(".jpg", cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2BGR), flags)
    assert done  # a picture of pixels can be encoded
    return found.tobytes()
