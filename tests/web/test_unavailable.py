"""A database that is locked, a disk that is full: said plainly, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from storage.database import BUSY_TIMEOUT_S
from tests.fakes.app_process import application
from tests.fakes.locks import full_disk, locked
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, served, settings_in
from tests.storage.test_photos import files
from tests.web.browser import Page, needs_chromium
from tests.web.client import Answer, Person
from tests.web.conftest import Visit

PHOTO = tag_jpeg()
SENTENCE = "Nothing can be kept right now"


@asynccontextmanager
async def somebody(tmp_path: Path) -> AsyncIterator[tuple[Person, int]]:
    """A person of a process of its own, and that process."""
    settings = settings_in(tmp_path)
    given = {"web_port": 0, "database_url": settings.database_url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar) as session,
        application({**given, "photo_dir": str(settings.photo_dir)}) as (url, process),
    ):
        person = Person(session, url)
        await person.log()
        await person.text("DD1391-100")
        yield person, process.pid


async def everything_sent(person: Person) -> list[Answer]:
    sent = (
        person.text("CU4826-002", "text-0001"),
        person.photo(PHOTO, "photo-0001"),
        person.press("lang:0:en", 0, "press-0001"),
        person.text("BQ6806-100", "text-0002"),
    )
    return list(await asyncio.gather(*sent))


def plainly_refused(answers: list[Answer]) -> None:
    assert [answer.status for answer in answers] == [503] * len(answers)
    for answer in answers:
        assert answer.refusal["error"] == "unavailable"
        assert SENTENCE in answer.refusal["message"]


async def answered_once(person: Person) -> None:
    """What is sent again is answered; so is what is sent a third time, by the same."""
    first, again = await everything_sent(person), await everything_sent(person)
    assert [answer.status for answer in first] == [200] * len(first)
    assert [answer.bot for answer in again] == [answer.bot for answer in first]
    entries = (await person.log())["entries"]
    turns = [entry["turn"] for entry in entries if entry["author"] == "person"]
    assert sorted(turns[1:]) == ["photo-0001", "press-0001", "text-0001", "text-0002"]


async def test_a_locked_database_is_told_in_time_and_nothing_is_lost(tmp_path: Path) -> None:
    async with somebody(tmp_path) as (person, _):
        began = asyncio.get_running_loop().time()
        with locked(tmp_path / "pumbeon.db"):
            refused = await everything_sent(person)
            took_s = asyncio.get_running_loop().time() - began
            plainly_refused(refused)
            # Who waits behind another waits no longer for that: one after the other it were 16 s.
            assert took_s < 3 * BUSY_TIMEOUT_S
            assert (await person.log())["entries"]  # reading goes on
        await answered_once(person)


async def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    async with somebody(tmp_path) as (person, process):
        with full_disk(process):
            plainly_refused(await everything_sent(person))
        await answered_once(person)
        assert files(tmp_path / "photos" / "unfinished") == []
        assert files(tmp_path / "photos" / "uploads") == []


async def test_a_refusal_says_when_to_come_again(tmp_path: Path) -> None:
    async with somebody(tmp_path) as (person, process):
        with full_disk(process):
            headers = {**person.headers, "X-Message-Id": "photo-0001"}
            sent = person.session.post(f"{person.url}/chat/photo", data=PHOTO, headers=headers)
            async with sent as got:
                assert (got.status, got.headers["Retry-After"]) == (503, "2")


@needs_chromium
@pytest.mark.parametrize("reload", [False, True], ids=["stays", "reloaded"])
def test_the_page_keeps_what_cannot_be_taken_and_sends_it_again(
    tmp_path: Path, visit: Visit, reload: bool
) -> None:
    reader = ServingReader()
    with served(settings_in(tmp_path), reader) as url, visit(url) as page:
        page.open()
        page.say("DD1391-100")
        page.wait(page.answers)
        page.idle()
        with locked(tmp_path / "pumbeon.db"):
            page.say("CU4826-002")
            page.driver.execute_script("document.getElementById('try-again').click()")  # a photo
            page.wait(lambda: told_to_wait(page))
            if reload:
                page.driver.refresh()
                page.wait(lambda: told_to_wait(page))
            assert len(page.all("#log .turn.person:not([data-id])")) == 2
            assert page.all("#log .notice") == []
        page.wait(lambda: len(page.answers()) == 3)
        page.wait(lambda: not page.find("#offline").is_displayed())
        page.idle()
        assert page.all("#log .turn:not([data-id])") == []
        assert len(reader.reads) == 1


def told_to_wait(page: Page) -> bool:
    banner = page.find("#offline")
    told = banner.is_displayed() and "저장할 수 없어요" in banner.text
    return told and bool(page.all("#log .turn.person.waiting"))
