"""Pictures of all kinds, made in memory."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A gradient, so that turning it shows."""
    ramp = np.linspace(0, 255, width, dtype=np.uint8)[None].repeat(height, 0)
    tilted = np.stack([ramp, ramp // 2, 255 - ramp], axis=2)
    return Image.fromarray(tilted).convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image in a file format."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def heic(name: str) -> bytes:
    """A file of `tests/recognizer/heic`: what we read HEIC with cannot write it.

    They were made once, with pillow-heif 1.8.1, of `picture()` (`ramp`; `larger` at 640x480, `wide`
    at 5200x390, `ghost` with alpha 128, `turned-3` and `turned-6` by EXIF, `two` with a second
    picture), of `hostile_pictures.tag()` (`tag`) and of one grey at 8000x6300 (`vast`).
    """
    return (Path(__file__).parent / "heic" / f"{name}.heic").read_bytes()


def oriented_jpeg(orientation: int) -> bytes:
    """A 64x48 JPEG with an EXIF orientation tag."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(picture(), "JPEG", exif=exif.tobytes())


def animation(kind: str) -> bytes:
    """Two frames."""
    return encoded(
        picture(), kind, save_all=True, append_images=[picture().rotate(90)], duration=50
    )


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing: a decompression bomb's beginning."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )
