"""How wide and high a JPEG is, from its first bytes."""

from __future__ import annotations

HEAD_BYTES = 1024
"""Enough of the pictures that we draw: their size stands behind two small tables."""

# SOF0 to SOF15, without the tables.
_SIZED_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def jpeg_size(head: bytes) -> tuple[int, int] | None:
    """Width and height; None for what is no JPEG or does not say it within these bytes."""
    if not head.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        if head[at + 1] in _SIZED_FRAMES:
            height, width = (int.from_bytes(head[at + i : at + i + 2]) for i in (5, 7))
            return width, height
        at += 2 + int.from_bytes(head[at + 2 : at + 4])
    return None
