"""A PNG file with what is needed to decode it and nothing else.

What is left out: texts, times, colour profiles, makers' own chunks, and whatever stands behind the
picture's end. A wrong check sum in one of them would be a reason to refuse the whole picture.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
_WANTED: Final = {b"tRNS", b"eXIf", b"acTL"}  # transparency, orientation, whether it moves
_CHUNK_HEAD, _CHUNK_TAIL = 8, 4  # bytes of a chunk before and behind its content


def bare(data: bytes) -> bytes:
    """The same picture; a file that is no PNG, or of which nothing can be left out, as it is."""
    if not data.startswith(PNG):
        return data
    kept = list(_chunks(data))
    return data if sum(map(len, kept)) + len(PNG) == len(data) else b"".join([PNG, *kept])


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at < len(data):
        kind = data[at + 4 : at + _CHUNK_HEAD]
        end = at + _CHUNK_HEAD + int.from_bytes(data[at : at + 4]) + _CHUNK_TAIL
        if not kind[:1].islower() or (kind in _WANTED and _sound(data[at:end])):
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _sound(chunk: bytes) -> bool:
    return zlib.crc32(chunk[4:-_CHUNK_TAIL]) == int.from_bytes(chunk[-_CHUNK_TAIL:])
