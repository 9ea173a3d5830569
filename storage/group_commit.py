"""Writers of one process share their commits.

SQLite has one writer at a time, and a commit waits for the disk, which takes longer than its
statements do. So the writers of a process work one after the other in one transaction, each behind
a savepoint of its own, and the last one of those that wait commits for all. Each is told that it
has written once that is on the disk, and a writer that fails takes back its own alone. (Known as
group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", SIGMOD
1984.)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_MOST = 64
"""Writers of one commit: the first of them waits for all the others."""


class _Group:
    """A transaction that several writers share; `over` once it is on the disk, or failed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.over.add_done_callback(lambda over: over.cancelled() or over.exception())
        self.writers = 0


class GroupCommit:
    """The writers of one process; `engine` begins its transactions as writing ones."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._shut_out: OperationalError | None = (
            None  # of the last one whom another program kept out
        )
        self._settling: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A connection to write with; what was written is on the disk at the end.

        Raises SQLAlchemy's errors; after one nothing of it is written.
        """
        before = self._shut_out
        await self._come_in()
        try:
            if self._shut_out is not before:  # who waited behind such a writer has waited as long
                assert self._shut_out
                raise self._shut_out
            group = self._group or await self._begin()
            group.writers += 1
            async with _own_part(group.connection):
                yield group.connection
        except OperationalError as error:
            # SQLite may have taken back the whole transaction, without a word: so all do.
            await self._leave(error)
            raise
        except BaseException:
            await self._leave()
            raise
        await self._leave()
        await asyncio.shield(group.over)

    async def _come_in(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            if self._group and not self._waiting:  # it was left open for this writer
                self._settling = asyncio.create_task(self._settle())
            raise
        self._waiting -= 1

    async def _settle(self) -> None:
        await self._come_in()
        await self._leave()

    async def _begin(self) -> _Group:
        connection = await self._engine.connect()
        try:
            await connection.begin()
        except BaseException as error:
            if isinstance(error, OperationalError):
                self._shut_out = error
            await connection.close()
            raise
        self._group = _Group(connection)
        return self._group

    async def _leave(self, failure: OperationalError | None = None) -> None:
        """Let the next writer in, or end the group where none waits; whoever is cancelled."""
        await asyncio.shield(asyncio.ensure_future(self._let_in(failure)))

    async def _let_in(self, failure: OperationalError | None) -> None:
        group = self._group
        try:
            if group and (failure or not self._waiting or group.writers >= _MOST):
                self._group = None
                await _end(group, failure)
        finally:
            self._turn.release()


@asynccontextmanager
async def _own_part(connection: AsyncConnection) -> AsyncIterator[None]:
    """Taken back alone where it fails, but for failures that take back all."""
    savepoint = await connection.begin_nested()
    try:
        yield
    except OperationalError:
        raise
    except BaseException:
        await savepoint.rollback()
        raise
    await savepoint.commit()


async def _end(group: _Group, failure: OperationalError | None) -> None:
    try:
        if failure:
            raise failure
        await group.connection.commit()
    except BaseException as error:
        group.over.set_exception(error)
        with suppress(Exception):
            await group.connection.rollback()
    else:
        group.over.set_result(None)
    finally:
        await group.connection.close()
