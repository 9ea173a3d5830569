"""Pictures of goods, over real HTTP: small, decoded anew, in time, and from nowhere private."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from aiohttp import web
from PIL import Image

from bot.running import shop_pictures
from bot.running.shop_pictures import LONGEST_SIDE_SHOWN, PublicResolver, ShopPictures


def image(kind: str = "JPEG", size: tuple[int, int] = (1200, 900), **options: object) -> bytes:
    ramp = np.linspace(0, 255, size[0], dtype=np.uint8)[None].repeat(size[1], 0)
    out = io.BytesIO()
    Image.fromarray(np.stack([ramp] * 3, axis=2)).save(out, kind, **options)
    return out.getvalue()


@dataclass
class FakeShop:
    """A shop's picture server; `answers` are by path, `asked` what it was asked for."""

    url: str = ""
    answers: dict[str, Callable[[], Awaitable[web.StreamResponse]]] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)

    def has(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        async def answer() -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        self.answers[path] = answer
        return self.url + path

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        made = self.answers.get(request.path)
        return await made() if made else web.Response(status=404)


@pytest.fixture
async def shop() -> AsyncIterator[FakeShop]:
    shop, app = FakeShop(), web.Application()
    app.router.add_get("/{path:.*}", shop.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield shop
    await runner.cleanup()


@pytest.fixture
async def pictures() -> AsyncIterator[ShopPictures]:
    made = ShopPictures(extra=["127.0.0.1"])
    yield made
    await made.close()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
async def test_a_picture_is_made_small_and_anew(
    shop: FakeShop, pictures: ShopPictures, kind: str
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET"
    made = await pictures.first_of([shop.has("/1", image(kind, exif=exif.tobytes()))])
    assert made is not None
    with Image.open(io.BytesIO(made)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (LONGEST_SIDE_SHOWN, 360))
    assert b"SECRET" not in made
    assert len(made) < 40_000
    (request,) = shop.asked
    assert "Cookie" not in request.headers
    assert "Referer" not in request.headers


async def test_the_first_that_has_one_is_taken_and_each_is_asked_once(
    shop: FakeShop, pictures: ShopPictures
) -> None:
    bad = [
        shop.has("/gone", b"", 404),
        shop.has("/text", b"<html>log in</html>"),
        shop.has("/moved", b"", 302, Location="/good"),
    ]
    good = shop.has("/good", image(size=(100, 100)))
    assert await pictures.first_of([*bad, good]) is not None
    assert await pictures.first_of([*bad, good]) is not None
    assert [request.path for request in shop.asked] == ["/gone", "/text", "/moved", "/good"]
    assert await pictures.first_of(bad) is None
    assert await pictures.first_of([]) is None


async def test_too_many_bytes_are_not_taken(
    shop: FakeShop, pictures: ShopPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop_pictures, "_MOST_BYTES", 1_000)

    async def endless() -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(shop.asked[-1])
        for _ in range(100):
            await response.write(bytes(1_000))
        return response

    shop.answers["/endless"] = endless
    assert await pictures.first_of([shop.has("/large", image())]) is None
    assert await pictures.first_of([shop.url + "/endless"]) is None


async def test_an_answer_does_not_wait_for_a_slow_shop(
    shop: FakeShop, pictures: ShopPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop_pictures, "_PICTURE_PATIENCE_S", 0.2)
    gate = asyncio.Event()

    async def slow() -> web.StreamResponse:
        await gate.wait()
        return web.Response(body=image())

    shop.answers["/slow"] = slow
    assert await pictures.first_of([shop.url + "/slow"]) is None
    gate.set()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/1",
        "http://localhost/1",
        "http://10.0.0.1/1",
        "http://192.168.0.1/1",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/1",
        "http://0.0.0.0/1",
        "http://224.0.0.1/1",
        "http://2130706433/1",
        "http://0x7f.0.0.1/1",
        "http://127.1/1",
        "http://[::1]/1",
        "http://[::ffff:127.0.0.1]/1",
        "http://shop.example:8080/1",
        "http://user:password@shop.example/1",
        "ftp://shop.example/1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        "http://",
        "http://[",
    ],
)
async def test_nothing_but_public_web_servers_is_asked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[object] = []
    monkeypatch.setattr(asyncio.BaseEventLoop, "sock_connect", lambda *a: connected.append(a))
    pictures = ShopPictures()
    try:
        assert await pictures.first_of([address]) is None
    finally:
        await pictures.close()
    assert connected == []


async def test_a_name_that_leads_into_a_private_network_leads_nowhere() -> None:
    resolver = PublicResolver()
    try:
        with pytest.raises(OSError, match="no public address"):
            await resolver.resolve("localhost", 80, socket.AF_INET)
    finally:
        await resolver.close()
