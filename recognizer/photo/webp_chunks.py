"""What a WebP file says of itself, without Pillow, which holds three pictures to say as much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from recognizer.errors import PhotoBroken

_FIRST: Final = 12  # bytes before the first chunk
_CHUNK_HEAD: Final = 8  # bytes of a chunk's name and length
_MOST_WEBP_CHUNKS: Final = 64  # a still picture has seven at most, and what programs add
_MOVES, _CLEAR_BIT = 0x02, 0x10  # of an extended file's flags


@dataclass(frozen=True, slots=True)
class WebpHead:
    """`exif` is the block as it stands, empty where there is none."""

    size: tuple[int, int]
    clear: bool
    lossless: bool
    moves: bool
    exif: bytes


def is_webp(data: bytes) -> bool:
    """Whether the file begins as one."""
    return data[:4] == b"RIFF" and data[8:_FIRST] == b"WEBP"


def head_of(data: bytes) -> WebpHead:
    """Width and height in pixels, and the rest; raises PhotoBroken where there is no picture."""
    size, flags, clear, lossless, exif = (0, 0), 0, False, False, b""
    for name, begin, end in _chunks(data):
        body = data[begin : min(end, begin + 16)]
        if name == b"VP8X":
            flags = body[0] if body else 0
            size = _number(body[4:7]) + 1, _number(body[7:10]) + 1
        elif name == b"VP8L":
            bits = _number(body[1:5])
            lossless, clear = True, bool(bits >> 28 & 1)
            size = _larger(size, ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        elif name == b"VP8 ":
            size = _larger(size, (_number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF))
        elif name == b"EXIF":
            exif = data[begin:end]
    if not all(size):
        raise PhotoBroken("its beginning is damaged")
    return WebpHead(size, clear or bool(flags & _CLEAR_BIT), lossless, bool(flags & _MOVES), exif)


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and end of each chunk's content."""
    at = _FIRST
    for _ in range(_MOST_WEBP_CHUNKS):
        begin = at + _CHUNK_HEAD
        if begin > len(data):
            return
        length = _number(data[at + 4 : begin])
        yield data[at : at + 4], begin, begin + length
        at = begin + length + length % 2


def _larger(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), max(one[1], other[1])


def _number(part: bytes) -> int:
    return int.from_bytes(part, "little")
