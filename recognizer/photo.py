"""Bytes to a checked, upright RGB photo."""

from __future__ import annotations

import io
import warnings
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from recognizer.errors import NotAPicture, PhotoAnimated, PhotoBroken, PhotoTooLarge
from recognizer.types import Photo, Pixels

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2560
"""Larger photos are scaled down to this: a tag's letters are legible long before it."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")

register_heif_opener()


def decode(data: bytes) -> Photo:
    """Decode a JPEG, PNG, WebP or HEIC photo, turned upright by its EXIF orientation.

    Raises NotAPicture, PhotoTooLarge (over 20 MB or 50 megapixels), PhotoBroken or
    PhotoAnimated. Alpha is laid on white; the longest side is at most `LONGEST_SIDE` pixels.
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge(f"{len(data)} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own pixel limit is the stricter one
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return Photo(_pixels(image))
    except UnidentifiedImageError as error:
        raise NotAPicture("not a JPEG, PNG, WebP or HEIC picture") from error
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge(str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, RuntimeError) as error:
        raise PhotoBroken(str(error) or type(error).__name__) from error


def _pixels(image: Image.Image) -> Pixels:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PhotoTooLarge(f"{width}x{height} pixels")
    # An MPO is a JPEG with a second view (many phones); only the first is the photo.
    if image.format not in {"MPO", "HEIF"} and getattr(image, "n_frames", 1) > 1:
        raise PhotoAnimated(f"{getattr(image, 'n_frames', 1)} frames")
    if image.format in {"JPEG", "MPO"}:
        # The decoder itself halves the picture while it stays above what we keep.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    upright = _upright(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.ascontiguousarray(np.asarray(_rgb(upright), dtype=np.uint8))


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # damaged EXIF raises almost anything; the picture itself is good
        return image


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return Image.fromarray(_eight_bits(np.asarray(image, dtype=np.float32))).convert("RGB")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _eight_bits(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Pixels:
    top = 65535.0 if values.max(initial=0) > 255 else 255.0
    return np.asarray(np.clip(values / top * 255, 0, 255), dtype=np.uint8)


def encode_jpeg(photo: Photo, quality: int = 90) -> bytes:
    """The photo as JPEG, upright and without EXIF."""
    buffer = io.BytesIO()
    Image.fromarray(photo.pixels).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
