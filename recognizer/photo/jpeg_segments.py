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
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # all kinds that there are
_PLAIN_FRAMES: Final = {0xC0, 0xC1, 0xC2}  # Huffman-coded: baseline, extended, progressive
_PROGRESSIVE: Final = {0xC2, 0xC6, 0xCA, 0xCE}
_TABLES: Final = {0xC4, 0xDB, 0xDD}  # Huffman and quantisation tables, restart interval
_LEFT_OUT: Final = {*range(0xE0, 0xF0), 0xFE}
_MOST_SEGMENTS: Final = 5_000  # 20 MB of a colour profile, and as many scans as anybody writes
_EXIF: Final = b"Exif\0\0"
# Not those that nothing belongs to.
_MARKER: Final = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_SIZE: Final = 12  # its colour transform is the last of these bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """`bare` is the same picture without anything not needed to decode it; empty where none begins.

    `plain` says that it is an 8-bit grey or colour JPEG as all decoders know it: then `bare` is the
    same bit for bit. `scans` is how often a decoder goes over it, `held` how many bytes it holds at
    once while it does, `exif` the first such block. `ended` says that there is an end marker.
    """

    bare: bytes
    plain: bool
    progressive: bool
    scans: int
    held: int
    exif: bytes
    ended: bool


def taken_apart(data: bytes) -> Parts:
    """The parts of a JPEG file; of no other file a picture."""
    head, exif, frames, scans, plain, ended = b"", b"", list[bytes](), 0, True, False
    body: list[memoryview] = []  # of up to 20 MB: not copied twice
    for marker, begin, end in _segments(data):
        segment = data[begin:end]
        if marker == EOI:
            ended = True
            break
        scans += marker == SOS
        if marker in _LEFT_OUT:
            head = head if head == _JFIF else _colour_head(marker, segment) or head
            exif = exif or (segment[4:] if segment[4:10] == _EXIF else b"")
            continue
        if marker in _FRAMES:
            frames.append(segment)
            plain = plain and marker in _PLAIN_FRAMES and segment[4] == 8 and segment[9] in {1, 3}
        plain = plain and (marker in _TABLES or marker in _FRAMES or marker == SOS)
        body.append(memoryview(data)[begin:end])
    progressive = any(frame[1] in _PROGRESSIVE for frame in frames)
    # Any other one is put together in memory, too, where it comes in several scans.
    held = max(map(_coefficients, frames), default=0) if progressive or scans > 1 else 0
    bare = b"".join([b"\xff\xd8", head, *body, b"\xff\xd9"]) if scans else b""
    plain = plain and ended and len(frames) == 1
    return Parts(bare, plain, progressive, scans, held, exif, ended)


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
    """Each marker, where it begins and ends, a scan with its data, until the end or a fault.

    As decoders do, what is no marker between two segments is passed over.
    """
    if data[:2] != b"\xff\xd8":
        return
    found = _MARKER.search(data, 2)
    for _ in range(_MOST_SEGMENTS):
        if found is None:
            return
        at, marker = found.end() - 2, data[found.end() - 1]
        if marker == EOI:
            yield EOI, at, at + 2
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == SOI or end < at + 4 or end > len(data):
            return
        if marker in _FRAMES and end < at + 10:
            return
        if marker == SOS:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                return
            end = following.start()
        yield marker, at, end
        found = _MARKER.search(data, end)
