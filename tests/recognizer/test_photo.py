from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recognizer.errors import (
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
)
from recognizer.photo import LONGEST_SIDE, MAX_BYTES, decode, encode_jpeg
from tests.recognizer.pictures import animation, encoded, oriented_jpeg, picture, png_header


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_accepted_format_is_read(kind: str) -> None:
    photo = decode(encoded(picture(), kind))
    assert photo.pixels.shape == (48, 64, 3)
    assert photo.pixels.dtype == np.uint8
    assert abs(int(photo.pixels[24, 60, 0]) - 239) < 12


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_each_pixel_mode_becomes_rgb(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray((np.ones((48, 64)) * 40000).astype(np.uint16))
    else:
        image = picture(mode=mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    pixels = decode(encoded(image, kind)).pixels
    assert pixels.shape == (48, 64, 3)
    assert pixels.max() > 100


def test_sixteen_bits_keep_their_brightness() -> None:
    image = Image.fromarray(np.full((8, 8), 32896, np.uint16))
    assert abs(int(decode(encoded(image, "PNG")).pixels.mean()) - 128) <= 1


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert decode(encoded(clear, "PNG")).pixels.min() == 255


@pytest.mark.parametrize(("orientation", "size"), [(1, (48, 64)), (3, (48, 64)), (6, (64, 48))])
def test_exif_orientation_turns_the_photo_upright(orientation: int, size: tuple[int, int]) -> None:
    photo = decode(oriented_jpeg(orientation))
    assert photo.pixels.shape[:2] == size
    if orientation == 3:
        assert photo.pixels[24, 4, 0] > 200  # the bright end has come to the left


def test_the_kept_jpeg_carries_no_exif() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET PHONE MAKER"
    kept = encode_jpeg(decode(encoded(picture(), "JPEG", exif=exif.tobytes())))
    assert b"SECRET" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_damaged_exif_does_not_lose_the_photo() -> None:
    assert decode(encoded(picture(), "JPEG", exif=b"Exif\0\0II*\0garbage")).width == 64


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animations_are_refused(kind: str) -> None:
    with pytest.raises(PhotoAnimated):
        decode(animation(kind))


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.4", b"GIF89a" + b"\0" * 40, encoded(picture(), "BMP")]
)
def test_other_files_are_no_picture(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        decode(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_truncated_files_are_broken(kind: str) -> None:
    whole = encoded(picture(640, 480), kind)
    with pytest.raises(PhotoError):
        decode(whole[: len(whole) // 2])


def test_a_truncated_jpeg_says_so() -> None:
    whole = encoded(picture(640, 480), "JPEG")
    with pytest.raises(PhotoBroken):
        decode(whole[: len(whole) // 2])


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(PhotoTooLarge):
        decode(png_header(20_000, 20_000))
    with pytest.raises(PhotoTooLarge):
        decode(png_header(8_000, 6_251))
    with pytest.raises(PhotoTooLarge):
        decode(b"\xff\xd8" + b"\0" * MAX_BYTES)


def test_large_photos_are_scaled_down() -> None:
    photo = decode(encoded(picture(5200, 3900), "JPEG"))
    assert max(photo.width, photo.height) == LONGEST_SIDE
    assert abs(photo.width / photo.height - 4 / 3) < 0.01


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_any_bytes_give_a_photo_or_a_photo_error(noise: bytes, kind: str) -> None:
    whole = bytearray(encoded(picture(), kind))
    whole[40 : 40 + len(noise)] = noise
    for data in (noise, bytes(whole)):
        with contextlib.suppress(PhotoError):
            assert decode(data).pixels.ndim == 3
