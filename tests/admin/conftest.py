from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.settings import Settings
from storage.store import Store
from tests.admin.desk import READ_SECRET, SECRET, Desk
from tests.fakes.serving import ServingReader, settings_in

NewDesk = Callable[[], Awaitable[Desk]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, admin_secret=SECRET, admin_read_secret=READ_SECRET)


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    async with running(settings, ServingReader().open) as address:
        yield address


@pytest.fixture
async def store(url: str, settings: Settings) -> AsyncIterator[Store]:
    """What the pages show, opened beside the application that serves them."""
    store = await Store.open(settings.database_url, settings.photo_dir)
    yield store
    await store.close()


@pytest.fixture
async def new_desk(url: str) -> AsyncIterator[NewDesk]:
    """Makes browsers of their own, nobody signed in."""
    async with AsyncExitStack() as stack:

        async def make() -> Desk:
            jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            return Desk(session, url)

        yield make


@pytest.fixture
async def desk(new_desk: NewDesk) -> Desk:
    """Somebody who is not signed in."""
    return await new_desk()


@pytest.fixture
async def operator(new_desk: NewDesk) -> Desk:
    desk = await new_desk()
    assert (await desk.sign_in()).status == 303
    await desk.get("/admin")
    return desk


@pytest.fixture
async def reader(new_desk: NewDesk) -> Desk:
    """Somebody who may look only."""
    desk = await new_desk()
    assert (await desk.sign_in(READ_SECRET, "lee")).status == 303
    await desk.get("/admin")
    return desk
