"""How many photos a person may send is asked before any byte of one is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.app import running
from bot.channels.web.guests import COOKIE
from bot.channels.web.requests import MAX_UPLOAD
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.storage.test_photos import files
from tests.waiting import PATIENCE_S, until
from tests.web.client import Person
from tests.web.test_installed import form, share

PHOTO = tag_jpeg()
MOST = 2


@pytest.fixture
async def url(tmp_path: Path, reader: ServingReader) -> AsyncIterator[str]:
    settings = settings_in(tmp_path, photos_per_minute=MOST)
    async with running(settings, reader.open) as address:
        yield address


async def _status_without_a_body(person: Person) -> int:
    """What a request is answered whose body never comes."""
    at = urlsplit(person.url)
    cookie = person.session.cookie_jar.filter_cookies(URL(person.url))[COOKIE].value
    head = (
        f"POST /chat/photo HTTP/1.1\r\nHost: {at.netloc}\r\nCookie: {COOKIE}={cookie}\r\n"
        f"X-Message-Id: never-comes\r\nContent-Length: {MAX_UPLOAD}\r\n\r\n"
    )
    reading, writing = await asyncio.open_connection(at.hostname, at.port)
    writing.write(head.encode())
    async with asyncio.timeout(PATIENCE_S):
        line = await reading.readline()
    writing.close()
    return int(line.split()[1])


async def test_one_too_many_is_refused_before_its_body_is_read(
    person: Person, tmp_path: Path
) -> None:
    first = [await person.photo(PHOTO) for _ in range(MOST)]
    assert all(answer.last["code"] for answer in first)
    refused = await person.photo(PHOTO)
    assert refused.status == HTTPStatus.TOO_MANY_REQUESTS
    assert f"{MOST} photos a minute" in refused.refusal["message"]
    assert await _status_without_a_body(person) == HTTPStatus.TOO_MANY_REQUESTS
    assert len((await person.log())["entries"]) == 2 * MOST
    assert files(tmp_path / "photos" / "unfinished") == []
    assert (await share(person, form(PHOTO)))[1] == "/chat#share=limit"


async def test_photos_that_wait_count_and_one_sent_again_does_not(
    person: Person, reader: ServingReader, tmp_path: Path
) -> None:
    reader.may_read.clear()
    names = [f"photo-{number:04d}" for number in range(MOST)]
    waiting = [asyncio.create_task(person.photo(PHOTO, name)) for name in names]
    await until(lambda: len(files(tmp_path / "photos" / "uploads")) == MOST)
    async with asyncio.timeout(PATIENCE_S):
        await reader.asked.wait()
    assert (await person.photo(PHOTO)).status == HTTPStatus.TOO_MANY_REQUESTS
    again = [asyncio.create_task(person.photo(PHOTO, name)) for name in names]
    reader.may_read.set()
    answers = await asyncio.gather(*waiting, *again)
    assert [answer.status for answer in answers] == [HTTPStatus.OK] * 2 * MOST
    assert len(reader.reads) == MOST


async def test_others_are_not_held_up(person: Person, url: str) -> None:
    for _ in range(MOST):
        await person.photo(PHOTO)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        other = Person(session, url)
        await other.log()
        assert (await other.photo(PHOTO)).status == HTTPStatus.OK
