"""Who may talk to the web chat, and what every answer carries."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from tests.waiting import PATIENCE_S
from tests.web.client import Person

GOOD = {"Content-Type": "application/json"}
BODY = b'{"id": "from-elsewhere", "text": "DD1391-100"}'


async def post(person: Person, headers: Mapping[str, str]) -> int:
    own = {**GOOD, **headers}
    async with person.session.post(f"{person.url}/chat/text", data=BODY, headers=own) as got:
        return got.status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8080", "Origin": "http://evil.example:8080"},
        {"Host": "127.0.0.1.evil.example"},
    ],
)
async def test_other_sites_cannot_post(person: Person, headers: Mapping[str, str]) -> None:
    assert await post(person, headers) == 403
    assert (await person.log())["entries"] == []


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Host": "localhost"}])
async def test_our_own_page_and_plain_clients_can(
    person: Person, headers: Mapping[str, str]
) -> None:
    assert await post(person, headers) == 200


async def test_the_cookie_is_out_of_reach_and_only_set_by_the_log(person: Person) -> None:
    async with person.session.get(f"{person.url}/") as got:
        assert "Set-Cookie" not in got.headers
    person.session.cookie_jar.clear()
    async with person.session.get(f"{person.url}/chat/log") as got:
        cookie = got.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/", "/chat", "/static/chat.js", "/chat/log", "/health", "/nope"])
async def test_every_answer_has_the_security_headers(person: Person, path: str) -> None:
    async with person.session.get(person.url + path) as got:
        policy = got.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in got.headers


@pytest.mark.parametrize(
    "path", ["/static/../channel.py", "/static/%2e%2e/channel.py", "/static/..%2fchannel.py"]
)
async def test_files_beside_the_static_ones_are_not_served(url: str, path: str) -> None:
    def status() -> int:
        place = urlsplit(url)
        connection = http.client.HTTPConnection(
            place.hostname or "", place.port, timeout=PATIENCE_S
        )
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    assert await asyncio.to_thread(status) in {403, 404}
