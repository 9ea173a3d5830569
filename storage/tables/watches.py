"""Watches on codes: set by people, checked by whichever process claims them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.lease import RELEASED, Leases
from storage.types import Lease, Who
from storage.watch_types import Watch, WatchSet
from stylecode import key as code_key

_rows = schema.watches

_EVENTS = 16  # keys that a watch remembers


class WatchTable:
    """Calls about a watch that is gone do nothing. A check of a watch is leased (`storage.lease`).

    Every method raises `DatabaseError` when the database fails. `clock` is that of the leases.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._leases = Leases(database, _rows, clock)

    async def switch_on(  # noqa: PLR0913, PLR0917
        self, who: Who, wanted: WatchSet, language: str, event_key: str, now: datetime, most: int
    ) -> Watch | None:
        """The person's watch on a code, set anew; None where there are `most` others already.

        An event that changed it before changes nothing.
        """
        mine = _of_code(who, wanted.code)
        others = sa.select(sa.func.count()).select_from(_rows)
        others = others.where(_of(who), _rows.c.active, _rows.c.code_key != code_key(wanted.code))
        async with self._database.begin() as connection:
            watch = await _one(connection, mine)
            if watch is not None and event_key in watch.events:
                return watch
            if (await connection.scalar(others) or 0) >= most:
                return None
            if watch is None:
                new = self._database.insert_new(_rows).values(_new(who, wanted, language, now))
                await connection.execute(new)
            values = _set(wanted, language, now) | _events(watch, event_key)
            await connection.execute(sa.update(_rows).where(mine).values(values))
            return await _one(connection, mine)

    async def switch_off(self, who: Who, code: str, event_key: str, now: datetime) -> Watch | None:
        """The watch, off; None where there never was one. An event counts once."""
        mine = _of_code(who, code)
        async with self._database.begin() as connection:
            watch = await _one(connection, mine)
            if watch is None or event_key in watch.events or not watch.active:
                return watch
            off = {"active": False, "changed_at": now, "waiting_won": None}
            values = off | _events(watch, event_key)
            await connection.execute(sa.update(_rows).where(mine).values(values))
            return await _one(connection, mine)

    async def find(self, who: Who, code: str) -> Watch | None:
        """The person's watch on a code, on or off."""
        async with self._database.read() as connection:
            return await _one(connection, _of_code(who, code))

    async def get(self, who: Who, number: int) -> Watch | None:
        """The person's watch of that number, on or off; another's is None."""
        async with self._database.read() as connection:
            return await _one(connection, sa.and_(_of(who), _rows.c.id == number))

    async def of(self, who: Who) -> tuple[Watch, ...]:
        """The person's watches that are on, in the order in which they were first set."""
        query = sa.select(_rows).where(_of(who), _rows.c.active).order_by(_rows.c.id)
        async with self._database.read() as connection:
            return tuple(watch_of(row) for row in await connection.execute(query))

    async def take(self, lease: Lease, now: datetime, limit: int) -> tuple[Watch, ...]:
        """Take up to `limit` watches that are due and that nobody holds, the longest due first."""
        due = sa.and_(_rows.c.active, _rows.c.next_check <= now)
        longest = sa.select(_rows.c.id).where(due, self._leases.lapsed(lease.length))
        longest = longest.order_by(_rows.c.next_check, _rows.c.id).limit(limit)
        longest = longest.with_for_update(skip_locked=True)  # SQLite has one writer
        take = self._leases.take(lease, sa.and_(_rows.c.id.in_(longest), due))
        async with self._database.begin() as connection:
            ids = (await connection.scalars(take.returning(_rows.c.id))).all()
            query = sa.select(_rows).where(_rows.c.id.in_(ids)).order_by(_rows.c.id)
            return tuple(watch_of(row) for row in await connection.execute(query))

    async def hold(self, number: int, lease: Lease) -> bool:
        """Go on holding a watch; False where it is switched off, gone or another's."""
        which = sa.and_(_rows.c.id == number, _rows.c.active)
        return bool(await self._leases.renew(lease, which))

    async def release(self, owner: str) -> None:
        """Give back what the owner holds and did not look at."""
        await self._leases.release(owner, sa.true())

    async def checked(
        self, number: int, owner: str, won: int | None, now: datetime, next_check: datetime
    ) -> None:
        """Let go of a watch that was looked at; `won` is what it costs, None where nobody knew."""
        free = {**RELEASED, "next_check": next_check}
        found = {
            "last_won": won,
            "checked_at": now,
            "start_won": sa.func.coalesce(_rows.c.start_won, won),
        }
        await self._change(number, owner, free | (found if won is not None else {}))

    async def alerted(self, number: int, owner: str, won: int, now: datetime) -> None:
        """The person is being told this price."""
        values = {"alerted_won": won, "alerted_at": now, "waiting_won": None}
        await self._change(number, owner, values)

    async def untold(self, watch: Watch, owner: str) -> None:
        """The message was not sent after all: the watch is told as far as `watch` says."""
        values: dict[str, Any] = {"alerted_won": watch.alerted_won}
        values["waiting_won"] = watch.waiting_won
        if watch.alerted_won is None:
            values["alerted_at"] = None
        await self._change(watch.id, owner, values)

    async def wait(self, number: int, owner: str, won: int, now: datetime) -> None:
        """The person is to be told this price at the next visit."""
        values = {
            "alerted_won": won,
            "alerted_at": now,
            "waiting_won": won,
            "waiting_event": None,
        }
        await self._change(number, owner, values)

    async def waiting(self, who: Who, event_key: str) -> tuple[Watch, ...]:
        """What this event's answer has to tell; the same event asked again is told the same."""
        untold = sa.and_(_of(who), _rows.c.active, _rows.c.waiting_won.is_not(None))
        mine = sa.or_(_rows.c.waiting_event.is_(None), _rows.c.waiting_event == event_key)
        query = sa.select(_rows).where(untold, mine).order_by(_rows.c.id)
        async with self._database.read() as connection:  # nothing waits, nearly always
            if not (await connection.execute(query.limit(1))).first():
                return ()
        async with self._database.begin() as connection:
            update = sa.update(_rows).where(untold, mine).values(waiting_event=event_key)
            await connection.execute(update)
            return tuple(watch_of(row) for row in await connection.execute(query))

    async def sweep(self, off_before: datetime, on_before: datetime) -> int:
        """Delete watches off since before the one time, and unchanged since before the other."""
        off = sa.and_(sa.not_(_rows.c.active), _rows.c.changed_at < off_before)
        old = sa.or_(off, _rows.c.changed_at < on_before)
        async with self._database.begin() as connection:
            return (await connection.execute(sa.delete(_rows).where(old))).rowcount

    async def _change(self, number: int, owner: str, values: dict[str, Any]) -> None:
        mine = sa.and_(_rows.c.id == number, self._leases.held(owner))
        async with self._database.begin() as connection:
            await connection.execute(sa.update(_rows).where(mine).values(values))


