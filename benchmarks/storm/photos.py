"""Photos to send: good ones that differ, and hostile ones."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import bot

TAG = Path(bot.__file__).parent / "channels" / "web" / "static" / "sample-tag.jpg"
TAG_CODE = "DD1391-100"
_SPECK = 12  # pixels; a patch in the corner that makes each photo another one
_PNG = b"\x89PNG\r\n\x1a\n"


@cache
def _tag() -> np.ndarray:
    found = cv2.imread(str(TAG))
    assert found is not None
    return found


def tag_photo(chance: random.Random) -> bytes:
    """A JPEG of the sample's tag that nobody else sends."""
    picture = _tag().copy()
    picture[:_SPECK, :_SPECK] = np.frombuffer(
        chance.randbytes(_SPECK * _SPECK * 3), np.uint8
    ).reshape(_SPECK, _SPECK, 3)
    done, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
    assert done
    return encoded.tobytes()


def hostile() -> Iterator[tuple[str, bytes]]:
    """Small files that ask for much memory or time, by what they are."""
    yield "PNG of 1x50,000,000", png(1, 50_000_000)
    yield "PNG of 16,000x3,000", png(16_000, 3_000)
    yield "PNG of 1.5 million empty chunks", _many_chunks(1_500_000)
    yield "lossless WebP of 7,000x7,000", _saved("WEBP", (7_000, 7_000), lossless=True)
    yield "WebP of 16,383x3,000", _saved("WEBP", (16_383, 3_000))
    yield "GIF of 7,000x7,000", _saved("GIF", (7_000, 7_000))
    yield "TIFF of 7,000x7,000", _saved("TIFF", (7_000, 7_000), compression="tiff_lzw")
    yield "progressive JPEG of 9,000x9,000", _saved("JPEG", (9_000, 9_000), progressive=True)
    yield "a JPEG's first kilobyte", TAG.read_bytes()[:1024]
    yield "no picture", b"<svg onload=alert(1)>" * 1000


def png(width: int, height: int) -> bytes:
    """An 8-bit grey PNG of zeros, packed as a stream: a few kilobytes."""
    packer = zlib.compressobj(9)
    packed, row = [], bytes(width + 1)
    rows_at_once = max(1, 1_000_000 // len(row))
    for first in range(0, height, rows_at_once):
        packed.append(packer.compress(row * min(rows_at_once, height - first)))
    packed.append(packer.flush())
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"".join(packed)) + _chunk(b"IEND", b"")


def _many_chunks(number: int) -> bytes:
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"teXt", b"") * number + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _saved(kind: str, size: tuple[int, int], **options: object) -> bytes:
    buffer = io.BytesIO()
    mode = "P" if kind == "GIF" else "RGB"
    Image.new(mode, size).save(buffer, kind, **options)
    return buffer.getvalue()
