"""Who gets in at /admin, and who does not."""

from __future__ import annotations

from http.cookies import SimpleCookie
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.settings import Settings
from tests.admin.conftest import NewDesk
from tests.admin.desk import READ_SECRET, SECRET, Desk
from tests.fakes.serving import ServingReader, settings_in

PAGES = ("/admin", "/admin/login", "/admin/logout", "/admin/static/admin.css", "/admin/photos/1")


async def test_without_a_secret_there_is_nothing(tmp_path: Path) -> None:
    async with (
        running(settings_in(tmp_path), ServingReader().open) as url,
        aiohttp.ClientSession() as session,
    ):
        for path in PAGES:
            for method in ("GET", "POST"):
                async with session.request(method, url + path, allow_redirects=False) as got:
                    assert got.status == 404, path


async def test_an_operator_signs_in_and_out(desk: Desk) -> None:
    led = await desk.get("/admin")
    assert (led.status, led.headers["Location"]) == (303, "/admin/login")
    got = await desk.sign_in(name="  Kim   Min-ji ")
    assert (got.status, got.headers["Location"]) == (303, "/admin")
    cookie = SimpleCookie(got.headers["Set-Cookie"])["pumbeon-admin"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/admin")
    assert (cookie["max-age"], cookie["secure"], cookie["domain"]) == ("28800", "", "")
    assert SECRET not in cookie.value
    page = await desk.get("/admin")
    assert page.status == 200
    assert "You are signed in as Kim Min-ji." in page.words
    again = await desk.say("/admin/logout")
    assert (again.status, again.headers["Location"]) == (303, "/admin/login")
    assert desk.cookie() == ""
    assert (await desk.get("/admin")).status == 303


@pytest.mark.parametrize("secret", ["", "wrong-wrong-wrong-wrong", SECRET + " ", "\u00e9" * 20])
async def test_a_wrong_secret_opens_nothing(desk: Desk, secret: str) -> None:
    got = await desk.sign_in(secret)
    assert got.status == 401
    assert "That is not the secret." in got.words
    assert desk.cookie() == ""
    assert (await desk.get("/admin")).status == 303


@pytest.mark.parametrize("name", ["", "  ", "a" * 41, "<script>", "kim;", "a\tb\x07"])
async def test_a_name_that_cannot_be_an_author_is_refused(desk: Desk, name: str) -> None:
    got = await desk.sign_in(name=name)
    assert got.status == 400
    assert "A name has letters" in got.words
    assert "<script>" not in got.text
    assert desk.cookie() == ""


async def test_names_may_be_korean(desk: Desk) -> None:
    assert (await desk.sign_in(name="김민지.2-a_b")).status == 303
    assert "김민지.2-a_b" in (await desk.get("/admin")).words


async def test_guessing_is_stopped_after_five_tries_a_minute(desk: Desk, new_desk: NewDesk) -> None:
    assert [(await desk.sign_in("wrong" * 5)).status for _ in range(5)] == [401] * 5
    refused = await desk.sign_in()  # the right one, too: nobody can tell
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 12
    assert "Too many wrong tries" in refused.words
    other_jar = await new_desk()
    assert (await other_jar.sign_in()).status == 429


async def test_who_knows_the_secret_may_sign_in_often(new_desk: NewDesk) -> None:
    assert [(await (await new_desk()).sign_in()).status for _ in range(7)] == [303] * 7


async def test_tries_are_counted_by_the_address_that_a_trusted_proxy_names(
    tmp_path: Path,
) -> None:
    settings = settings_in(tmp_path, admin_secret=SECRET, trusted_proxies="127.0.0.1")
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        running(settings, ServingReader().open) as url,
        aiohttp.ClientSession(cookie_jar=jar) as session,
    ):
        desk = Desk(session, url)
        for _ in range(5):
            await desk.sign_in("wrong" * 5, X_Forwarded_For="192.0.2.1")
        assert (await desk.sign_in(X_Forwarded_For="192.0.2.1")).status == 429
        assert (await desk.sign_in(X_Forwarded_For="192.0.2.2")).status == 303


