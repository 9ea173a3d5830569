"""Uploads of one address: how slow, how many at once and how many in a minute."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Bounds, running
from bot.channels.web.rush import Pace, Rush, RushLimits
from bot.channels.web.wire import RequestError
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.storage.test_photos import files
from tests.strangers.sockets import Line, head, line
from tests.waiting import PATIENCE_S, until
from tests.web.client import fresh_id

PHOTO = tag_jpeg()
STRANGER, NEIGHBOUR = "127.0.0.2", "127.0.0.3"
PATIENT = Pace(grace_s=PATIENCE_S, deadline_s=PATIENCE_S)


@asynccontextmanager
async def served(folder: Path, rush: RushLimits, **values: object) -> AsyncIterator[str]:
    settings = settings_in(folder, **values)
    async with running(settings, ServingReader().open, Bounds(rush=rush)) as url:
        yield url


def photo(size: int = len(PHOTO), path: str = "/chat/photo") -> str:
    return head(
        path,
        "POST",
        X_Message_Id=fresh_id(),
        X_Language="en",
        Content_Type="image/jpeg",
        Content_Length=size,
    )


async def refusal(one: Line) -> str:
    """The sentence of an answer whose status was read."""
    text = (await one.reading.readuntil(b"}")).decode()
    said: str = json.loads(text[text.index("{") :])["message"]
    return said


async def sent(url: str, source: str) -> int:
    async with line(url, source) as one:
        await one.say(photo() + PHOTO.decode("latin-1"))
        return await one.status()


async def test_who_sends_a_byte_now_and_then_is_cut_off(tmp_path: Path) -> None:
    rush = RushLimits(uploads_of_one=1, pace=Pace(least_bytes_s=1e6, grace_s=0.3))
    async with served(tmp_path, rush) as url:
        async with line(url) as slow:
            await slow.say(photo(size=1000))
            for _ in range(5):
                await slow.say("x")
            assert await slow.status() == 408
            assert "did not arrive completely" in await refusal(slow)
        assert files(tmp_path / "photos" / "unfinished") == []
        async with line(url) as slow:  # the same with what should be JSON
            await slow.say(
                head("/chat/text", "POST", Content_Type="application/json", Content_Length=1000)
                + "{"
            )
            assert await slow.status() == 408
        assert await sent(url, "127.0.0.1") == 200  # the slot is free again


async def test_who_was_quick_so_far_may_pause(tmp_path: Path) -> None:
    pace = Pace(least_bytes_s=len(PHOTO) / 2 / PATIENCE_S, grace_s=0.3, deadline_s=PATIENCE_S)
    data, half = PHOTO.decode("latin-1"), len(PHOTO) // 2
    async with (
        served(tmp_path, RushLimits(pace=pace)) as url,
        line(url) as steady,
        line(url) as silent,
    ):
        await steady.say(photo() + data[:half])
        await silent.say(photo())
        assert await silent.status() == 408  # more than the first seconds have gone by
        await steady.say(data[half:])
        assert await steady.status() == 200


async def test_one_address_does_not_take_the_place_of_others(tmp_path: Path) -> None:
    rush = RushLimits(uploads=5, uploads_of_one=2, pace=PATIENT)
    async with served(tmp_path, rush) as url, AsyncExitStack() as stack:
        for _ in range(2):
            one = await stack.enter_async_context(line(url, STRANGER))
            await one.say(photo() + "x")
        await until(lambda: len(files(tmp_path / "photos" / "unfinished")) == 2)
        assert await sent(url, STRANGER) == 503
        assert await sent(url, NEIGHBOUR) == 200


async def test_without_a_cookie_an_address_is_still_the_same(tmp_path: Path) -> None:
    values = {"photos_per_minute_by_address": 3, "trusted_proxies": "127.0.0.9"}
    async with served(tmp_path, RushLimits(), **values) as url:
        assert [await sent(url, STRANGER) for _ in range(3)] == [200] * 3
        async with line(url, STRANGER) as one:
            await one.say(photo())  # whose body never comes
            assert await one.status() == 429
            assert "in a minute" in await refusal(one)
        assert await sent(url, NEIGHBOUR) == 200
        for client, status in ((STRANGER, 429), ("198.51.100.7", 200)):
            async with line(url, "127.0.0.9") as proxy:
                told = photo().replace("\r\n\r\n", f"\r\nX-Forwarded-For: {client}\r\n\r\n")
                await proxy.say(told + PHOTO.decode("latin-1"))
                assert await proxy.status() == status


async def test_shared_photos_count_too(tmp_path: Path) -> None:
    async with served(tmp_path, RushLimits(), photos_per_minute_by_address=1) as url:
        assert await sent(url, STRANGER) == 200
        body = (
            '--x\r\nContent-Disposition: form-data; name="photos"; filename="a"\r\n\r\nphoto\r\n'
            "--x--\r\n"
        )
        async with line(url, STRANGER) as one:
            asked = head(
                "/chat/share",
                "POST",
                Content_Type="multipart/form-data; boundary=x",
                Content_Length=len(body),
                Cookie=f"pumbeon={7:043d}",
            )
            await one.say(asked + body)
            assert await one.status() == 303
            assert b"#share=crowded" in await one.reading.readuntil(b"\r\n\r\n")


def test_a_minute_later_the_address_may_send_again() -> None:
    now = 0.0
    rush = Rush(RushLimits(photos_per_minute=2), lambda: now)
    for _ in range(2):
        rush.photo("192.0.2.1")
    with pytest.raises(RequestError, match="crowded"):
        rush.photo("192.0.2.1")
    now = 31.0
    rush.photo("192.0.2.1")
    with pytest.raises(RequestError, match="crowded"):
        rush.photo("192.0.2.1")
    now = 1000.0
    for _ in range(2):
        rush.photo("192.0.2.1")
    with pytest.raises(RequestError, match="crowded"):
        rush.photo("192.0.2.1")


def test_any_number_of_addresses_takes_little_memory() -> None:
    rush = Rush(RushLimits(photos_per_minute=1))
    rush.photo("192.0.2.1")
    for number in range(20_000):
        rush.photo(f"10.0.{number // 250}.{number % 250}")
    assert rush._photos is not None
    assert len(rush._photos) == 10_000
    none = Rush(RushLimits())
    for _ in range(500):
        none.photo("192.0.2.1")  # 0: no limit
    assert none._photos is None
