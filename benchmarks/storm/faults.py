"""What goes wrong while people talk to the bot: kills, a locked database, a full disk."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from benchmarks.storm.house import House
from storage.database import make_engine, sqlite_path
from storage.schema import metadata

_PROGRESS_S = 0.1
_GETS_IN_S = 60.0  # between the writers of a busy database
_AWAY_S = 8.0  # longer than anybody's first patience, shorter than their last one


@dataclass(frozen=True, slots=True)
class Faults:
    """`kills` at random moments, the database locked `locks` times and full `fills` times.

    `tables` is the address of the database.
    """

    house: House
    tables: str
    kills: int
    locks: int = 1
    fills: int = 1

    async def strike(self, progress: Callable[[], float], chance: random.Random) -> None:
        """One after the other, spread over the whole `progress` from 0 to 1."""
        kinds = [self._kill] * self.kills + [self._lock] * self.locks + [self._fill] * self.fills
        chance.shuffle(kinds)
        moments = sorted(chance.uniform(0.02, 0.95) for _ in kinds)
        for kind, moment in zip(kinds, moments, strict=True):
            while progress() < moment:  # noqa: ASYNC110 - people tell nobody
                await asyncio.sleep(_PROGRESS_S)
            await kind(chance)

    async def _kill(self, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(0.0, 1.0))
        await self.house.kill(chance.randrange(len(self.house.addresses)))

    async def _lock(self, _: random.Random) -> None:
        """Somebody else holds the whole database."""
        path = sqlite_path(self.tables)
        if path is None:
            await self._lock_server()
            return
        await asyncio.to_thread(_hold, path)

    async def _lock_server(self) -> None:
        engine = make_engine(sa.make_url(self.tables))
        async with engine.begin() as connection:
            names = ", ".join(table.name for table in metadata.sorted_tables)
            await connection.execute(sa.text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
            await asyncio.sleep(_AWAY_S)
        await engine.dispose()

    async def _fill(self, _: random.Random) -> None:
        """No file of a process may grow beyond what the database's log has now.

        To a process that is the same as a full disk: its writes fail.
        """
        path = sqlite_path(self.tables)
        assert path is not None
        _bound_growth(self.house.pids, _largest(path))
        await asyncio.sleep(_AWAY_S)
        _bound_growth(self.house.pids, resource.RLIM_INFINITY)


def _hold(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=_GETS_IN_S, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(_AWAY_S)
        other.execute("ROLLBACK")


def _largest(path: Path) -> int:
    """Bytes of the database's log, which each commit makes longer; it is as long again later."""
    log = path.with_name(path.name + "-wal")
    return max(1, log.stat().st_size if log.exists() else 1)


def _bound_growth(pids: Sequence[int], most: int) -> None:
    for pid in pids:
        try:
            hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))
        except ProcessLookupError:
            continue