async def test_over_https_the_cookies_are_for_https_alone(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, admin_secret=SECRET, public_url="https://shoes.example")
    async with (
        running(settings, ServingReader().open) as url,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        desk = Desk(session, url)
        host = {"Host": "shoes.example", "Origin": "https://shoes.example"}
        page = await desk.get("/admin/login", **host)
        form = SimpleCookie(page.headers["Set-Cookie"])["__Secure-pumbeon-admin-form"]
        assert form["secure"] is True
        fields = {"form": page.form, "name": "kim", "secret": SECRET}
        told = {**host, "Cookie": f"__Secure-pumbeon-admin-form={form.value}"}
        got = await desk.post("/admin/login", fields, **told)
        cookie = SimpleCookie(got.headers["Set-Cookie"])["__Secure-pumbeon-admin"]
        assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/admin")
        mine = {**host, "Cookie": f"__Secure-pumbeon-admin={cookie.value}"}
        assert (await desk.get("/admin", **mine)).status == 200
        slipped = {**host, "Cookie": f"pumbeon-admin={cookie.value}"}
        assert (await desk.get("/admin", **slipped)).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "evil.example:8080", "Origin": "http://evil.example:8080"},
    ],
)
async def test_only_under_names_of_ours(operator: Desk, headers: dict[str, str]) -> None:
    for path in ("/admin", "/admin/login"):
        got = await operator.get(path, **headers)
        assert got.status == 403
        assert "kim" not in got.words.split()[-20:]
    fields = {"form": operator.form}
    assert (await operator.post("/admin/logout", fields, **headers)).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
async def test_other_pages_cannot_send_our_forms(
    operator: Desk, desk: Desk, headers: dict[str, str]
) -> None:
    got = await operator.post("/admin/logout", {"form": operator.form}, **headers)
    assert got.status == 403
    assert operator.cookie()
    assert (await desk.sign_in(**headers)).status == 403
    assert desk.cookie() == ""


async def test_a_form_needs_its_own_sessions_word(new_desk: NewDesk, operator: Desk) -> None:
    other = await new_desk()
    await other.sign_in()
    await other.get("/admin")
    assert other.form != operator.form
    for form in ("", "0" * 64, other.form, "\u00e9"):
        got = await operator.post("/admin/logout", {"form": form})
        assert got.status == 403, form
        assert "Reload it" in got.words
    assert (await operator.post("/admin/logout", {})).status == 403
    assert (await operator.get("/admin")).status == 200
    stranger = await new_desk()
    await stranger.get("/admin/login")
    fields = {"form": operator.form, "name": "kim", "secret": SECRET}
    assert (await stranger.post("/admin/login", fields)).status == 403


async def test_forms_that_no_browser_sends_are_refused(operator: Desk) -> None:
    own = {"Origin": operator.url}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    odd: list[tuple[bytes, dict[str, str]]] = [
        (b'{"form": 1}', {"Content-Type": "application/json"}),
        (b"form=\xff", form),
        (b"a=1&" * 60, form),
        (b"form=" + b"x" * 20_000, form),
    ]
    for data, headers in odd:
        async with operator.session.post(
            f"{operator.url}/admin/logout", data=data, headers={**own, **headers}
        ) as got:
            assert got.status in {400, 413}
    assert operator.cookie()


async def test_every_answer_is_private_framed_by_nobody_and_found_by_no_search(
    operator: Desk,
) -> None:
    for path in ("/admin", "/admin/login"):
        headers = (await operator.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "private, no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Referrer-Policy"] == "same-origin"


async def test_in_both_languages(operator: Desk) -> None:
    got = await operator.get("/admin?language=ko")
    assert '<html lang="ko">' in got.text and "kim 님으로 로그인했어요." in got.words
    assert '<html lang="ko">' in (await operator.get("/admin")).text  # it is remembered
    got = await operator.get("/admin?language=en")
    assert '<html lang="en">' in got.text
    assert '<html lang="en">' in (await operator.get("/admin?language=%3Cb%3E")).text


async def test_the_reader_is_told_so(reader: Desk) -> None:
    assert "read-only" in (await reader.get("/admin")).words


def test_no_log_may_show_the_secrets(settings: Settings) -> None:
    assert {SECRET, READ_SECRET} <= set(settings.secrets())
