"""Whatever stands in a header, the server does not fail over it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fakes.serving import ServingReader, served, settings_in
from tests.waiting import PATIENCE_S

NAMES = (
    "Host",
    "Origin",
    "Cookie",
    "X-Message-Id",
    "Content-Type",
    "Accept-Language",
    "X-Language",
    "Sec-Fetch-Site",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Content-Encoding",
    "X-Telegram-Bot-Api-Secret-Token",
    "X-Skill-Secret",
)
ASKED = (
    "GET / HTTP/1.1",
    "GET /chat/log HTTP/1.1",
    "GET /static/chat.js HTTP/1.1",
    "GET /metrics HTTP/1.0",
    "GET /health HTTP/1.1",
    "POST /chat/text HTTP/1.1",
    "POST /chat/photo HTTP/1.1",
    "POST /chat/share HTTP/1.1",
    "POST /mark/read HTTP/1.1",
    "POST /telegram/webhook HTTP/1.1",
    "GET /admin?language=%ff HTTP/1.1",
    "POST /admin/login HTTP/1.1",
    "POST /admin/logout HTTP/1.1",
    "POST /kakao/skill HTTP/1.1",
    "POST /kakao/skill?secret=%ff HTTP/1.1",
)
ODD = (
    "http://[::1",
    "http://[v1.x]",
    "[::1",
    "::1",
    "null",
    "localhost:99999",
    "localhost:x",
    "http://localhost:x",
    "http://\u00e9.example",
    "//",
    "bytes=0-",
    "bytes=9999999999999999999-",
    "bytes=-0",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/json; charset=\u00e9",
    "application/json; charset=nonsense",
    "pumbeon",
    'pumbeon="\\377"; =; ;;',
    "ko-" * 200,
    'W/"',
    "gzip",
    "deflate",
    "Tue, 99 Foo 99999 99:99:99",
)
TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40
)
HEADERS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ODD) | TEXT), max_size=4)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    telegram = {
        "telegram_bot_token": "123456:AbC-dEf",
        "telegram_api_url": "http://127.0.0.1:1/bot",
        "telegram_webhook_url": "https://shoes.example",
        "telegram_webhook_secret": "secret",
        "kakao_skill_secret": "secret",
        "admin_secret": "only-operators-know-this",
        "trusted_proxies": "127.0.0.1",
    }
    with served(settings_in(tmp_path_factory.mktemp("odd"), **telegram), ServingReader()) as url:
        at = urlsplit(url)
        yield at.hostname or "", at.port or 0


# The server in this process waits for random times to ask Telegram, which is away, again.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@example("POST /chat/text HTTP/1.1", [("Origin", "http://[::1")], b"")
@example("POST /telegram/webhook HTTP/1.1", [("X-Telegram-Bot-Api-Secret-Token", "\xff")], b"")
@example("POST /kakao/skill HTTP/1.1", [("X-Skill-Secret", "\xff")], b"")
@given(
    st.sampled_from(ASKED), HEADERS, st.sampled_from([b"", b"{}", b"--x--\r\n", b"\x1f\x8b\x00"])
)
def test_no_header_makes_the_server_fail(
    place: tuple[str, int], asked: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    lines = [asked, *(f"{name}: {value}" for name, value in headers)]
    if not any(name == "Host" for name, _ in headers):
        lines.append("Host: localhost")
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    with socket.create_connection(place, PATIENCE_S) as one:
        one.sendall("\r\n".join(lines).encode("latin-1") + body)
        answer = one.recv(64)
    assert answer.startswith(b"HTTP/1."), answer
    assert int(answer.split()[1]) < 500, answer
