"""Updates that were stored before they were acknowledged, until they are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import schema
from storage.database import Database, utc_now
from storage.lease import Leases
from storage.types import InboxItem, Lease

_rows = schema.inbox

Update = tuple[str, str] | tuple[str, str, str]
"""(key, payload) or (key, payload, user)."""


class Inbox:
    """A queue for each channel that also knows what was answered before.

    A finished row keeps its key, so that the same update arriving again is recognised, but not
    its payload. What waits is leased (`storage.lease`). Calls about a row that is gone do nothing.
    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or utc_now
        self._leases = Leases(database, _rows, clock)

    async def put(self, channel: str, key: str, payload: str, user: str = "") -> bool:
        """Store one update; False where its key was already there. `user` lets it be forgotten."""
        return bool(await self.put_many(channel, [(key, payload, user)]))

    async def put_many(
        self, channel: str, updates: Sequence[Update], lease: Lease | None = None
    ) -> tuple[str, ...]:
        """Store several in one transaction, in order; the keys that were new.

        With `lease` the new ones are held by it from the start.
        """
        held = self._leases.taken(lease) if lease else {}
        new: list[str] = []
        if not updates:
            return ()
        async with self._database.begin() as connection:
            for update in updates:
                values = {**self._values(channel, update), **held}
                insert = self._database.insert_new(_rows).values(values).returning(_rows.c.key)
                new.extend(await connection.scalars(insert))
        return tuple(new)

    async def pending(self, channel: str, limit: int | None = None) -> list[InboxItem]:
        """What still waits for its answer, oldest first."""
        query = sa.select(_rows).where(_waits(channel)).order_by(_rows.c.id).limit(limit)
        async with self._database.read() as connection:
            return [_item(row) for row in await connection.execute(query)]

    async def waiting(self, channel: str, keys: Sequence[str]) -> frozenset[str]:
        """Which of these still wait for their answer."""
        query = sa.select(_rows.c.key).where(_waits(channel), _rows.c.key.in_(keys))
        async with self._database.read() as connection:
            return frozenset(await connection.scalars(query))

    async def take(self, channel: str, lease: Lease) -> list[InboxItem]:
        """Take what waits and nobody holds, oldest first. No two processes get the same item."""
        take = self._leases.take(lease, _waits(channel)).returning(_rows)
        async with self._database.begin() as connection:
            taken = (await connection.execute(take)).all()
        return [_item(row) for row in sorted(taken, key=lambda row: int(row.id))]

    async def renew(self, channel: str, lease: Lease) -> int:
        """Hold on to what the owner holds; how many items."""
        return await self._leases.renew(lease, _waits(channel))

    async def release(self, channel: str, owner: str) -> None:
        """Let go of everything that the owner holds."""
        await self._leases.release(owner, _waits(channel))

    async def note(self, channel: str, key: str, note: str, lease: Lease) -> bool:
        """Remember something while answering, like the id of a message already sent.

        The hold on all that the owner holds begins anew: what lapsed one by one would be taken out
        of order. False: the owner holds the item no more, and its note is as it was.
        """
        held = sa.and_(_waits(channel), self._leases.held(lease.owner))
        noted = sa.case((_is(channel, key), note), else_=_rows.c.note)
        values = {"note": noted, **self._leases.taken(lease)}
        update = sa.update(_rows).where(held).values(values).returning(_rows.c.key)
        async with self._database.begin() as connection:
            return key in (await connection.scalars(update)).all()

    async def told(self, channel: str, key: str, note: str, user: str) -> None:
        """Remember something about what answers no update; the same key replaces it."""
        values = {**self._values(channel, (key, "", user)), "note": note}
        values |= {"state": "done", "finished_at": self._clock()}
        async with self._database.begin() as connection:
            insert = self._database.insert_new(_rows).values(values).returning(_rows.c.key)
            if await connection.scalar(insert) is None:
                again = sa.update(_rows).where(_is(channel, key)).values(note=note)
                await connection.execute(again)

    async def notes(self, channel: str, user: str) -> dict[str, str]:
        """What is remembered about a person's updates, answered ones too, by key."""
        mine = sa.and_(_rows.c.channel == channel, _rows.c.user_id == user, _rows.c.note != "")
        async with self._database.read() as connection:
            rows = await connection.execute(sa.select(_rows.c.key, _rows.c.note).where(mine))
            return {row.key: row.note for row in rows}

    async def attempt(self, channel: str, key: str, owner: str | None = None) -> int:
        """Count one more attempt; how many there were, this one included.

        0: no such row, or (with `owner`) it is not waiting or somebody else holds it by now.
        """
        mine = _is(channel, key)
        if owner is not None:
            mine = sa.and_(mine, _waits(channel), self._leases.held(owner))
        update = sa.update(_rows).where(mine).values(attempts=_rows.c.attempts + 1)
        async with self._database.begin() as connection:
            return await connection.scalar(update.returning(_rows.c.attempts)) or 0

    async def done(self, channel: str, key: str) -> None:
        """It is answered."""
        await self._finish(channel, key, state="done", reason="")

    async def fail(self, channel: str, key: str, reason: str) -> None:
        """It is given up; `reason` is for the operator and must not quote the person."""
        await self._finish(channel, key, state="failed", reason=reason)

    async def sweep(self, older_than: datetime) -> int:
        """Delete what was finished before `older_than`; how many rows."""
        delete = sa.delete(_rows).where(_rows.c.finished_at < older_than)
        async with self._database.begin() as connection:
            return (await connection.execute(delete)).rowcount

    async def _finish(self, channel: str, key: str, state: str, reason: str) -> None:
        await self._change(
            channel,
            key,
            state=state,
            reason=reason,
            finished_at=self._clock(),
            payload="",
        )

    async def _change(self, channel: str, key: str, **values: Any) -> None:
        async with self._database.begin() as connection:
            await connection.execute(sa.update(_rows).where(_is(channel, key)).values(values))

    def _values(self, channel: str, update: Update) -> dict[str, Any]:
        return {
            "channel": channel,
            "key": update[0],
            "payload": update[1],
            "user_id": update[2] if len(update) == 3 else "",
            "note": "",
            "attempts": 0,
            "state": "waiting",
            "reason": "",
            "received_at": self._clock(),
        }


def _is(channel: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == channel, _rows.c.key == key)


def _waits(channel: str) -> sa.ColumnElement[bool]:
    # As the index says it; SQLite compares the words.
    return sa.and_(_rows.c.channel == channel, _rows.c.state == sa.literal_column("'waiting'"))


def _item(row: sa.Row[Any]) -> InboxItem:
    return InboxItem(
        channel=row.channel, key=row.key, payload=row.payload, note=row.note, attempts=row.attempts
    )
