"""How many bytes a picture of a format holds while it is decoded, at most.

Bytes a pixel were measured, as the peak of a process less what it held before, with the versions
in constraints.txt: of noise, of one colour, with and without alpha, 24 megapixels each.
"""

from __future__ import annotations

import re
from typing import Final

from recognizer.photo.directory import tile_bytes
from recognizer.photo.jpeg_segments import Parts
from recognizer.photo.scaling import LONGEST_SIDE, reduction
from recognizer.photo.webp_chunks import WebpHead

FINISHED: Final = 3 * LONGEST_SIDE**2 + 5_000_000
"""Bytes of the photo as it is kept, and of the strips on the way there."""

_JPEG_PIXEL: Final = 7.0  # OpenCV gives three bytes and copies them; Pillow's four become three
_MODE_BYTES: Final = {"1": 1.0, "L": 1.0, "P": 1.0, "I;16": 2.0, "I;16B": 2.0, "I;16L": 2.0}
_PILLOW_PIXEL: Final = 4.0  # of all other modes
_AVIF_PIXEL: Final = 16.0  # 9.5 to 12 of 8 bits; of 12 bits with alpha and whole colours 16
_TIFF_PIXEL: Final = 8.0  # a strip may be all of the picture, with up to 64 bits a pixel
_RUNS: Final = 2.0  # bytes a pixel of a BMP of runs, before Pillow has them
# An HEVC configuration: its kind of colours and depth of luma are in bytes 16 and 17 behind the
# name, in their last two and three bits.
_HEVC: Final = re.compile(rb"hvcC.{16}(.)(.)", re.DOTALL)
_SAMPLES_OF: Final = (1.0, 1.5, 2.0, 3.0)  # samples a pixel: grey, quarter, half and whole colours


def of_jpeg(size: tuple[int, int], parts: Parts) -> int:
    """Of a JPEG, made smaller while it is decoded: three or four bytes, then a copy of them."""
    area = _area(size)
    decoding = parts.held + (3 if parts.plain else 4) * area
    return round(max(decoding, _JPEG_PIXEL * area)) + len(parts.bare) + FINISHED


def of_opencv(size: tuple[int, int]) -> int:
    """Of an opaque picture that OpenCV decodes whole: three bytes, and a copy, maybe smaller."""
    return round((3 + 3 / _halved(size) ** 2) * size[0] * size[1]) + FINISHED


def of_webp(head: WebpHead) -> int:
    """Of a WebP: four bytes and a copy with alpha; one without loss has four beside its three."""
    if head.clear:
        return 8 * head.size[0] * head.size[1] + FINISHED
    lossless = 7 * head.size[0] * head.size[1] + FINISHED
    return max(of_opencv(head.size), lossless) if head.lossless else of_opencv(head.size)


def of_pillow(size: tuple[int, int], kind: str, mode: str, data: bytes) -> int:
    """Of everything else: what Pillow makes it from, then as Pillow holds it and as it is kept."""
    pixels, stored = size[0] * size[1], _MODE_BYTES.get(mode, _PILLOW_PIXEL)
    decoding, beside = stored, 0
    if kind == "AVIF":
        decoding = _AVIF_PIXEL
    elif kind == "BMP":
        decoding += _RUNS
    elif kind == "TIFF":
        decoding += _TIFF_PIXEL
        beside = tile_bytes(data)
    most = max(decoding * pixels, stored * pixels + 3 * _area(size))
    return round(most) + beside + len(data) + FINISHED


def of_heif(size: tuple[int, int], mode: str, data: bytes) -> int:
    """Of a HEIC: planes in two copies, and the pixels made of them."""
    told = [(one[1][0] & 3, one[2][0] & 7) for one in _HEVC.finditer(data)] or [(3, 8)]
    samples = max(_SAMPLES_OF[colours] for colours, _ in told)
    planes = samples * (2 if any(deeper for _, deeper in told) else 1)
    pixels = 3 if mode == "RGB" else 6  # with alpha, and its own plane twice
    return round((2 * planes + pixels) * size[0] * size[1]) + FINISHED


def _area(size: tuple[int, int]) -> float:
    """Pixels of the picture made smaller."""
    return size[0] * size[1] / reduction(size) ** 2


def _halved(size: tuple[int, int]) -> int:
    return min(2, reduction(size))
