"""A PostgreSQL server of Debian's packages, in a temporary folder, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from storage import schema
from storage.migrate import migrate
from tests.fakes.ports import free_port
from tests.waiting import PATIENCE_S

_OWNER = "postgres"  # the server refuses to run as root
_GUARDED = "guarded"  # the one account that needs its password


@dataclass
class PostgresServer:
    """A running server."""

    programs: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=count)
    _migrated: str = ""

    def empty(self) -> str:
        """The address of a new database without tables."""
        name = f"test_{next(self._numbers)}"
        self._run("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return self._url(name)

    def migrated(self) -> str:
        """The address of a database that has its tables and no rows.

        It is always the same one, swept: making a new one for each test takes much longer.
        """
        if not self._migrated:
            self._migrated = self.empty()
            migrate(self._migrated)
        tables = [table.name for table in reversed(schema.metadata.sorted_tables)]
        deletes = "; ".join(f"DELETE FROM {table}" for table in tables)
        self._run(self._migrated.rpartition("/")[2], deletes)
        return self._migrated

    def guarded(self, password: str) -> str:
        """The address of a database whose owner has to say this password."""
        self._run("postgres", f"CREATE ROLE {_GUARDED} LOGIN PASSWORD '{password}'")
        self._run("postgres", f"CREATE DATABASE {_GUARDED} OWNER {_GUARDED} TEMPLATE template0")
        account = f"{_GUARDED}:{password}"
        return f"postgresql+asyncpg://{account}@127.0.0.1:{self.port}/{_GUARDED}"

    def _url(self, database: str) -> str:
        return f"postgresql+asyncpg://pumbeon@127.0.0.1:{self.port}/{database}"

    def _run(self, database: str, statements: str) -> None:
        command = [str(self.programs / "psql"), "-qX", "-h", "127.0.0.1", "-p", str(self.port)]
        options = ["-U", "pumbeon", "-d", database, "-v", "ON_ERROR_STOP=1", "-c", statements]
        subprocess.run([*command, *options], check=True, timeout=PATIENCE_S)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Started when a test asks for it first; skipped only where it is not installed."""
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("NEEDS_POSTGRESQL"):
            pytest.fail(reason)
        pytest.skip(reason)
    with _served(programs) as server:
        yield server


def _programs() -> Path | None:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    found = shutil.which("initdb")
    return installed[-1].parent if installed else Path(found).resolve().parent if found else None


@contextmanager
def _served(programs: Path) -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="pumbeon-postgres-"))
    user = _OWNER if os.geteuid() == 0 else None
    if user:
        owner = pwd.getpwnam(user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    process = None
    try:
        _initialise(programs, folder, user)
        port = free_port()
        process = _start(programs, folder, user, port)
        _wait(programs, port, folder)
        yield PostgresServer(programs, port)
    finally:
        if process:
            process.send_signal(signal.SIGQUIT)  # at once; nothing of it is needed any more
            process.wait(PATIENCE_S)
        shutil.rmtree(folder)


def _initialise(programs: Path, folder: Path, user: str | None) -> None:
    options = ["-A", "trust", "-U", "pumbeon", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    done = subprocess.run(
        command, user=user, group=user, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rules = folder / "data/pg_hba.conf"
    rules.write_text(f"host all {_GUARDED} all scram-sha-256\n{rules.read_text()}")


def _start(programs: Path, folder: Path, user: str | None, port: int) -> subprocess.Popen[bytes]:
    settings = ["fsync=off", "shared_buffers=32MB", "max_connections=60"]
    options = [option for setting in settings for option in ("-c", setting)]
    data = str(folder / "data")
    command = [str(programs / "postgres"), "-D", data, "-p", str(port), "-k", str(folder)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*command, "-h", "127.0.0.1", *options],
            user=user,
            group=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )


def _wait(programs: Path, port: int, folder: Path) -> None:
    command = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(round(PATIENCE_S) * 5):
        if subprocess.run([*command, "-t", "1"], check=False).returncode == 0:
            return
        time.sleep(0.2)
    raise AssertionError((folder / "log").read_text(errors="replace"))
