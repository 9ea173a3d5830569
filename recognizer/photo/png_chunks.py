"""A PNG file with what is needed to decode it and nothing else.

What is left out: texts, times, colour profiles, makers' own chunks, and whatever stands behind the
picture's end. A wrong check sum in one of them would be a reason to refuse the whole picture.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from recognizer.errors import PhotoBroken

PNG: Final = b"\x89PNG\r\n\x1a\n"
_CRITICAL: Final = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
_WANTED: Final = {b"tRNS", b"eXIf", b"acTL"}  # transparency, orientation, whether it moves
_CHUNK_HEAD, _CHUNK_TAIL = 8, 4  # bytes of a chunk before and behind its content
_MOST_PNG_CHUNKS: Final = 10_000  # 20 MB in pieces of 2 kB; encoders write 8 kB and more


def bare(data: bytes) -> bytes:
    """The same picture; a file that is no PNG, or of which nothing can be left out, as it is.

    Raises PhotoBroken for more chunks than a picture is ever written in.
    """
    if not data.startswith(PNG):
        return data
    kept = list(_chunks(data))
    return data if sum(map(len, kept)) + len(PNG) == len(data) else b"".join([PNG, *kept])


def is_plain(data: bytes) -> bool:
    """Whether it is of 8-bit RGB, none of it clear."""
    head = data[16:26]  # width, height, depth, kind of colours
    return data.startswith(PNG) and head[8:] == b"\x08\x02" and b"tRNS" not in data[:4096]


def _chunks(data: bytes) -> Iterator[memoryview]:
    at, whole = len(PNG), memoryview(data)  # of up to 20 MB: not copied twice
    for _ in range(_MOST_PNG_CHUNKS):
        if at >= len(data):
            return
        kind = data[at + 4 : at + _CHUNK_HEAD]
        end = at + _CHUNK_HEAD + int.from_bytes(data[at : at + 4]) + _CHUNK_TAIL
        if kind in _CRITICAL or (kind in _WANTED and _sound(whole[at:end])):
            yield whole[at:end]
        if kind == b"IEND":
            return
        at = end
    raise PhotoBroken(f"more than {_MOST_PNG_CHUNKS} chunks")


def _sound(chunk: memoryview) -> bool:
    return zlib.crc32(chunk[4:-_CHUNK_TAIL]) == int.from_bytes(chunk[-_CHUNK_TAIL:])
