"""The directories of a TIFF file, and of EXIF, which is one: what stands in them, unread.

Pillow makes numbers of whatever a directory claims to list (ten million of them are 400 MB), and
copies what many entries claim together. So the orientation is read here, and a file whose lists are
too long is refused before it is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from recognizer.errors import PhotoBroken

ORIENTATION: Final = 0x0112
_BITS, _SAMPLES, _TILE_WIDTH, _TILE_LENGTH = 258, 277, 322, 323
_INNER: Final = {0x8769, 0x8825, 0xA005}  # entries that lead to a directory: EXIF, place, relations
_DEPTH: Final = 3  # EXIF of a directory, and the relations in it; who nests deeper goes in circles
_BYTE_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II*\0": "little", b"MM\0*": "big"}
_WIDTHS: Final = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 11: 4, 13: 4}
_WIDEST_NUMBER: Final = 8  # bytes of a number of any other kind
_RAW: Final = {1, 2, 7}  # bytes and text: kept as they are, not made numbers of
_MOST_NUMBERS: Final = 131_072  # place and length of three colours of 20,000 strips are 120,000


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """`value` is what an entry of one number of 16 or 32 bits says; else where its list lies."""

    tag: int
    kind: int
    count: int
    value: int


def entries(data: bytes, inner: int | None = None) -> Iterator[DirectoryEntry]:
    """Those of the first directory, or of that which begins at `inner`, as far as it goes.

    None where the data is no TIFF.
    """
    order = _BYTE_ORDERS.get(data[:4])
    if order is None:
        return

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], order)

    begin = number(4, 4) if inner is None else inner
    for at in range(begin + 2, begin + 2 + 12 * number(begin, 2), 12):
        if at + 12 > len(data):
            return
        kind, count = number(at + 2, 2), number(at + 4, 4)
        short = count == 1 and _WIDTHS.get(kind) == 2
        yield DirectoryEntry(number(at, 2), kind, count, number(at + 8, 2 if short else 4))


def orientation(exif: bytes) -> int:
    """What an EXIF block says, with or without its mark; 1 (upright) where it says nothing."""
    found = entries(exif.removeprefix(b"Exif\0\0"))
    return next((one.value for one in found if one.tag == ORIENTATION), 1)


def check_lists(data: bytes) -> None:
    """Raises PhotoBroken where a TIFF or EXIF lists more than a picture can, or than it holds."""
    numbers, total = 0, 0
    for one in _all(data, None, _DEPTH):
        numbers += 0 if one.kind in _RAW else one.count
        total += one.count * _WIDTHS.get(one.kind, _WIDEST_NUMBER)
        if numbers > _MOST_NUMBERS or total > len(data):
            raise PhotoBroken(f"a directory of {numbers} numbers and {total} bytes")


def tile_bytes(data: bytes) -> int:
    """Bytes of one tile of a TIFF, 0 where it has none."""
    values = {one.tag: one.value for one in entries(data)}
    # Several samples have a list of depths, of which none is above 64 bits.
    depth = min(64, values.get(_BITS) or 64) // 8 + 1
    samples = values.get(_SAMPLES) or 1
    return values.get(_TILE_WIDTH, 0) * values.get(_TILE_LENGTH, 0) * samples * depth


def _all(data: bytes, inner: int | None, depth: int) -> Iterator[DirectoryEntry]:
    for one in entries(data, inner):
        yield one
        if depth > 1 and one.tag in _INNER and one.count == 1:
            yield from _all(data, one.value, depth - 1)
