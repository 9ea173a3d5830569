"""Pictures that are small in bytes and large in memory, and the largest that people send."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageDraw

from tests.recognizer.hostile_pictures import bomb, tag
from tests.recognizer.pictures import encoded, heic

Made = tuple[str, Callable[[], bytes]]


def large() -> Iterator[Made]:
    """Name and maker of each; those that are read and those that are refused."""
    yield "lossless-7000x7000.webp", partial(flat, 7000, 7000, "WEBP", lossless=True, method=0)
    yield "lossless-5500x5500.webp", partial(flat, 5500, 5500, "WEBP", lossless=True, method=0)
    yield "clear-5100x5100.webp", partial(clear, 5100, "WEBP", method=0)
    yield "16383x3000.webp", partial(flat, 16383, 3000, "WEBP", method=0)
    yield "7200x7200.webp", partial(flat, 7200, 7200, "WEBP", method=0)
    yield "1x50000000.png", partial(grey_png, 1, 50_000_000)
    yield "20000x2600.png", partial(bomb, 20_000, 2600)
    yield "8160x6144.png", partial(bomb, 8160, 6144)
    yield "grey-7200x7200.png", partial(grey_png, 7200, 7200)
    yield "clear-6600x6600.png", partial(clear, 6600, "PNG", compress_level=1)
    yield "7200x7200.gif", partial(flat, 7200, 7200, "GIF", mode="P")
    yield "runs-7000x7000.bmp", partial(bmp_of_runs, 7000, 7000)
    yield "3800x3800.avif", partial(clear, 3500, "AVIF", speed=10)
    yield "8000x6300.heic", partial(heic, "vast")
    yield (
        "of-one-strip.tiff",
        partial(flat, 4000, 3000, "TIFF", compression="tiff_adobe_deflate", tiffinfo={278: 3000}),
    )
    yield "ten-million-numbers.tiff", ten_million_numbers
    yield "sixty-gigabytes.tiff", many_copies
    yield "vast-tiles.tiff", vast_tiles
    yield "12000x13000.jpg", partial(flat, 12_000, 13_000, "JPEG")
    yield "cmyk-5100x5100.jpg", partial(flat, 5100, 5100, "JPEG", mode="CMYK")
    yield "progressive-8160x6144.jpg", partial(flat, 8160, 6144, "JPEG", progressive=True)
    yield (
        "whole-colours-5100x5100.jpg",
        partial(flat, 5100, 5100, "JPEG", progressive=True, subsampling=0),
    )
    yield "millions-of-segments.jpg", millions_of_segments
    yield "full-of-print.jpg", partial(print_all_over, 2560, 2560)
    yield "full-of-print.png", partial(print_all_over, 1080, 5500, "PNG")


def flat(width: int, height: int, kind: str, mode: str = "RGB", **options: object) -> bytes:
    """One colour all over."""
    return encoded(Image.new(mode, (width, height), 90), kind, **options)


def clear(side: int, kind: str, **options: object) -> bytes:
    """A square with alpha all over."""
    return encoded(Image.new("RGBA", (side, side), (90, 80, 70, 128)), kind, **options)


def grey_png(width: int, height: int) -> bytes:
    """A grey PNG of any size, made without its pixels."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width) * (1_000_000 // (1 + width) + 1)
    rows = len(row) // (1 + width)
    body = b"".join(packer.compress(row) for _ in range(height // rows))
    body += packer.compress(row[: height % rows * (1 + width)]) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def bmp_of_runs(width: int, height: int) -> bytes:
    """A BMP whose rows are runs of one colour each."""
    row = b"".join(bytes((min(255, width - at), 1)) for at in range(0, width, 255)) + b"\0\0"
    body = row * height + b"\0\1"
    palette = bytes(range(256)).replace(b"\0", b"\1") * 4
    start = 14 + 40 + len(palette)
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(body), 0, 0, 256, 0)
    return struct.pack("<2sIHHI", b"BM", start + len(body), 0, 0, start) + head + palette + body


def directory_of(entries: list[tuple[int, int, int, int]], behind: bytes = b"") -> bytes:
    """A TIFF of a directory alone: tag, kind, count and value of each entry."""
    told = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + told + bytes(4) + behind


def _tiff(*more: tuple[int, int, int, int], behind: bytes = b"") -> bytes:
    usual = {256: 64, 257: 64, 258: 8, 259: 8, 262: 1, 277: 1}
    entries = [(tag, 3, 1, value) for tag, value in usual.items()]
    return directory_of(sorted([*entries, *more]), behind)


def ten_million_numbers() -> bytes:
    """A TIFF that lists ten million strips."""
    return _tiff((273, 3, 9_500_000, 134), (279, 3, 9_500_000, 134), behind=bytes(19_000_000))


def many_copies() -> bytes:
    """A TIFF of which three thousand entries are the same 19 MB."""
    more = [(1000 + number, 7, 19_000_000, 40_000) for number in range(3000)]
    return _tiff(*more, behind=bytes(19_500_000))


def vast_tiles() -> bytes:
    """A small TIFF in tiles of 600 megapixels."""
    tile = zlib.compressobj(9)
    body = b"".join(tile.compress(bytes(1_000_000)) for _ in range(600)) + tile.flush()
    at = 8 + 2 + 10 * 12 + 4
    tiles = ((322, 4, 1, 24_480), (323, 4, 1, 24_480), (324, 4, 1, at), (325, 4, 1, len(body)))
    return _tiff(*tiles, behind=body)


def millions_of_segments() -> bytes:
    """A JPEG with five million empty comments before its picture."""
    whole = encoded(tag(), "JPEG")
    return whole[:2] + b"\xff\xfe\0\x02" * 4_500_000 + whole[2:]


def print_all_over(width: int, height: int, kind: str = "JPEG") -> bytes:
    """As much to read as there can be."""
    image = Image.new("RGB", (width, height), (240, 240, 235))
    draw, rng = ImageDraw.Draw(image), np.random.default_rng(1)
    for y in range(4, height - 24, 32):
        for x in range(4, width - 100, 180):
            text = "".join(rng.choice(list("ABCDEFGHJKLMN0123456789-"), 10))
            draw.text((x, y), text, (20, 20, 20), font_size=24)
    return encoded(image, kind)
