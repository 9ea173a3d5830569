"""An SQLite file that another program holds, and a disk that takes no more."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Nobody else can write to it meanwhile."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def full_disk(process: int) -> Iterator[None]:
    """No file of a process grows beyond a few bytes meanwhile."""
    _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1, most))
    yield
    resource.prlimit(process, resource.RLIMIT_FSIZE, (most, most))
