"""A real store over a real SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.fakes.store import FakeInteractions, FakePeople, FakePhotos
from tests.storage.contract import Parts


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/data/pumbeon.db"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy: building the tables anew for every test takes longer."""
    file = tmp_path_factory.mktemp("migrated") / "pumbeon.db"
    migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
async def store(url: str, migrated: Path, tmp_path: Path) -> AsyncIterator[Store]:
    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data/pumbeon.db")
    store = await Store.open(url, tmp_path / "photos")
    yield store
    await store.close()


@pytest.fixture(params=["fake", "real"])
async def parts(
    request: pytest.FixtureRequest, migrated: Path, tmp_path: Path
) -> AsyncIterator[Parts]:
    """The in-memory tables, then the real ones."""
    if request.param == "fake":
        rows, photos = FakeInteractions(), FakePhotos()
        yield Parts(rows, FakePeople(rows, photos), photos)
        return
    shutil.copy(migrated, tmp_path / "pumbeon.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/pumbeon.db", tmp_path / "photos")
    yield Parts(store.interactions, store.people, store.photos)
    await store.close()