def _new(who: Who, wanted: WatchSet, language: str, now: datetime) -> dict[str, Any]:
    person = {"channel": who.channel, "user_id": who.user, "code_key": code_key(wanted.code)}
    return person | {"events": []} | _set(wanted, language, now)


def _set(wanted: WatchSet, language: str, now: datetime) -> dict[str, Any]:
    return {
        "language": language,
        "code": wanted.code,
        "active": True,
        "changed_at": now,
        "below_won": wanted.below_won,
        "start_won": wanted.now_won,
        "last_won": wanted.now_won,
        "checked_at": now if wanted.now_won is not None else None,
        "next_check": wanted.next_check,
        **RELEASED,  # a check under way is of the watch as it was
        "alerted_won": wanted.alerted_won,
        "alerted_at": now if wanted.alerted_won is not None else None,
        "waiting_won": None,
        "waiting_event": None,
    }


def _events(watch: Watch | None, event_key: str) -> dict[str, Sequence[str]]:
    earlier = watch.events if watch else ()
    return {"events": [*earlier, event_key][-_EVENTS:]}


async def _one(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> Watch | None:
    row = (await connection.execute(sa.select(_rows).where(which))).one_or_none()
    return None if row is None else watch_of(row)


def _of(who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == who.channel, _rows.c.user_id == who.user)


def _of_code(who: Who, code: str) -> sa.ColumnElement[bool]:
    return sa.and_(_of(who), _rows.c.code_key == code_key(code))


def watch_of(row: sa.Row[Any]) -> Watch:
    """A row of the `watches` table."""
    return Watch(
        id=row.id,
        who=Who(row.channel, row.user_id, row.language),
        code=row.code,
        active=row.active,
        changed_at=row.changed_at,
        below_won=row.below_won,
        start_won=row.start_won,
        last_won=row.last_won,
        checked_at=row.checked_at,
        alerted_won=row.alerted_won,
        alerted_at=row.alerted_at,
        waiting_won=row.waiting_won,
        events=tuple(row.events),
    )
