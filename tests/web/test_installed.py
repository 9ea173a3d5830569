"""The page as an app of the device: its manifest, its icons, and photos shared with it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.channels.web.requests import MAX_UPLOAD
from bot.channels.web.wire import MOST_PHOTOS
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader
from tests.waiting import until
from tests.web.client import Person

SHARED_BY_THE_DEVICE = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Origin": "null"}


async def manifest(person: Person, language: str = "ko") -> dict[str, Any]:
    headers = {"Accept-Language": language}
    async with person.session.get(f"{person.url}/manifest.webmanifest", headers=headers) as got:
        assert (got.status, got.content_type) == (200, "application/manifest+json")
        assert "manifest-src 'self'" in got.headers["Content-Security-Policy"]
        found: dict[str, Any] = await got.json(content_type=None)
        return found


def form(*photos: bytes, name: str = "photos") -> aiohttp.FormData:
    made = aiohttp.FormData(default_to_multipart=True)
    made.add_field("title", "a picture")
    for number, photo in enumerate(photos):
        made.add_field(name, photo, filename=f"{number}.jpg", content_type="image/jpeg")
    return made


async def share(
    person: Person, data: object, headers: Mapping[str, str] = SHARED_BY_THE_DEVICE
) -> tuple[int, str]:
    """Post what a device posts; the status and where it leads."""
    target = (await manifest(person))["share_target"]
    address = person.url + target["action"]
    async with person.session.post(
        address, data=data, headers=headers, allow_redirects=False
    ) as got:
        return got.status, got.headers.get("Location", "")


async def answered(person: Person, photos: int) -> list[dict[str, Any]]:
    """The log once nothing waits and so many photos are in it."""
    entries: list[dict[str, Any]] = []

    async def there() -> bool:
        entries[:] = (await person.log())["entries"]
        sent = [entry for entry in entries if entry.get("kind") == "photo"]
        return len(sent) == photos and not any(entry["pending"] for entry in entries)

    await until(there)
    return entries


async def test_the_page_can_be_installed(person: Person) -> None:
    found = await manifest(person)
    assert (found["start_url"], found["display"], found["short_name"]) == (
        "/",
        "standalone",
        "품번",
    )
    assert (await manifest(person, "en"))["short_name"] == "Pumbeon"
    assert {icon["sizes"] for icon in found["icons"]} == {"192x192", "512x512"}
    assert {icon["purpose"] for icon in found["icons"]} == {"any", "maskable"}
    async with person.session.get(person.url) as got:
        assert '<link rel="manifest" href="/manifest.webmanifest">' in await got.text()


async def test_its_icons_are_drawn_in_their_sizes(person: Person) -> None:
    found = await manifest(person)
    for icon in found["icons"]:
        async with person.session.get(person.url + icon["src"]) as got:
            assert (got.status, got.content_type) == (200, "image/png")
            picture = Image.open(io.BytesIO(await got.read())).convert("RGBA")
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        corner = picture.getpixel((0, 0))
        assert isinstance(corner, tuple)
        assert (corner[3] == 255) is (icon["purpose"] == "maskable")
        assert picture.getpixel((picture.width // 2, picture.height // 2)) == (255,) * 4
    async with person.session.get(f"{person.url}/icon-999.png") as got:
        assert got.status == 404


async def test_a_shared_photo_is_sent_and_answered(person: Person, reader: ServingReader) -> None:
    assert await share(person, form(tag_jpeg())) == (303, "/chat")
    entries = await answered(person, 1)
    assert [entry.get("code") for entry in entries if entry["author"] == "bot"] == ["DD1391-100"]
    assert reader.reads == [tag_jpeg()]


async def test_several_are_an_album(person: Person) -> None:
    photos = [tag_jpeg(f"FU900{number}") for number in range(3)]
    assert await share(person, form(*photos)) == (303, "/chat")
    entries = await answered(person, 3)
    assert "3 photos: 3 codes" in entries[-1]["text"] or "사진 3장" in entries[-1]["text"]


async def test_more_than_an_album_takes_are_left_out(person: Person) -> None:
    assert (await share(person, form(*[tag_jpeg()] * (MOST_PHOTOS + 2))))[0] == 303
    await answered(person, MOST_PHOTOS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site"},
        {**SHARED_BY_THE_DEVICE, "Host": "evil.example"},
    ],
)
async def test_other_sites_share_nothing(person: Person, headers: Mapping[str, str]) -> None:
    assert (await share(person, form(tag_jpeg()), headers))[0] == 403
    assert (await person.log())["entries"] == []


async def test_what_cannot_be_taken_is_told_on_the_page(person: Person) -> None:
    assert await share(person, form()) == (303, "/chat#share=empty")
    assert await share(person, form(b"", name="photos")) == (303, "/chat#share=empty")
    assert await share(person, form(tag_jpeg(), name="other")) == (303, "/chat#share=empty")
    assert await share(person, b"raw") == (303, "/chat#share=bad_request")
    large = form(b"\0" * (MAX_UPLOAD + 1))
    assert await share(person, large) == (303, "/chat#share=too_large")
    broken = {**SHARED_BY_THE_DEVICE, "Content-Type": "multipart/form-data"}
    assert await share(person, b"--", broken) == (303, "/chat#share=bad_request")
    assert (await person.log())["entries"] == []


async def test_without_a_cookie_nobody_is_made_up(person: Person) -> None:
    person.session.cookie_jar.clear()
    address = f"{person.url}/chat/share"
    async with person.session.post(
        address, data=form(tag_jpeg()), headers=SHARED_BY_THE_DEVICE, allow_redirects=False
    ) as got:
        assert got.headers["Location"] == "/chat#share=nobody"
        assert "Set-Cookie" not in got.headers
