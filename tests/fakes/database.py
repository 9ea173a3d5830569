"""SQLite files that have their tables: copying one is faster than building the tables anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.migrate import migrate


def tables_in(file: Path) -> Path:
    """Write an empty database with all tables there, in a folder that is made; gives the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_migrated())
    return file


@cache
def _migrated() -> bytes:
    # In a thread: migrating has a loop of its own, and the caller may be in one.
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        file = Path(folder) / "pumbeon.db"
        thread.submit(migrate, f"sqlite+aiosqlite:///{file}").result()
        return file.read_bytes()
