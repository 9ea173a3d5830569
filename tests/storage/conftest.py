"""A real store over a real SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store


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
