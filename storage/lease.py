"""Leases: rows that one process works on, and that are anybody's when it dies.

A leased table has the columns `claimed_by` and `claimed_until`. Who takes a row writes both, renews
them while it works and clears them when it gives the row back; what is not renewed lapses.

A lease is never trusted beyond now plus its length: one that ends later was made before a clock was
set back. For that all processes have to mean the same by "now". A server's own clock is asked, row
by row, so that a row that was waited for is judged by the time after the wait. With SQLite all
processes are on one machine, and its clock is read while nobody else can write.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storage.database import Database, utc_now
from storage.schema.base import UtcDateTime
from storage.types import Lease


class Leases:
    """The leases on one table's rows.

    `clock` replaces the time that all processes share (tests, simulated days). Every method that
    waits raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(
        self, database: Database, table: sa.Table, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._database = database
        self._table = table
        self._by: sa.Column[str | None] = table.c.claimed_by
        self._until: sa.Column[datetime | None] = table.c.claimed_until
        self._clock = clock

    def taken(self, lease: Lease) -> dict[str, Any]:
        """What a row says from now on that is held so; values of an INSERT or UPDATE."""
        return {"claimed_by": lease.owner, "claimed_until": self._in(lease.length)}

    def lapsed(self, length: timedelta) -> sa.ColumnElement[bool]:
        """Rows that nobody holds, where leases are of this length."""
        ended = self._until <= self._in(timedelta())
        too_late = self._until > self._in(length)
        return sa.or_(self._until.is_(None), ended, too_late)

    def held(self, owner: str) -> sa.ColumnElement[bool]:
        """Rows that this owner took, and that nobody else took since."""
        return self._by == owner

    def take(
        self, lease: Lease, which: sa.ColumnElement[bool], *, again: bool = False
    ) -> sa.Update:
        """The UPDATE that takes those of the rows that nobody holds; no two owners get the same.

        `again` takes those, too, that the owner holds already.
        """
        free = self.lapsed(lease.length)
        if again:
            free = sa.or_(free, self.held(lease.owner))
        return sa.update(self._table).where(which, free).values(self.taken(lease))

    async def renew(self, lease: Lease, which: sa.ColumnElement[bool]) -> int:
        """Hold on to those of the rows that the owner holds; how many."""
        return await self._change(lease.owner, which, self.taken(lease))

    async def release(self, owner: str, which: sa.ColumnElement[bool]) -> int:
        """Give back those of the rows that the owner holds; how many."""
        return await self._change(owner, which, RELEASED)

    async def _change(
        self, owner: str, which: sa.ColumnElement[bool], values: dict[str, Any]
    ) -> int:
        update = sa.update(self._table).where(which, self.held(owner)).values(values)
        async with self._database.begin() as connection:
            return (await connection.execute(update)).rowcount

    def _in(self, span: timedelta) -> sa.ColumnElement[datetime]:
        """The time that is a span from now, told when the statement runs."""
        if self._clock is None and self._database.shared_clock:
            # Not now(): that is when the transaction began.
            return sa.func.clock_timestamp(type_=UtcDateTime()) + sa.literal(span, sa.Interval())
        clock = self._clock or utc_now
        return sa.bindparam(
            "moment", unique=True, callable_=lambda: clock() + span, type_=UtcDateTime()
        )


RELEASED: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
"""What a row says that nobody holds."""
