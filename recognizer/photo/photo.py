"""Bytes to a checked, upright RGB photo.

Pillow opens every picture lazily, for the checks; a plain JPEG or WebP is then decoded by OpenCV,
which gives the same pixels in less time and memory, a HEIC by pi-heif itself, and everything else
by Pillow. Where a format lets a picture be decoded smaller, it is.
"""

from __future__ import annotations

import io
import threading
import warnings
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from pi_heif import open_heif, register_heif_opener
from PIL import Image, UnidentifiedImageError

from recognizer.errors import (
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
    TooManyPixels,
)
from recognizer.photo import cut, jpeg_segments, png_chunks
from recognizer.photo.flatten import flattened
from recognizer.types import Photo, Pixels

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 52_000_000
"""Of formats that are decoded whole; "50 megapixels" of phones are up to 51.2 million."""

LONGEST_SIDE: Final = 2560
"""Larger photos are scaled down to this: a tag's letters are legible long before it."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
_JPEGS: Final = {"JPEG", "MPO"}
# A JPEG is decoded smaller, so that its size alone costs little.
# AVIF, TIFF and WebP are held two or three times while they are decoded.
_MOST_PIXELS: Final = {
    **{"JPEG": 178_000_000, "MPO": 178_000_000},  # from where on Pillow sees a bomb
    **{"AVIF": 26_000_000, "TIFF": 26_000_000, "WEBP": 26_000_000},
}
_MOST_HELD: Final = 210_000_000  # bytes of a progressive JPEG: 50 megapixels with halved colours
_MOST_SCANNED: Final = 12 * MAX_PIXELS  # pixels times scans of a JPEG; usual are at most 10 scans
_STILLS: Final = {"MPO", "HEIF", "TIFF"}  # several pictures in a file, of which the first is meant
_ORIENTATION: Final = 0x0112
_MOST_A_PIXEL: Final = 1.0  # bytes; what takes more is compressed again before it is kept

# Held while more pixels than this are decoded whole: two such photos at once would be too much.
_LARGE_PIXELS: Final = 13_000_000
_one_large = threading.Lock()

register_heif_opener()


def grey_of(pixels: Pixels) -> Pixels:
    """HxWx3 RGB as HxW grey."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def decode(data: bytes) -> Photo:
    """Decode a photo of one of `FORMATS`, turned upright by its EXIF orientation.

    A JPEG that was cut off is decoded as far as it goes. Raises NotAPicture, PhotoTooLarge (over
    20 MB, or TooManyPixels), PhotoBroken or PhotoAnimated. Alpha is laid on white; the longest side
    is at most `LONGEST_SIDE` pixels.
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge(f"more than {MAX_BYTES // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own pixel limit is the stricter one
            return _decoded(data)
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        if data.startswith(_BEGINNINGS):
            raise PhotoBroken("its beginning is damaged") from error
        raise NotAPicture(f"none of {', '.join(FORMATS)}") from error
    except Image.DecompressionBombError as error:
        raise TooManyPixels(f"more than {MAX_PIXELS // 1_000_000} megapixels") from error
    except Exception as error:  # what decoders make of damaged files is almost anything
        raise PhotoBroken(str(error) or type(error).__name__) from error


_JPEG: Final = b"\xff\xd8\xff"
_BEGINNINGS: Final = (_JPEG, png_chunks.PNG)


def _decoded(data: bytes) -> Photo:
    if not data.startswith(_JPEG):
        return _opened(png_chunks.bare(data), None)
    parts = jpeg_segments.taken_apart(data)
    if parts.ended:
        return _opened(data, parts)
    data = cut.mended(data)
    parts = jpeg_segments.taken_apart(data)
    photo = _opened(data, replace(parts, picture=None))  # Pillow says nothing on standard error
    # A progressive picture comes coarse and whole first, so nothing of it is missing later.
    coarse = parts.held and parts.scans > 1
    return photo if coarse else replace(photo, missing=cut.missing(data))


def _opened(data: bytes, parts: jpeg_segments.Parts | None) -> Photo:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        _check(image, parts)
        with _alone(image, parts):
            return _photo(image, data, parts)


def _photo(image: Image.Image, data: bytes, parts: jpeg_segments.Parts | None) -> Photo:
    if image.format == "HEIF":
        return _heif_photo(data)
    if image.format == "WEBP" and image.mode == "RGBA":
        return _clear_photo(image, data)
    plain: bytes | None = None
    if parts is not None:
        plain = parts.picture if image.mode in {"L", "RGB"} else None
    elif image.format == "WEBP":
        plain = data
    found = _opencv_photo(image, plain) if plain is not None else None
    return found or _pillow_photo(image)


def _check(image: Image.Image, parts: jpeg_segments.Parts | None) -> None:
    width, height = image.size
    if width * height > _MOST_PIXELS.get(image.format or "", MAX_PIXELS):
        raise TooManyPixels(f"{width}x{height} pixels")
    if parts is not None and parts.held > _MOST_HELD:
        raise TooManyPixels(f"{width}x{height} pixels, all of them at once")
    if parts is not None and parts.scans * width * height > _MOST_SCANNED:
        raise PhotoBroken(f"{parts.scans} scans of {width}x{height} pixels")
    if image.format not in _STILLS and getattr(image, "is_animated", False):
        raise PhotoAnimated("more than one frame")


def _alone(image: Image.Image, parts: jpeg_segments.Parts | None) -> AbstractContextManager[object]:
    """Waits until no other large photo is being decoded, where this one is large."""
    small = image.width * image.height <= _LARGE_PIXELS or (parts is not None and not parts.held)
    return nullcontext() if small else _one_large


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


def _clear_photo(image: Image.Image, data: bytes) -> Photo:
    """A WebP with alpha: Pillow would hold it four times."""
    found = cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    )
    if found is None or found.shape != (image.height, image.width, 4):
        return _pillow_photo(image)
    pixels = np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2RGBA, dst=found), np.uint8)
    return Photo(_turned(_laid_on_white(pixels), _orientation(image)))


def _heif_photo(data: bytes) -> Photo:
    """Upright as its container says; libheif's pixels as they are, where Pillow would copy them."""
    found = open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    pixels = np.asarray(found)
    if pixels.ndim == 3 and pixels.shape[2] == 3:
        return Photo(_fitted(np.asarray(pixels, np.uint8)).copy())  # libheif's go with `found`
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return Photo(_laid_on_white(pixels))
    return Photo(_fitted(flattened(found.to_pillow())))


def _laid_on_white(pixels: Pixels) -> Pixels:
    """HxWx4 RGBA, not copied whole."""
    height, width = pixels.shape[:2]
    whole = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    return _fitted(flattened(whole, _reduction(whole.size)))


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
