from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.fakes.kakao_platform import KakaoPlatform
from tests.kakao.bench import Bench


@pytest.fixture
async def kakao() -> AsyncIterator[KakaoPlatform]:
    async with KakaoPlatform() as platform:
        yield platform


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables, made once."""
    path = tmp_path_factory.mktemp("kakao") / "pumbeon.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def bench(kakao: KakaoPlatform, tmp_path: Path, migrated: Path) -> Bench:
    shutil.copy(migrated, tmp_path / "pumbeon.db")
    return Bench(kakao, tmp_path)
