"""Bytes to a checked, upright RGB photo.

A file is taken apart first: its sides, and what decoding it would hold, are known before any
decoder sees it (`held.py`). What is too much is refused; the rest waits for room in the process
(`recognizer/memory.py`). A plain JPEG, a WebP or a large PNG is then decoded by OpenCV, which gives
the same pixels as Pillow in less time and memory, a HEIC by pi-heif, and everything else by Pillow.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final

import cv2
import numpy as np
from pi_heif import register_heif_opener
from PIL import Image, UnidentifiedImageError

from recognizer.errors import (
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
    TooManyPixels,
)
from recognizer.memory import ROOM
from recognizer.photo import cut, decoders, directory, held, jpeg_segments, png_chunks, webp_chunks
from recognizer.photo.scaling import reduction
from recognizer.types import Photo, Pixels

MAX_BYTES: Final = 20 * 1024 * 1024
LONGEST_TAKEN: Final = 20_000
"""Pixels; panoramas of phones are up to 16,384 wide, and rows of pixels cost memory, too."""

MAX_PIXELS: Final = 52_000_000
"""Of formats that are decoded whole; "50 megapixels" of phones are up to 51.2 million."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
_OPENED: Final = tuple(name for name in FORMATS if name != "WEBP")  # by Pillow
_MOST_JPEG_PIXELS: Final = 178_000_000  # from where on Pillow sees a bomb
_MOST_SCANNED: Final = 12 * MAX_PIXELS  # pixels times scans of a JPEG; usual are at most 10 scans
_STILLS: Final = {"HEIF", "TIFF"}  # several pictures in a file, of which the first is meant
_MOST_A_PIXEL: Final = 1.0  # bytes; what takes more is compressed again before it is kept

register_heif_opener()


def grey_of(pixels: Pixels) -> Pixels:
    """HxWx3 RGB as HxW grey."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def decode(data: bytes) -> Photo:
    """Decode a photo of one of `FORMATS`, turned upright by its EXIF orientation.

    A JPEG that was cut off is decoded as far as it goes. Raises NotAPicture, PhotoTooLarge (over
    20 MB, or TooManyPixels), PhotoBroken or PhotoAnimated. Alpha is laid on white; the longest side
    is at most `scaling.LONGEST_SIDE` pixels. Waits while others hold the memory that it needs.
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
_EXIF_HEAD: Final = re.compile(rb"II\*\0|MM\0\*")
_MOST_BLOCKS: Final = 16  # of what looks like EXIF in a file; more is noise, or a wish to be slow


def _decoded(data: bytes) -> Photo:
    if data.startswith(_JPEG):
        return _jpeg(data)
    if webp_chunks.is_webp(data):
        return _webp(data)
    return _opened(png_chunks.bare(data))


def _jpeg(data: bytes) -> Photo:
    parts = jpeg_segments.taken_apart(data)
    if parts.ended:
        return _jpeg_photo(parts)
    parts = jpeg_segments.taken_apart(cut.mended(data))
    if not parts.bare:
        raise PhotoBroken("it ends before its picture begins")
    # A progressive picture comes coarse and whole first, so nothing of it is missing later.
    coarse = parts.progressive and parts.scans > 1
    parts = replace(parts, plain=False)  # Pillow says nothing on standard error
    return _jpeg_photo(parts, None if coarse else cut.missing)


def _jpeg_photo(
    parts: jpeg_segments.Parts, missing: Callable[[bytes], float] | None = None
) -> Photo:
    """What only a bare file is asked: Pillow reads EXIF for numbers that nobody needs here."""
    with Image.open(io.BytesIO(parts.bare), formats=("JPEG",)) as image:
        _check_size(image.size, _MOST_JPEG_PIXELS)
        pixels_scanned = parts.scans * image.width * image.height
        if pixels_scanned > _MOST_SCANNED:
            raise PhotoBroken(f"{parts.scans} scans of {image.width}x{image.height} pixels")
        with ROOM.taken(_bearable(held.of_jpeg(image.size, parts), image.size)):
            plain = parts.plain and image.mode in {"L", "RGB"}
            pixels = decoders.jpeg_pixels(image.size, parts.bare) if plain else None
            as_received = pixels is not None and pixels.shape[:2] == (image.height, image.width)
            if pixels is None:
                pixels = decoders.pillow_pixels(image)
            orientation = directory.orientation(parts.exif)
            upright = _turned(pixels, orientation)
            gone = missing(parts.bare) if missing else 0.0
    small = len(parts.bare) <= _MOST_A_PIXEL * image.width * image.height
    kept = as_received and orientation == 1 and small
    return Photo(upright, parts.bare if kept else None, gone)


def _webp(data: bytes) -> Photo:
    head = webp_chunks.head_of(data)
    _check_size(head.size)
    if head.moves:
        raise PhotoAnimated("more than one frame")
    with ROOM.taken(_bearable(held.of_webp(head), head.size)):
        by = decoders.clear_pixels if head.clear else decoders.whole_pixels
        return Photo(_turned(by(head.size, data), directory.orientation(head.exif)))


def _opened(data: bytes) -> Photo:
    """Of all formats that Pillow opens without decoding them."""
    if data[4:8] == b"ftyp":
        for place in islice(_EXIF_HEAD.finditer(data), _MOST_BLOCKS):
            directory.check_lists(data[place.start() :])
    directory.check_lists(data)
    with Image.open(io.BytesIO(data), formats=_OPENED) as image:
        _check_size(image.size)
        kind, size = image.format or "", image.size
        if kind not in _STILLS and getattr(image, "is_animated", False):
            raise PhotoAnimated("more than one frame")
        if kind == "HEIF":
            with ROOM.taken(_bearable(held.of_heif(size, image.mode, data), size)):
                return Photo(decoders.heif_pixels(data))
        # What is kept smaller anyway OpenCV makes half as large while it has it.
        if png_chunks.is_plain(data) and reduction(size) > 1:
            with ROOM.taken(_bearable(held.of_opencv(size), size)):
                return Photo(_turned(decoders.whole_pixels(size, data), _orientation(image)))
        with ROOM.taken(_bearable(held.of_pillow(size, kind, image.mode, data), size)):
            return Photo(_turned(decoders.pillow_pixels(image), _orientation(image)))


def _check_size(size: tuple[int, int], most: int = MAX_PIXELS) -> None:
    width, height = size
    if max(size) > LONGEST_TAKEN or width * height > most:
        raise TooManyPixels(f"{width}x{height} pixels")


def _bearable(need: int, size: tuple[int, int]) -> int:
    if need > ROOM.size:
        raise TooManyPixels(f"{size[0]}x{size[1]} pixels of this kind take {need >> 20} MB")
    return need


def _orientation(image: Image.Image) -> int:
    """Of the EXIF block that Pillow found; a TIFF it has turned itself."""
    block = image.info.get("exif")
    return directory.orientation(block) if isinstance(block, bytes) else 1


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
