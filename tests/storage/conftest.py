"""A real store over a real SQLite file and over a real PostgreSQL server."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.fakes.postgres import PostgresServer
from tests.fakes.store import FakeInteractions, FakePeople, FakePhotos
from tests.storage.contract import BACKENDS, Parts


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """What keeps the rows; `tests.storage.contract.on_sqlite` asks for one alone."""
    return str(request.param)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that was not migrated yet."""
    if backend == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/data/pumbeon.db"
    return _server(request).empty()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy: building the tables anew for every test takes longer."""
    file = tmp_path_factory.mktemp("migrated") / "pumbeon.db"
    migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def ready_url(backend: str, request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> str:
    """The address of a database that has its tables."""
    if backend == "postgresql":
        return _server(request).migrated()
    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data/pumbeon.db")
    return f"sqlite+aiosqlite:///{tmp_path}/data/pumbeon.db"


@pytest.fixture
async def store(ready_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(ready_url, tmp_path / "photos")
    yield store
    await store.close()


@pytest.fixture
def another_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Addresses of further databases without tables."""
    numbers = iter(range(99))

    def address() -> str:
        if backend == "postgresql":
            return _server(request).empty()
        return f"sqlite+aiosqlite:///{tmp_path}/another-{next(numbers)}/pumbeon.db"

    return address


@pytest.fixture(params=["fake", *BACKENDS])
def parts_url(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> str:
    """The address of a database that has its tables; none for the fakes."""
    if request.param == "fake":
        return ""
    if request.param == "postgresql":
        return _server(request).migrated()
    shutil.copy(migrated, tmp_path / "pumbeon.db")
    return f"sqlite+aiosqlite:///{tmp_path}/pumbeon.db"


@pytest.fixture
async def parts(parts_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """The in-memory tables, then the real ones."""
    if not parts_url:
        rows, photos = FakeInteractions(), FakePhotos()
        yield Parts(rows, FakePeople(rows, photos), photos)
        return
    store = await Store.open(parts_url, tmp_path / "photos")
    yield Parts(store.interactions, store.people, store.photos)
    await store.close()


def _server(request: pytest.FixtureRequest) -> PostgresServer:
    server: PostgresServer = request.getfixturevalue("postgres")
    return server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Callable[[], str]:
    """Addresses of PostgreSQL databases without tables."""
    return postgres.empty
