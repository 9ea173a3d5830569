"""Files that people send by mistake or on purpose, and what each is to be answered with."""

from __future__ import annotations

import functools
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw

from tests.recognizer.pictures import animation, encoded, heic, picture, png_header

H = TypeVar("H")
READ = "read"  # a picture: codes or none, but no error
BROKEN, NOT, LARGE, MOVES = "PhotoBroken", "NotAPicture", "PhotoTooLarge", "PhotoAnimated"
PIXELS = "TooManyPixels"


@dataclass(frozen=True, slots=True)
class Hostile:
    """`answer` is an error's class name, or READ; None where either is right."""

    name: str
    make: Callable[[], bytes]
    answer: str | None


def hostile() -> Iterator[Hostile]:
    """All of them; bytes are made when asked for."""
    yield Hostile("empty.jpg", bytes, NOT)
    yield Hostile("one-byte.jpg", lambda: b"\xff", NOT)
    yield Hostile("start-of-jpeg.jpg", lambda: b"\xff\xd8\xff", BROKEN)
    yield Hostile("text.jpg", lambda: b"DD1391-100\n" * 50, NOT)
    yield Hostile("archive.jpg", archive, NOT)
    yield Hostile("document.jpg", lambda: b"%PDF-1.7\n" + b"\0" * 3000, NOT)
    yield Hostile("drawing.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT)
    for kind in ("PPM", "ICO", "JPEG2000"):
        yield Hostile(f"other.{kind.lower()}", partial(encoded, picture(), kind), NOT)
    for kind in ("GIF", "BMP", "TIFF", "AVIF"):
        yield Hostile(f"still.{kind.lower()}", partial(encoded, picture(), kind), READ)
    yield Hostile("moving.gif", lambda: animation("GIF"), MOVES)
    yield Hostile("moving.avif", lambda: animation("AVIF"), MOVES)
    yield Hostile("moving.webp", lambda: animation("WEBP"), MOVES)
    yield Hostile("moving.png", lambda: animation("PNG"), MOVES)
    yield from of_all_sizes()
    yield from of_all_pixels()
    yield from with_exif()
    yield from cut_off()
    yield from spoilt()


def of_all_sizes() -> Iterator[Hostile]:
    """From one pixel to more than memory holds."""
    for kind in ("PNG", "JPEG", "WEBP"):
        yield Hostile(f"pixel.{kind.lower()}", partial(encoded, picture(1, 1), kind), READ)
    for width, height in ((1, 5000), (5000, 1), (2, 2), (20000, 3), (7, 1200)):
        name = f"{width}x{height}.png"
        yield Hostile(name, partial(encoded, picture(width, height), "PNG"), READ)
    yield Hostile("claims-much.png", lambda: png_header(20_000, 20_000), PIXELS)
    yield Hostile("claims-more.png", lambda: png_header(2**31 - 1, 2**31 - 1), None)
    yield Hostile("claims-much.jpg", lambda: jpeg_claiming(20_000, 20_000), PIXELS)
    yield Hostile("claims-nothing.jpg", lambda: jpeg_claiming(0, 0), None)
    yield Hostile("bomb.png", lambda: bomb(7000, 7000), READ)
    yield Hostile("vast.heic", lambda: heic("vast"), PIXELS)
    yield Hostile("larger-bomb.png", lambda: bomb(8000, 8000), PIXELS)
    yield Hostile("phone.png", lambda: bomb(8160, 6144), READ)
    yield Hostile("fifty-megapixels.jpg", lambda: encoded(tag(8160, 6144), "JPEG"), READ)
    yield Hostile("many-bytes.jpg", lambda: b"\xff\xd8" + bytes(21 * 1024**2), LARGE)


def of_all_pixels() -> Iterator[Hostile]:
    """Modes, depths, alpha; nothing to see, and too much."""
    for mode in ("1", "L", "P", "LA", "RGBA"):
        name = f"mode-{mode}.png"
        yield Hostile(name, partial(encoded, tag(mode=mode), "PNG"), READ)
    clear = {"transparency": 0}
    yield Hostile("palette-clear.png", lambda: encoded(tag(mode="P"), "PNG", **clear), READ)
    yield Hostile("alpha.webp", lambda: encoded(tag(mode="RGBA"), "WEBP"), READ)
    yield Hostile("deep.png", lambda: encoded(deep(), "PNG"), READ)
    yield Hostile("cmyk.jpg", lambda: encoded(tag(mode="CMYK"), "JPEG"), READ)
    yield Hostile("grey.jpg", lambda: encoded(tag(mode="L"), "JPEG"), READ)
    yield Hostile("progressive.jpg", lambda: encoded(tag(), "JPEG", progressive=True), READ)
    yield Hostile("phone.heic", lambda: heic("tag"), READ)
    yield Hostile("two-views.jpg", two_views, READ)
    for name, value in (("white", 255), ("black", 0), ("grey", 128)):
        yield Hostile(f"all-{name}.png", partial(encoded, plain(value), "PNG"), READ)
    yield Hostile("noise.png", lambda: encoded(noise(), "PNG"), READ)


def with_exif() -> Iterator[Hostile]:
    """Orientations that are, that are not, and EXIF that is none."""
    for turn in (*range(10), 65535):
        name = f"turned-{turn}.jpg"
        yield Hostile(name, partial(encoded, tag(), "JPEG", exif=exif(turn)), READ)
    for name, block in {
        "no-tiff": b"Exif\0\0garbage",
        "cut-off": exif(6)[:14],
        "loops": b"Exif\0\0II*\0\x08\0\0\0\0\0\x08\0\0\0",
        "many-entries": b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12" * 400,
        "far-away": b"Exif\0\0II*\0\xff\xff\xff\x7f",
    }.items():
        yield Hostile(f"exif-{name}.jpg", partial(encoded, tag(), "JPEG", exif=block), READ)
    yield Hostile("exif-huge.jpg", huge_exif, READ)


def cut_off() -> Iterator[Hostile]:
    """Whole files' beginnings; a header alone may be enough for neither answer to be wrong."""
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        for share in (0.01, 0.1, 0.3, 0.6, 0.9, 0.999):
            name = f"cut-{share}.{kind.lower()}"
            yield Hostile(name, partial(of_a_tag, kind, beginning, share), None)
    yield Hostile("cut-half.jpg", lambda: beginning(encoded(noise(), "JPEG"), 0.5), READ)
    yield Hostile("cut-half.png", lambda: beginning(encoded(noise(), "PNG"), 0.5), BROKEN)
    yield Hostile("cut-half.webp", lambda: beginning(encoded(noise(), "WEBP"), 0.5), BROKEN)


def spoilt() -> Iterator[Hostile]:
    """Bytes changed anywhere, and a JPEG that makes a decoder work for ever."""
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        for seed in range(4):
            name = f"spoilt-{seed}.{kind.lower()}"
            yield Hostile(name, partial(of_a_tag, kind, changed, seed), None)
    yield Hostile("many-scans.jpg", lambda: many_scans(7000, 7000, 2000), BROKEN)


def tag(width: int = 160, height: int = 120, mode: str = "RGB") -> Image.Image:
    """Something that looks like a label."""
    image = Image.new("RGB", (width, height), (200, 190, 180))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 6, height // 6, width * 5 // 6, height * 5 // 6), (250, 250, 250))
    for row, text in enumerate(("US 9 UK 8 EUR 42.5", "MADE IN VIETNAM", "2021.03")):
        place = (width // 5, height // 4 + row * height // 6)
        draw.text(place, text, (20, 20, 20), font_size=height / 16)
    return image.convert(mode)


@functools.cache
def tag_file(kind: str) -> bytes:
    """The same in a file."""
    return heic("tag") if kind == "HEIF" else encoded(tag(), kind)


def of_a_tag(kind: str, changing: Callable[[bytes, H], bytes], how: H) -> bytes:
    """That file, changed."""
    return changing(tag_file(kind), how)


def plain(value: int) -> Image.Image:
    """One colour all over."""
    return Image.new("RGB", (320, 240), (value, value, value))


def noise() -> Image.Image:
    """Nothing but noise."""
    rng = np.random.default_rng(0)
    return Image.fromarray(rng.integers(0, 256, (300, 400, 3), dtype=np.uint8))


def deep() -> Image.Image:
    """16 bits."""
    return Image.fromarray(np.asarray(tag(mode="L")).astype(np.uint16) * 257)


def exif(orientation: int) -> bytes:
    """An EXIF block with this orientation."""
    found = Image.Exif()
    found[0x0112] = orientation
    return found.tobytes()


def huge_exif() -> bytes:
    """As much EXIF as a segment holds, and eighty such segments of another maker's."""
    found = Image.Exif()
    found[0x0112] = 3
    found[0x927C] = b"\xff\xd9\xff\xda" * 16_000
    whole = encoded(tag(), "JPEG", exif=found.tobytes())
    more = b"\xff\xe5" + struct.pack(">H", 65_000) + bytes(64_998)
    return whole[:2] + more * 80 + whole[2:]


def two_views() -> bytes:
    """An MPO, as phones with two lenses write it."""
    return encoded(tag(), "MPO", save_all=True, append_images=[tag()])


def archive() -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as whole:
        whole.writestr("photo.jpg", encoded(picture(), "JPEG"))
    return buffer.getvalue()


def beginning(data: bytes, share: float) -> bytes:
    """The first part of a file."""
    return data[: int(len(data) * share)]


def changed(data: bytes, seed: int) -> bytes:
    """Twenty bytes changed, behind the file's own mark."""
    rng, spoiled = random.Random(seed), bytearray(data)
    for _ in range(20):
        spoiled[rng.randrange(16, len(data))] = rng.randrange(256)
    return bytes(spoiled)


def bomb(width: int, height: int) -> bytes:
    """A PNG of one colour: its pixels take a thousand times its bytes."""
    packer = zlib.compressobj(9)
    row = b"\0" + bytes(3 * width)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose frame header says another size."""
    whole = encoded(picture(), "JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def many_scans(width: int, height: int, count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again, over a picture of another size."""
    whole = encoded(picture(), "JPEG", progressive=True)
    at = whole.index(b"\xff\xc2") + 5
    whole = whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + scan * count + whole[-2:]
