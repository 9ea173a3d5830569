from __future__ import annotations

import contextlib
import io
import time
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from recognizer.errors import (
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
    TooManyPixels,
)
from recognizer.photo.photo import MAX_BYTES, decode, encode_jpeg
from recognizer.photo.scaling import LONGEST_SIDE
from tests.recognizer.pictures import animation, encoded, heic, oriented_jpeg, picture, png_header


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_accepted_format_is_read(kind: str) -> None:
    photo = decode(heic("ramp") if kind == "HEIF" else encoded(picture(), kind))
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


def test_large_pictures_of_odd_kinds_are_scaled_like_any_other() -> None:
    deep = np.asarray(picture(5200, 40, "L")).astype(np.uint16) * 257
    usual = decode(encoded(picture(5200, 40, "L"), "PNG")).pixels.astype(np.int16)
    assert usual.shape == (20, LONGEST_SIDE, 3)
    palette = decode(encoded(picture(5200, 40, "L").convert("P"), "PNG")).pixels
    for pixels in (decode(encoded(Image.fromarray(deep), "PNG")).pixels, palette):
        assert np.abs(pixels - usual).max() <= 2
    ghost = picture(5200, 40)
    ghost.putalpha(128)
    faded = decode(encoded(ghost, "PNG")).pixels.astype(np.int16)
    assert np.abs(faded - (decode(encoded(picture(5200, 40), "PNG")).pixels / 2 + 127)).max() <= 3


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert decode(encoded(clear, "PNG")).pixels.min() == 255


def test_transparency_of_heic_is_laid_on_white() -> None:
    faded = decode(heic("ghost")).pixels.astype(np.int16)
    assert np.abs(faded - (decode(heic("ramp")).pixels / 2 + 127)).max() <= 8


@pytest.mark.parametrize(("orientation", "size"), [(1, (48, 64)), (3, (48, 64)), (6, (64, 48))])
def test_exif_orientation_turns_the_photo_upright(orientation: int, size: tuple[int, int]) -> None:
    photo = decode(oriented_jpeg(orientation))
    assert photo.pixels.shape[:2] == size
    if orientation == 3:
        assert photo.pixels[24, 4, 0] > 200  # the bright end has come to the left


@pytest.mark.parametrize(("orientation", "size"), [(3, (48, 64)), (6, (64, 48))])
def test_exif_orientation_turns_heic_once(orientation: int, size: tuple[int, int]) -> None:
    pixels = decode(heic(f"turned-{orientation}")).pixels
    assert pixels.shape[:2] == size
    bright = pixels[24, 4] if orientation == 3 else pixels[60, 24]
    assert bright[0] > 200  # where the turn brings the bright end


def test_large_heic_is_scaled_down() -> None:
    assert decode(heic("wide")).pixels.shape == (192, LONGEST_SIDE, 3)


def test_a_heic_that_is_held_whole_in_too_many_bytes_is_refused() -> None:
    with pytest.raises(TooManyPixels, match="take 311 MB"):
        decode(heic("vast"))


def test_of_several_pictures_in_a_heic_the_first_is_the_photo() -> None:
    assert np.array_equal(decode(heic("two")).pixels, decode(heic("ramp")).pixels)


JPEGS = {
    "usual": encoded(picture(), "JPEG"),
    "finest": encoded(picture(), "JPEG", quality=100, subsampling=0),
    "progressive": encoded(picture(77, 31), "JPEG", progressive=True),
    "restarts": encoded(picture(), "JPEG", restart_marker_blocks=2),
    "grey": encoded(picture(mode="L"), "JPEG"),
    "cmyk": encoded(picture(mode="CMYK"), "JPEG"),
    "rgb": encoded(picture(), "JPEG", keep_rgb=True),
    "two views": encoded(picture(), "MPO", save_all=True, append_images=[picture()]),
    "much before": b"\xff\xd8\xff\xfe\x00\x09comment" + encoded(picture(), "JPEG")[2:],
    "much behind": encoded(picture(), "JPEG") + b"\xff\xd8\xff\xe1 a film of three seconds",
}


