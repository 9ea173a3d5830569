"""A JPEG file taken apart into its segments, to keep the picture and nothing else.

What is left out: EXIF, XMP, IPTC, comments, thumbnails, colour profiles, a maker's own segments and
whatever stands behind the picture's end (second views, motion photos, appended files).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
_FRAMES: Final = {0xC0, 0xC1, 0xC2}  # Huffman-coded: baseline, extended, progressive
_PROGRESSIVE: Final = 0xC2
_TABLES: Final = {0xC4, 0xDB, 0xDD}  # Huffman and quantisation tables, restart interval
_LEFT_OUT: Final = {*range(0xE0, 0xF0), 0xFE}
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_SIZE: Final = 12  # its colour transform is the last of these bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """`picture` is the same picture, bit for bit, without anything not needed to decode it.

    It is None where the file is cut off or no plain 8-bit grey or colour JPEG: then this says
    nothing about what a decoder would make of it. `scans` is how often a decoder goes over it,
    `held` how many bytes it holds at once while it does. `ended` says that there is an end marker.
    """

    picture: bytes | None
    scans: int
    held: int = 0
    ended: bool = True


def taken_apart(data: bytes) -> Parts:
    """The parts of a JPEG file; of no other file a picture."""
    head, frames, scans, at, plain, held = b"", 0, 0, 0, True, 0
    body: list[bytes] = []
    for marker, at, end in _segments(data):
        segment = data[at:end]
        if marker == EOI:
            whole = b"".join([b"\xff\xd8", head, *body, b"\xff\xd9"])
            return Parts(whole if plain and frames == 1 and scans else None, scans, held)
        scans += marker == SOS
        if marker in _LEFT_OUT:
            head = head if head == _JFIF else _colour_head(marker, segment) or head
            continue
        if marker in _FRAMES:
            frames += 1
            held = _coefficients(segment) if marker == _PROGRESSIVE else 0
            plain = plain and segment[4] == 8 and segment[9] in {1, 3}
        plain = plain and (marker in _TABLES or marker in _FRAMES or marker == SOS)
        body.append(segment)
    return Parts(None, scans + data.count(b"\xff\xda", at + 2), held, ended=False)


def _coefficients(frame: bytes) -> int:
    """Bytes of the whole picture's coefficients: a progressive one is put together in memory."""
    height, width = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    parts = [(each >> 4, each & 15) for each in frame[11::3][: frame[9]]]
    widest, tallest = max(x for x, _ in parts), max(y for _, y in parts)
    return sum(2 * width * height * x * y // (widest * tallest or 1) for x, y in parts)


def _colour_head(marker: int, segment: bytes) -> bytes:
    """What says how colours are coded, without what else its segment may carry."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0":
        return _JFIF
    if marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) >= 4 + _ADOBE_SIZE:
        return b"\xff\xee" + struct.pack(">H", 2 + _ADOBE_SIZE) + segment[4 : 4 + _ADOBE_SIZE]
    return b""


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker, where it begins and ends, a scan with its data, until the end or a fault."""
    if data[:2] != b"\xff\xd8":
        return
    at = 2
    while at + 1 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == EOI:
            yield EOI, at, at + 2
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end < at + 4 or end > len(data) or (marker in _FRAMES and end < at + 10):
            return
        if marker == SOS:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                return
            end = following.start()
        yield marker, at, end
        at = end
