"""The database: one engine, short transactions, driver errors turned into ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import DatabaseAway, DatabaseError, DatabaseUrlError
from storage.group_commit import GroupCommit
from storage.settings import DEFAULT_URL, DRIVERS
from storage.sqlite_driver import connector

BUSY_TIMEOUT_S = 4
"""For a file that another program has locked: less than KakaoTalk waits for an answer, and far more
than a transaction of another process of ours takes."""
CONNECT_TIMEOUT_S = 10.0  # for a server's first word
STATEMENT_TIMEOUT_S = 60.0  # for its answer to one statement; migrations may take longer
_MADE_BY = "`pumbeon serve`, `pumbeon import` and `python -m storage migrate` make what is missing"

# Classes of PostgreSQL's codes: connection, rollback (deadlock), resources (disk full), object
# locked, operator's intervention (shutdown, statement time-out), system (I/O).
_PASSING = frozenset({"08", "40", "53", "55", "57", "58"})

# FULL: a commit is on the disk before anything is acknowledged, power cuts included.
# secure_delete: what is deleted is overwritten with zeros, not only unlinked.
PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def checked_url(url: str) -> URL:
    """Parse a database address. Raises DatabaseUrlError, without showing the address itself."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError(
            f"the database address cannot be read; expected something like {DEFAULT_URL}"
        ) from None
    if parsed.drivername not in DRIVERS:
        known = " or ".join(f"{name}://" for name in DRIVERS)
        raise DatabaseUrlError(
            f"the database address begins with {parsed.drivername}://; expected {known}"
        )
    file = parsed.database or ""
    if parsed.drivername.startswith("sqlite") and (
        file in {"", ":memory:"} or file.startswith("file:")
    ):
        raise DatabaseUrlError("the database address names no file; memory would forget everything")
    return parsed


def sqlite_path(address: URL | str) -> Path | None:
    """The file of an SQLite address, None for a server."""
    url = make_url(address)
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def make_engine(url: URL, statement_s: float | None = None) -> AsyncEngine:
    """The engine that both the tables and the migrations use.

    A server has `statement_s` seconds to answer a statement, and waits no longer than SQLite for
    what others have locked; None, for migrations: as long as it takes.
    """
    sqlite_file = sqlite_path(url)
    locks = {"lock_timeout": f"{BUSY_TIMEOUT_S}s"} if statement_s else {}
    patience = {
        "timeout": CONNECT_TIMEOUT_S,
        "command_timeout": statement_s,
        "server_settings": locks,
    }
    try:
        engine = create_async_engine(
            url,
            hide_parameters=True,  # error texts and logs must not hold what people sent
            json_serializer=lambda value: json.dumps(
                value, ensure_ascii=False, separators=(",", ":")
            ),
            pool_pre_ping=not sqlite_file,
            connect_args={} if sqlite_file else patience,
            async_creator=connector(sqlite_file) if sqlite_file else None,
        )
    except ImportError:
        driver = DRIVERS[url.drivername]
        raise DatabaseUrlError(
            f"{url.drivername}:// needs the package {driver}, which is not installed: "
            "pip install -e '.[postgresql]' in the checkout"
        ) from None
    if sqlite_file:
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # None: the driver opens no transactions of its own, _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get("sqlite_begin", "BEGIN DEFERRED")
    if statement:
        connection.exec_driver_sql(statement)


class Database:
    """An open database. Many processes may have the same one open."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        # SQLite upgrades a reading transaction to a writing one only by luck: say it at once.
        self._writer = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        # A server shows each statement what is newest, unless told that one state is wanted.
        snapshot = {} if self._sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reader = engine.execution_options(**snapshot)
        self._bare = engine.execution_options(sqlite_begin="")
        # Writers of this process queue here in order instead of polling SQLite's lock.
        self._group = GroupCommit(self._writer) if self._sqlite else None

    @classmethod
    async def open(cls, url: str, statement_s: float = STATEMENT_TIMEOUT_S) -> Database:
        """Open and try it. Raises DatabaseUrlError or DatabaseError.

        A server that leaves a statement without an answer for `statement_s` seconds has failed.
        """
        parsed = checked_url(url)
        path = sqlite_path(parsed)
        if path is not None and not path.is_file():
            raise DatabaseError(f"there is no database at {path}; {_MADE_BY}")
        database = cls(make_engine(parsed, statement_s))
        try:
            await database.ready()
        except DatabaseError as error:
            await database.close()
            if "alembic_version" not in str(error):
                raise
            raise DatabaseError(f"the database has no tables yet ({error}); {_MADE_BY}") from error
        return database

    async def close(self) -> None:
        """Close all connections; the last one of all processes folds the log into the file."""
        await self.engine.dispose()

    async def ready(self) -> None:
        """Run a trivial query. Raises DatabaseError where the tables cannot be reached."""
        async with self.read() as connection:
            await connection.execute(sa.text("SELECT 1 FROM alembic_version"))

    async def writable(self) -> None:
        """Write something that changes nothing. Raises DatabaseError where nothing can be kept."""
        async with self.begin() as connection:
            await connection.execute(
                sa.text("UPDATE alembic_version SET version_num = version_num")
            )

    @property
    def shared_clock(self) -> bool:
        """Whether the database has a clock of its own, the same for all who have it open."""
        return not self._sqlite

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction: committed at the end, rolled back on any error."""
        writing = self._group.transaction() if self._group else self._writer.begin()
        async with _own_errors(), writing as connection:
            yield connection

    @asynccontextmanager
    async def alone(self, table: sa.Table) -> AsyncIterator[AsyncConnection]:
        """A writing transaction during which nobody else writes to `table`."""
        async with self.begin() as connection:
            if not self._sqlite:  # SQLite has one writer at a time anyway
                await connection.execute(
                    sa.text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")
                )
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A reading transaction: all its queries see one state."""
        async with _own_errors(), self._reader.begin() as connection:
            yield connection

    def insert_new(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that leaves rows alone which are already there."""
        if self._sqlite:
            return sqlite.insert(table).on_conflict_do_nothing()
        return postgresql.insert(table).on_conflict_do_nothing()

    async def scrub(self, patience_s: float = 5.0) -> bool:
        """Empty SQLite's log, where deleted content still lies; False when readers kept it busy.

        A server's own housekeeping does this, so there it does nothing.
        """
        if not self._sqlite:
            return True
        deadline = asyncio.get_running_loop().time() + patience_s
        while not await self._checkpoint():
            if asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _checkpoint(self) -> bool:
        async with _own_errors(), self._bare.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=200")
            answer = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = answer.one()[0]
            await connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")
            return not busy


@asynccontextmanager
async def _own_errors() -> AsyncIterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        kind = DatabaseAway if _passes(error) else DatabaseError
        raise kind(f"the database failed: {type(cause).__name__}: {cause}") from error
    except TimeoutError as error:
        raise DatabaseAway("the database did not answer in time") from error
    except OSError as error:  # a server that cannot be reached
        raise DatabaseAway(f"the database cannot be reached: {error}") from error


def _passes(error: SQLAlchemyError) -> bool:
    """Whether the same may succeed later.

    Of SQLite all that is operational (locked, disk full, I/O error); PostgreSQL tells by the class
    of its code. A pool that has no connection left passes, too.
    """
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return True
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or code[:2] in _PASSING
