"""Photos that every viewer shows: without their end, with something behind it, of other formats."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from recognizer.errors import PhotoError, TooManyPixels
from recognizer.photo import cut, jpeg_segments
from recognizer.photo.photo import decode, encode_jpeg
from recognizer.photo.scaling import LONGEST_SIDE
from tests.recognizer.pictures import encoded, picture


def noise(width: int = 640, height: int = 480) -> Image.Image:
    """A picture whose file is as full at its end as at its beginning."""
    small = np.random.default_rng(3).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    return Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)


KINDS: dict[str, dict[str, object]] = {
    "usual": {},
    "grey": {"mode": "L"},
    "finest": {"quality": 100, "subsampling": 0},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_blocks": 7},
    "cmyk": {"mode": "CMYK"},
}


def jpeg(name: str) -> bytes:
    options = dict(KINDS[name])
    mode = str(options.pop("mode", "RGB"))
    return encoded(noise().convert(mode), "JPEG", **options)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("behind", [b"", b"\0" * 5000])
def test_without_its_end_marker_nothing_is_missing(name: str, behind: bytes) -> None:
    whole = jpeg(name)
    photo = decode(whole.removesuffix(b"\xff\xd9") + behind)
    assert photo.missing == 0
    difference = photo.pixels.astype(np.int16) - decode(whole).pixels
    assert np.abs(difference).max() <= 1


@pytest.mark.parametrize("name", ["usual", "grey", "finest", "restarts", "cmyk"])
@pytest.mark.parametrize("share", [0.95, 0.8, 0.5])
def test_what_is_there_of_a_cut_photo_is_read(name: str, share: float) -> None:
    whole = jpeg(name)
    photo = decode(whole[: int(len(whole) * share)])
    assert abs(photo.missing - (1 - share)) < 0.08
    there = int(photo.height * (1 - photo.missing)) - 32
    difference = photo.pixels[:there].astype(np.int16) - decode(whole).pixels[:there]
    assert np.abs(difference).max() <= 1


def test_a_progressive_photo_is_whole_before_its_file_is() -> None:
    whole = jpeg("progressive")
    assert decode(whole[: len(whole) * 9 // 10]).missing == 0
    first = whole.index(b"\xff\xda")
    second = whole.index(b"\xff\xda", first + 2)
    assert decode(whole[: (first + second) // 2]).missing > 0.2


@settings(max_examples=30)
@given(st.integers(1, 300))
def test_the_fewer_bytes_the_more_is_missing(bytes_off: int) -> None:
    whole = jpeg("usual")
    less = decode(whole[: len(whole) - 2 - bytes_off]).missing
    more = decode(whole[: len(whole) - 3 - 2 * bytes_off]).missing
    assert less <= more < 0.2


def test_a_cut_photo_is_turned_and_kept_whole() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = encoded(noise(), "JPEG", exif=exif.tobytes())
    photo = decode(whole[: len(whole) * 9 // 10])
    assert (photo.width, photo.height) == (480, 640)
    assert decode(encode_jpeg(photo)).missing == 0


@pytest.mark.parametrize("end", [2, 20, 100, 300])
def test_a_file_that_ends_before_the_picture_is_broken(end: int) -> None:
    with pytest.raises(PhotoError):
        decode(jpeg("usual")[:end])


TRAILERS = {
    "a film": b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40,
    "a maker's list": b"\xff\xe4SEFH" + bytes(400) + b"SEFT",
    "a second photo": encoded(picture(), "JPEG"),
    "half a photo": encoded(picture(), "JPEG")[:500],
    "zeros": bytes(70_000),
    "an archive": b"PK\x03\x04" + bytes(200),
}


@pytest.mark.parametrize("name", TRAILERS)
@pytest.mark.parametrize("kind", ["usual", "progressive", "cmyk"])
def test_what_phones_put_behind_a_photo_changes_nothing(kind: str, name: str) -> None:
    whole = jpeg(kind)
    photo = decode(whole + TRAILERS[name])
    assert photo.missing == 0
    assert np.array_equal(photo.pixels, decode(whole).pixels)


@pytest.mark.parametrize("kind", ["AVIF", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "1"])
def test_stills_of_other_formats_have_the_pixels_that_pillow_sees(kind: str, mode: str) -> None:
    if (kind, mode) == ("BMP", "RGBA"):
        pytest.skip("Pillow writes no such file")
    data = encoded(picture(64, 48).convert(mode), kind)
    theirs = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA").convert("RGB"), np.int16)
    assert np.abs(decode(data).pixels - theirs).max() <= 1


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg"])
def test_tiff_of_each_compression_and_the_first_of_its_pages(compression: str) -> None:
    options = {"save_all": True, "append_images": [picture(20, 10)]}
    data = encoded(picture(64, 48), "TIFF", compression=compression, **options)
    assert decode(data).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["TIFF", "AVIF"])
def test_other_formats_are_turned_upright_once(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    finest = {"quality": 100} if kind == "AVIF" else {}
    data = encoded(picture(64, 48), kind, exif=exif.tobytes(), **finest)
    theirs = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    ours = decode(data).pixels
    assert ours.shape == np.asarray(theirs).shape
    assert np.abs(ours - np.asarray(theirs, np.int16)).max() <= 1


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    crc = zlib.crc32(kind + body) if crc is None else crc
    return len(body).to_bytes(4) + kind + body + crc.to_bytes(4)


@pytest.mark.parametrize("kind", [b"tEXt", b"iCCP", b"eXIf", b"zTXt", b"pHYs", b"prVt"])
@pytest.mark.parametrize("mode", ["RGB", "P", "LA"])
def test_a_wrong_sum_beside_the_picture_costs_nothing(kind: bytes, mode: str) -> None:
    whole = encoded(picture(64, 48).convert(mode), "PNG")
    head = 8 + 25  # signature and IHDR
    spoilt = whole[:head] + chunk(kind, b"Comment\0hello", crc=7) + whole[head:]
    spoilt += b"\0behind the end"
    assert np.array_equal(decode(spoilt).pixels, decode(whole).pixels)


def test_fifty_megapixels_of_a_phone_are_decoded_smaller() -> None:
    photo = Image.new("L", (8160, 6144), 200)
    for kind, options in (("JPEG", {}), ("PNG", {}), ("JPEG", {"progressive": True})):
        read = decode(encoded(photo, kind, **options))
        assert (read.width, read.height) == (LONGEST_SIDE, 1928)


def test_a_hundred_megapixels_are_too_many_for_all_but_a_plain_jpeg() -> None:
    photo = Image.new("L", (12000, 9000), 200)
    assert decode(encoded(photo, "JPEG")).width == LONGEST_SIDE
    with pytest.raises(TooManyPixels):
        decode(encoded(photo, "PNG"))
    finest = Image.new("RGB", (8160, 6144))
    with pytest.raises(TooManyPixels, match="take 346 MB"):
        decode(encoded(finest, "JPEG", progressive=True, subsampling=0))


def test_what_a_progressive_photo_holds() -> None:
    for subsampling, share in ((0, 6), (1, 4), (2, 3)):
        data = encoded(picture(64, 48), "JPEG", progressive=True, subsampling=subsampling)
        assert jpeg_segments.taken_apart(data).held == 64 * 48 * share
    assert jpeg_segments.taken_apart(encoded(picture(), "JPEG")).held == 0


def test_mending_takes_broken_transfers_zeros_off() -> None:
    assert cut.mended(b"\xff\xd8photo\0\0\0") == b"\xff\xd8photo\xff\xd9"
