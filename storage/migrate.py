"""Bringing a database to the newest shape, from any older one or from nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from filelock import FileLock, Timeout
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import checked_url, make_engine, sqlite_path
from storage.errors import DatabaseError, DatabaseUrlError

_LOCK_PATIENCE_S = 60


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to `revision`; makes the SQLite file and its folder. Safe in several processes.

    It blocks: from a running event loop call it through `asyncio.to_thread`. A migration that
    is cut off leaves the old shape. Raises DatabaseUrlError or DatabaseError.
    """
    parsed = checked_url(url)
    try:
        with _alone(parsed):
            asyncio.run(_upgrade(parsed, revision))
    except (SQLAlchemyError, CommandError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise DatabaseError(f"the database cannot be migrated: {cause}") from error


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings for this package's migrations; no file is read."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The shape that this version of the program wants."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def knows(revision: str) -> bool:
    """Whether this version of the program can make a database of that shape."""
    script = ScriptDirectory.from_config(alembic_config())
    return any(known.revision == revision for known in script.walk_revisions())


async def _upgrade(url: URL, revision: str) -> None:
    engine = make_engine(url).execution_options(sqlite_begin="BEGIN IMMEDIATE")
    try:
        connection = await _connected(engine, url)
        try:
            async with connection.begin():
                await connection.run_sync(
                    lambda sync: command.upgrade(alembic_config(sync), revision)
                )
        finally:
            await connection.close()
    finally:
        await engine.dispose()


async def _connected(engine: AsyncEngine, url: URL) -> AsyncConnection:
    """The first connection; what is wrong with the address or the server comes out here."""
    try:
        return await engine.connect()
    except (TypeError, ValueError) as error:  # how drivers refuse options of an address
        raise DatabaseUrlError(f"the database address cannot be used: {error}") from error
    except (SQLAlchemyError, OSError) as error:
        if sqlite_path(url) is not None:
            raise
        cause = getattr(error, "orig", None) or error
        reason = "it did not answer in time" if isinstance(cause, TimeoutError) else cause
        place = f"{url.host or 'localhost'}:{url.port or 5432}"
        raise DatabaseError(f"the database at {place} cannot be used: {reason}") from error


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """Hold a lock file beside an SQLite file; a server's lock is taken by env.py."""
    path = sqlite_path(url)
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{path}.lock", timeout=_LOCK_PATIENCE_S):
            yield
    except Timeout:
        raise DatabaseError(
            f"another process has been migrating {path} for {_LOCK_PATIENCE_S} seconds"
        ) from None
