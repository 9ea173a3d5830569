"""A real store, and sets in a folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.lesson_sets import LessonSets
from storage.store import Store
from tests.fakes.database import tables_in
from tests.training.learning.town import Town


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    file = tables_in(tmp_path / "pumbeon.db")
    store = await Store.open(f"sqlite+aiosqlite:///{file}", tmp_path / "photos")
    yield store
    await store.close()


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


@pytest.fixture
def sets(tmp_path: Path) -> LessonSets:
    return LessonSets(str(tmp_path / "sets"))
