"""SQLite with one change of threads for each statement.

aiosqlite runs each call (making a cursor, executing, fetching, closing) in a thread of the
connection, and each of these changes of threads takes longer than most statements do: 300 of them
for one message were three quarters of the time that it took. Here a statement is executed, its rows
fetched and its cursor closed in one go; what only marks a place goes along with the next statement;
a transaction that is not open is not rolled back.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

_READ_AHEAD = 500
"""Rows that come along with a statement; long lists (an export) are read in such parts."""

_PUT_OFF = ("BEGIN DEFERRED", "SAVEPOINT ", "RELEASE SAVEPOINT ")
"""Statements that only mark a place: they wait for the next one, which they go along with."""

_SOUND = (3, 51, 3)  # with the fix of the bug that resets the write-ahead log

Row = tuple[Any, ...]
T = TypeVar("T")


def told_of_old_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """What an operator has to know about this machine's SQLite; "" for nothing."""
    if version >= _SOUND:
        return ""
    known, sound = (".".join(map(str, each)) for each in (version, _SOUND))
    return (
        f"SQLite {known} is older than {sound}: where several processes write and one of them "
        "resets the log at a wrong moment, the file may be damaged (sqlite.org/wal.html). Use a "
        "newer SQLite, one process or PostgreSQL, and keep backups"
    )


class OneGoCursor:
    """What SQLAlchemy asks of a cursor of aiosqlite, with the rows at hand."""

    arraysize = 1
    description: Sequence[Any] | None = None
    rowcount = -1
    lastrowid: int | None = None

    def __init__(self, connection: OneGoConnection) -> None:
        self._connection = connection
        self._rows: deque[Row] = deque()
        self._open: sqlite3.Cursor | None = None

    async def __aenter__(self) -> OneGoCursor:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> OneGoCursor:
        """Execute, and fetch the first rows. Raises what `sqlite3` raises."""
        if sql.startswith(_PUT_OFF):
            self._connection.put_off(sql)
            return self
        return await self._connection.run(
            lambda driver: self._keep(driver.execute(sql, parameters))
        )

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> OneGoCursor:
        """Execute for each of the parameters."""
        return await self._connection.run(
            lambda driver: self._keep(driver.executemany(sql, parameters))
        )

    async def fetchone(self) -> Row | None:
        """The next row, None behind the last."""
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def fetchmany(self, size: int | None = None) -> list[Row]:
        """As many of the next rows as there are, up to `size`."""
        size = size or self.arraysize
        while len(self._rows) < size and self._open is not None:
            await self._connection.run(self._fetch)
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    async def fetchall(self) -> list[Row]:
        """All rows that are left."""
        while self._open is not None:
            await self._connection.run(self._fetch)
        found, self._rows = list(self._rows), deque()
        return found

    async def close(self) -> None:
        """No more rows are wanted."""
        cursor, self._open = self._open, None
        if cursor is not None:
            await self._connection.run(lambda _: cursor.close())

    async def __aiter__(self) -> AsyncIterator[Row]:
        while (row := await self.fetchone()) is not None:
            yield row

    def _keep(self, cursor: sqlite3.Cursor) -> OneGoCursor:
        self._open, self.description = cursor, cursor.description
        self._fetch(None)
        # Only now does a statement with RETURNING know how many rows there were.
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        return self

    def _fetch(self, _: object) -> None:
        assert self._open is not None
        found = self._open.fetchmany(_READ_AHEAD) if self.description else []
        self._rows.extend(found)
        if len(found) < _READ_AHEAD:
            self._open.close()
            self._open = None


class OneGoConnection(aiosqlite.Connection):
    """A connection whose statements change threads once each."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=_READ_AHEAD)
        self._before: list[str] = []

    def put_off(self, sql: str) -> None:
        """Execute it right before whatever comes next."""
        self._before.append(sql)

    async def run(self, what: Callable[[sqlite3.Connection], T]) -> T:
        """Do it with the driver's connection, in the connection's thread."""
        before, self._before = self._before, []
        if before:
            return await self._run(lambda driver: what(_with_all_of(driver, before)))
        return await self._run(what)

    async def _run(self, what: Callable[[sqlite3.Connection], T]) -> T:
        done: T = await self._execute(what, self._conn)  # type: ignore[no-untyped-call]
        return done

    def cursor(self) -> OneGoCursor:  # type: ignore[override]
        """A new cursor; nothing is done yet."""
        return OneGoCursor(self)

    async def commit(self) -> None:
        """Commit, where a transaction is open."""
        if self.in_transaction:
            await self.run(lambda driver: driver.commit())
        self._before.clear()

    async def rollback(self) -> None:
        """Roll back, where a transaction is open."""
        self._before.clear()
        if self.in_transaction:
            await self.run(lambda driver: driver.rollback())


def _with_all_of(driver: sqlite3.Connection, statements: Sequence[str]) -> sqlite3.Connection:
    for sql in statements:
        driver.execute(sql)
    return driver


def connector(path: Path) -> Callable[[], Awaitable[OneGoConnection]]:
    """For `create_async_engine(async_creator=...)`."""

    async def connect() -> OneGoConnection:
        # Each connection has one thread, but its state is asked for by others.
        made = OneGoConnection(lambda: sqlite3.connect(path, check_same_thread=False))
        made._thread.daemon = True  # as SQLAlchemy does it: no process waits for it
        await made
        return made

    return connect
