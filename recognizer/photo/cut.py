"""JPEG files that end too early: mended so that decoders take them, and how much is not there.

A file may lack nothing but its end marker, so what is missing is measured: where noise behind the
file's end changes the picture, the file itself says nothing.
"""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image

from recognizer.types import Pixels

_END_MARKER: Final = b"\xff\xd9"
_BLOCK_SIDE: Final = 8  # pixels of a block's side
# Any bytes but 0xFF, which would be a marker; enough for some blocks of any picture. Then the same
# behind each marker that a decoder may wait for, between two blocks.
_BYTES: Final = bytes((73 * n * n + 19 * n + 7) % 251 for n in range(4096))
_NOISE: Final = _BYTES + b"".join(bytes((0xFF, 0xD0 + n)) + _BYTES for n in range(8))


def mended(data: bytes) -> bytes:
    """The file with an end; zeros that a broken transfer left are none of it, nor half a marker."""
    return data.rstrip(b"\0\xff") + _END_MARKER


def missing(data: bytes) -> float:
    """Which share (0..1) of a mended file's picture was cut off, from its end on."""
    body = data.removesuffix(_END_MARKER)
    told, noisy = _small(body + _END_MARKER), _small(body + _NOISE + _END_MARKER)
    # A pixel is a block here, and blocks come line by line.
    changed = np.flatnonzero(told != noisy)
    return float(1 - changed[0] / told.size) if changed.size else 0.0


def _small(data: bytes) -> Pixels:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        image.draft("L", (image.width // _BLOCK_SIDE, image.height // _BLOCK_SIDE))
        return np.asarray(image.convert("L"), np.uint8)