@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_has_the_pixels_that_pillow_sees(name: str) -> None:
    theirs = np.asarray(Image.open(io.BytesIO(JPEGS[name])).convert("RGB"), np.int16)
    assert np.abs(decode(JPEGS[name]).pixels - theirs).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_orientation_is_turned_as_pillow_turns_it(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(picture(), kind, exif=exif.tobytes(), **options)
    theirs = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    photo = decode(data)
    assert np.abs(photo.pixels - np.asarray(theirs, np.int16)).max() <= 1
    kept = decode(encode_jpeg(photo))  # upright for whoever knows no EXIF
    assert kept.pixels.shape == photo.pixels.shape
    assert np.abs(kept.pixels - photo.pixels.astype(np.int16)).mean() < 3


def test_the_kept_jpeg_carries_no_exif() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET PHONE MAKER"
    kept = encode_jpeg(decode(encoded(picture(), "JPEG", exif=exif.tobytes())))
    assert b"SECRET" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def told(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


@pytest.mark.parametrize("extra", [{}, {"progressive": True}, {"restart_marker_blocks": 2}])
def test_an_upright_jpeg_is_kept_bit_for_bit_without_anything_but_the_picture(
    extra: dict[str, object],
) -> None:
    whole = encoded(picture(), "JPEG", comment=b"SECRET", icc_profile=b"SECRET" * 20, **extra)
    secrets = [told(0xE0 + n, f"SECRET {n}".encode()) for n in range(16)]
    secrets.append(told(0xE0, b"JFXX\0\x10SECRET thumbnail"))
    secrets.append(told(0xE1, b"http://ns.adobe.com/xap/1.0/\0<SECRET/>"))
    scan = whole.index(b"\xff\xda")
    hiding = whole[:2] + b"".join(secrets) + whole[2:scan] + told(0xED, b"SECRET") + whole[scan:]
    photo = decode(hiding + whole + b"SECRET behind the end")
    kept = encode_jpeg(photo)
    assert b"SECRET" not in kept
    assert b"ICC_PROFILE" not in kept
    assert kept.count(b"\xff\xd8") == 1
    assert whole[scan:] in kept  # the picture itself was not compressed again
    assert np.array_equal(decode(kept).pixels, photo.pixels)
    assert set(Image.open(io.BytesIO(kept)).info) <= {
        *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"),
    }


def test_a_jpeg_is_compressed_again_where_it_is_not_the_picture_or_needlessly_large() -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    turned, large = oriented_jpeg(6), encoded(noise, "JPEG", quality=100, subsampling=0)
    scaled, cmyk = encoded(picture(5200, 100), "JPEG"), JPEGS["cmyk"]
    for data in (turned, large, scaled, cmyk, encoded(picture(), "PNG")):
        photo = decode(data)
        assert photo.jpeg is None
        assert decode(encode_jpeg(photo)).pixels.shape == photo.pixels.shape


def test_damaged_exif_does_not_lose_the_photo() -> None:
    assert decode(encoded(picture(), "JPEG", exif=b"Exif\0\0II*\0garbage")).width == 64


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_animations_are_refused(kind: str) -> None:
    with pytest.raises(PhotoAnimated):
        decode(animation(kind))


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4", encoded(picture(), "PPM")])
def test_other_files_are_no_picture(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        decode(data)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF", "AVIF", "GIF"])
def test_truncated_files_are_broken(kind: str) -> None:
    whole = heic("larger") if kind == "HEIF" else encoded(picture(640, 480), kind)
    with pytest.raises(PhotoError):
        decode(whole[: len(whole) // 2])


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(TooManyPixels):
        decode(png_header(20_000, 20_000))
    with pytest.raises(TooManyPixels):
        decode(png_header(8_000, 6_501))
    with pytest.raises(PhotoTooLarge):
        decode(b"\xff\xd8" + b"\0" * MAX_BYTES)


@pytest.mark.parametrize("size", [(20_001, 10), (10, 20_001), (1, 50_000_000)])
def test_what_is_too_long_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(TooManyPixels, match=f"{size[0]}x{size[1]} pixels"):
        decode(png_header(*size))


def test_a_png_in_millions_of_chunks_is_refused_at_once() -> None:
    whole = encoded(picture(), "PNG")
    empty = bytes(4) + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4)
    for kind in (empty, empty.replace(b"IDAT", b"teXt"), empty.replace(b"IDAT", b"XXXX")):
        data = whole[:33] + kind * 1_500_000 + whole[33:]
        before = time.thread_time()
        with pytest.raises(PhotoBroken, match="more than 10000 chunks"):
            decode(data)
        assert time.thread_time() - before < 0.05


def test_a_png_in_pieces_of_two_kilobytes_is_read() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    whole = encoded(Image.fromarray(noise), "PNG", compress_level=0)
    rows = b"".join(b"\0" + row.tobytes() for row in noise)
    data = zlib.compress(rows, 0)
    pieces = [b"IDAT" + data[at : at + 2000] for at in range(0, len(data), 2000)]
    chunks = [(len(one) - 4).to_bytes(4) + one + zlib.crc32(one).to_bytes(4) for one in pieces]
    assert np.array_equal(decode(whole[:33] + b"".join(chunks) + whole[-12:]).pixels, noise)


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
