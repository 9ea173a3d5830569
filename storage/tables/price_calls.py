"""Calls to price services, counted so that all processes together stay within a quota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage import schema
from storage.database import Database

_calls = schema.price_calls


@dataclass(frozen=True, slots=True)
class CallsUsed:
    """Calls counted in a period; `spent_until`: the service said that nothing is left till then."""

    calls: int = 0
    spent_until: datetime | None = None


class PriceCalls:
    """Counts by bucket and period. Every method raises `DatabaseError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, bucket: str, period: str, limit: int, now: datetime) -> bool:
        """Count one call; False (and nothing counted) where `limit` is reached or it is spent.

        `limit` 0 means none. One statement decides, so that no two processes take the last call.
        """
        allowed = sa.or_(_calls.c.spent_until.is_(None), _calls.c.spent_until <= now)
        update = sa.update(_calls).where(*_is(bucket, period), allowed)
        if limit:
            update = update.where(_calls.c.calls < limit)
        async with self._database.begin() as connection:
            await connection.execute(self._new(bucket, period))
            taken = await connection.execute(update.values(calls=_calls.c.calls + 1))
            return bool(taken.rowcount)

    async def spend(self, bucket: str, period: str, until: datetime) -> None:
        """The service says that nothing is left until then."""
        async with self._database.begin() as connection:
            await connection.execute(self._new(bucket, period))
            update = sa.update(_calls).where(*_is(bucket, period))
            await connection.execute(update.values(spent_until=until))

    async def used(self, bucket: str, period: str) -> CallsUsed:
        """What is counted so far."""
        query = sa.select(_calls.c.calls, _calls.c.spent_until).where(*_is(bucket, period))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return CallsUsed() if row is None else CallsUsed(row.calls, row.spent_until)

    def _new(self, bucket: str, period: str) -> sa.Insert:
        insert = self._database.insert_new(_calls)
        return insert.values(bucket=bucket, period=period, calls=0, spent_until=None)


def _is(bucket: str, period: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return _calls.c.bucket == bucket, _calls.c.period == period
