"""What a photo tells about its place and its phone is not kept: real reader, real photo stores."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bot.talk.conversation import Conversation
from bot.talk.types import PhotoSent
from recognizer.local import LocalReader
from storage.store import Store
from storage.types import Who
from tests.fakes.prices import FakePrices
from tests.fakes.replies import RecordingReplies
from tests.recognizer.pictures import picture
from tests.storage.contract import NOW, on_sqlite
from tests.storage.test_buckets import BUCKET, endpoint, service  # noqa: F401 -- fixtures
from tests.storage.test_forget import traces

MARK = b"SECRETPLACE"
_GPS, _MAKER, _ORIENTATION = 0x8825, 0x010F, 0x0112
_PICTURE = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD}  # frames, tables, scans
JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform"}
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + MARK + b"</x:xmpmeta>"
_ICC = MARK.ljust(200, b"\0")


def exif(orientation: int) -> bytes:
    found = Image.Exif()
    found[_MAKER] = MARK.decode()
    found[_ORIENTATION] = orientation
    found.get_ifd(_GPS).update({1: "N", 2: (37.0, 30.0, 1.0), 29: MARK.decode()})
    return found.tobytes()


def sent(form: str, size: tuple[int, int], orientation: int) -> bytes:
    """A photo that carries the mark in everything that its format has a place for."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    info.add_itxt("XML:com.adobe.xmp", _XMP.decode(), zip=False)
    places: dict[str, dict[str, object]] = {
        "JPEG": {"xmp": _XMP, "comment": MARK, "icc_profile": _ICC},
        "PNG": {"pnginfo": info, "icc_profile": _ICC},
        "WEBP": {"xmp": _XMP, "icc_profile": _ICC},
    }
    out = io.BytesIO()
    picture(*size).save(out, form, exif=exif(orientation), **places[form])
    behind = MARK if form == "JPEG" else b""  # where phones put films and depth maps
    return out.getvalue() + behind


def foreign_segments(jpeg: bytes) -> list[str]:
    """Segments of a JPEG that are neither the picture nor how its colours are coded."""
    found, at = [], 2
    while (marker := jpeg[at + 1]) != 0xDA:
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        plain = (marker == 0xE0 and length == 16) or (marker == 0xEE and length == 14)
        if marker not in _PICTURE and not plain:
            found.append(f"{marker:x}")
        at += 2 + length
    return found


SENT = {
    f"{form} {size[0]}x{size[1]}, turned {orientation}": (form, size, orientation)
    for form in ("JPEG", "PNG", "WEBP")
    for size, orientation in (((320, 240), 1), ((320, 240), 6), ((2700, 600), 1))
}


@pytest.fixture
async def reader() -> AsyncIterator[LocalReader]:
    reader = await LocalReader.start()
    yield reader
    await reader.close()


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str | None]:
    """Where photos go, and who speaks S3 in Amazon's stead."""
    if request.param == "folder":
        return str(tmp_path / "photos"), None
    return BUCKET, request.getfixturevalue("endpoint")


@on_sqlite
async def test_no_store_keeps_what_a_photo_tells_beside_itself(
    ready_url: str, place: tuple[str, str | None], reader: LocalReader, tmp_path: Path
) -> None:
    store = await Store.open(ready_url, *place)
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(reader, FakePrices(), *tables, lambda: NOW)
    for key, photo in SENT.items():
        data = sent(*photo)
        assert MARK in data

        async def fetch(data: bytes = data) -> bytes:
            return data

        who = Who("telegram", key)
        await conversation.handle(who, PhotoSent(key, fetch), RecordingReplies())
        row = await store.interactions.latest(who)
        assert row is not None and row.photo is not None, key
        kept = await store.photos.get(row.photo)
        assert kept is not None and kept.startswith(b"\xff\xd8")
        assert MARK not in kept, key
        assert foreign_segments(kept) == [], key
        with Image.open(io.BytesIO(kept)) as image:
            image.load()
            assert not image.getexif() and set(image.info) <= JFIF, key
            (_, (width, height), orientation) = photo
            upright = (height, width) if orientation == 6 else (width, height)
            assert max(image.size) <= 2560
            assert (image.width > image.height) == (upright[0] > upright[1]), key
    await store.close()
    assert traces(tmp_path, MARK.decode()) == []
