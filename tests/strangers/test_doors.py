"""By which name, from where and with which cookie people come in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.settings import Settings
from tests.fakes.serving import ServingReader, settings_in
from tests.strangers.sockets import head, line

PUBLIC = {"public_url": "https://shoes.example"}
TOKEN = f"{7:043d}"


@asynccontextmanager
async def served(folder: Path, **values: object) -> AsyncIterator[str]:
    async with running(settings_in(folder, **values), ServingReader().open) as url:
        yield url


async def got(url: str, path: str, **headers: str) -> tuple[int, SimpleCookie, str]:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    jar = aiohttp.DummyCookieJar()
    async with (
        aiohttp.ClientSession(cookie_jar=jar, headers=told) as session,
        session.get(url + path) as answer,
    ):
        return answer.status, answer.cookies, await answer.text()


async def say(url: str, text: str, **headers: str) -> None:
    body = json.dumps({"id": "message-1", "text": text})
    told: dict[str, str | int] = {"Content_Type": "application/json", **headers}
    told["Content_Length"] = len(body)
    async with line(url) as one:
        await one.say(head("/chat/text", "POST", **told) + body)
        assert await one.status() == 200
        await one.reading.readuntil(b'"type": "end"')


async def test_over_https_the_cookie_is_for_https_and_this_host_alone(tmp_path: Path) -> None:
    async with served(tmp_path, **PUBLIC) as url:
        _, cookies, _ = await got(url, "/chat/log", Host="shoes.example")
        (name,) = cookies
        cookie = cookies[name]
        assert name == "__Host-pumbeon"
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        _, again, _ = await got(
            url, "/chat/log", Host="shoes.example", Cookie=f"{name}={cookie.value}"
        )
        assert not again
        _, nearby, _ = await got(url, "/chat/log")  # by its address, without a proxy
        assert [(key, each["secure"]) for key, each in nearby.items()] == [("pumbeon", "")]


async def test_who_has_the_old_cookie_keeps_their_history(tmp_path: Path) -> None:
    async with served(tmp_path, **PUBLIC) as url:
        old = f"pumbeon={TOKEN}"
        await say(url, "before the move", Cookie=old)
        _, cookies, text = await got(url, "/chat/log", Host="shoes.example", Cookie=old)
        assert "before the move" in text
        assert cookies["__Host-pumbeon"].value == TOKEN
        assert (cookies["pumbeon"].value, cookies["pumbeon"]["max-age"]) == ("", "0")
        _, _, text = await got(
            url, "/chat/log", Host="shoes.example", Cookie=f"__Host-pumbeon={TOKEN}"
        )
        assert "before the move" in text


async def test_a_cookie_from_elsewhere_is_no_match_for_the_safe_one(tmp_path: Path) -> None:
    async with served(tmp_path, **PUBLIC) as url:
        slipped_in = f"pumbeon={8:043d}; __Host-pumbeon={TOKEN}"
        await say(url, "mine", Cookie=f"__Host-pumbeon={TOKEN}")
        _, cookies, text = await got(url, "/chat/log", Host="shoes.example", Cookie=slipped_in)
        assert "mine" in text
        assert not cookies


@pytest.mark.parametrize("trusted", [True, False])
async def test_only_a_trusted_proxy_says_that_people_come_by_https(
    tmp_path: Path, trusted: bool
) -> None:
    async with served(tmp_path, trusted_proxies="127.0.0.1" if trusted else "") as url:
        _, cookies, _ = await got(url, "/chat/log", X_Forwarded_Proto="https")
        assert list(cookies) == ["__Host-pumbeon" if trusted else "pumbeon"]


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
async def test_a_page_elsewhere_cannot_look_in_through_a_name_of_its_own(
    tmp_path: Path, path: str
) -> None:
    async with served(tmp_path, web_allowed_hosts="shoes.example") as url:
        statuses = {
            host: (await got(url, path, Host=host))[0]
            for host in (
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "shoes.example",
                "localhost",
                "[::1]:80",
            )
        }
    assert statuses == {
        "evil.example:8080": 403,
        "127.0.0.1.evil.example": 403,
        "shoes.example": 200,
        "localhost": 200,
        "[::1]:80": 200,
    }


@pytest.mark.parametrize(
    ("values", "headers", "status"),
    [
        ({}, {}, 200),
        ({"metrics_from": "10.0.0.0/8"}, {}, 403),
        ({"metrics_from": "127.0.0.1"}, {}, 200),
        ({"trusted_proxies": "127.0.0.1"}, {"X_Forwarded_For": "198.51.100.7"}, 403),
        ({"trusted_proxies": "127.0.0.1"}, {"X_Forwarded_For": "10.1.1.1"}, 200),
        ({}, {"X_Forwarded_For": "198.51.100.7"}, 403),  # whoever that proxy speaks for
    ],
)
async def test_metrics_stay_inside(
    tmp_path: Path, values: dict[str, str], headers: dict[str, str], status: int
) -> None:
    async with served(tmp_path, **values) as url:
        assert (await got(url, "/metrics", **headers))[0] == status
        assert (await got(url, "/health", **headers))[0] == 200


@pytest.mark.parametrize("name", ["trusted_proxies", "metrics_from"])
def test_networks_that_are_none_are_told(name: str) -> None:
    with pytest.raises(ValueError, match="addresses or networks"):
        Settings.model_validate({name: "nginx"})


@pytest.mark.parametrize("path", ["/chat/text", "/mark/read"])
async def test_an_origin_that_is_no_address_is_a_bad_request(tmp_path: Path, path: str) -> None:
    telegram = {
        "telegram_bot_token": "123456:AbC-dEf",
        "telegram_api_url": "http://127.0.0.1:1/bot",
    }
    async with served(tmp_path, **telegram) as url, line(url) as one:
        await one.say(head(path, "POST", Origin="http://[::1", Content_Length=0))
        assert await one.status() == 400
