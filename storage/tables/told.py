"""What a person is told once a day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.types import Who

_told = schema.told


class ToldTable:
    """Every method raises `DatabaseError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def once(self, who: Who, topic: str, day: date, event_key: str) -> bool:
        """Whether this event's answer tells it: the day's first one that calls.

        The same event asked again is told the same.
        """
        mine = _is(who, topic)
        async with self._database.read() as connection:
            if told := await self._told(connection, mine, day):
                return told == event_key
        row = {"channel": who.channel, "user_id": who.user, "topic": topic}
        new = {"day": day, "event_key": event_key}
        async with self._database.begin() as connection:
            await connection.execute(self._database.insert_new(_told).values(row | new))
            earlier = sa.update(_told).where(mine, _told.c.day < day)
            await connection.execute(earlier.values(new))
            return await self._told(connection, mine, day) == event_key

    async def _told(
        self, connection: AsyncConnection, mine: sa.ColumnElement[bool], day: date
    ) -> str:
        query = sa.select(_told.c.event_key).where(mine, _told.c.day >= day)
        return str(await connection.scalar(query) or "")


def _is(who: Who, topic: str) -> sa.ColumnElement[bool]:
    person = sa.and_(_told.c.channel == who.channel, _told.c.user_id == who.user)
    return sa.and_(person, _told.c.topic == topic)
