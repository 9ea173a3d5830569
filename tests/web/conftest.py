from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from tests.fakes.serving import ServingReader, settings_in
from tests.web.browser import Page, browser
from tests.web.client import Person

Newcomer = Callable[[], Awaitable[Person]]
Visit = Callable[[str], AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Page]:
    """One browser for all tests of a process: starting one takes long."""
    with browser("about:blank") as window:
        yield window


@pytest.fixture(scope="session")
def visit(chromium: Page) -> Visit:
    """Opens an address in that browser as somebody new; one at a time."""

    @contextmanager
    def visiting(url: str) -> Iterator[Page]:
        page = Page(chromium.driver, url)
        try:
            yield page
        finally:
            page.leave()

    return visiting


@pytest.fixture
def reader() -> ServingReader:
    return ServingReader()


@pytest.fixture
async def url(tmp_path: Path, reader: ServingReader) -> AsyncIterator[str]:
    async with running(settings_in(tmp_path), reader.open) as address:
        yield address


@pytest.fixture
async def newcomer(url: str) -> AsyncIterator[Newcomer]:
    """Makes persons, each with a browser of their own."""
    async with AsyncExitStack() as stack:

        async def make() -> Person:
            jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            person = Person(session, url)
            await person.log()  # the cookie
            return person

        yield make


@pytest.fixture
async def person(newcomer: Newcomer) -> Person:
    return await newcomer()
