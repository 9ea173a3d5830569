"""Figures of the operator's first page: counted by day from the interactions, then only added up.

A day is counted anew where its rows look otherwise than they did when it was counted. Days before
the last week are left as they were counted, so that what is deleted later stays in their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.overview_types import By, FigureRow, began, day_of
from storage.tables.counting import day_counts, in_day

RECOUNTED_DAYS = 7
"""Days that are still counted anew, today among them: after a week hardly anybody presses
a photo's buttons, and what /delete takes away from older days is to stay in their numbers."""
_SETTLED = timedelta(minutes=2)
"""A change this young at the counting may hide another one with an earlier time, whose transaction
took longer (at most the driver's 60 seconds), so that its day is counted once more."""

_rows = schema.interactions
_figures = schema.day_figures
_counted = schema.counted_days
_SUMMED = tuple(field.name for field in fields(FigureRow))[1:]  # all but the name


@dataclass(frozen=True, slots=True)
class _Look:
    """How many rows a day has, and when one of them was changed last."""

    rows: int
    newest: datetime | None


class Overview:
    """Counts by day, and adds up. Every method raises `DatabaseError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recount(
        self,
        now: datetime,
        going_on: Callable[[], bool] = lambda: True,
        days: int = RECOUNTED_DAYS,
    ) -> tuple[date, ...]:
        """Count those of the last days anew whose rows have changed, oldest first; which they were.

        Before them come those that were never counted: all, where nothing was. Each day is a
        reading and a short writing of its own, and several processes may do it at once. `going_on`
        is asked before each day.
        """
        today = day_of(now)
        recent = today - timedelta(days=days - 1)
        last = await self._last_counted()
        day: date | None = await self._next_day(last or date.min) if last != today else None
        counted: list[date] = []
        while day is not None and day < recent and going_on():
            counted += [day] if await self._count(day, now) else []
            day = await self._next_day(day + timedelta(days=1))
        for number in range(days):
            day = recent + timedelta(days=number)
            if going_on() and await self._count(day, now):
                counted.append(day)
        return tuple(counted)

    async def figures(self, since: date, until: date, by: By) -> tuple[FigureRow, ...]:
        """The counts of days of Korea from `since` to `until`, both included.

        Days and weeks come in their order, those without anything are left out; all others come
        with most photos first.
        """
        name = _figures.c.day if by in {"day", "week"} else _figures.c[by]
        sums = [sa.func.sum(_figures.c[count]).label(count) for count in _SUMMED]
        query = sa.select(name.label("name"), *sums).where(_figures.c.day.between(since, until))
        async with self._database.read() as connection:
            rows = (await connection.execute(query.group_by(name).order_by(name))).all()
        found = [FigureRow(str(row[0]), *map(int, row[1:])) for row in rows]
        if by == "week":
            return _by_week(found)
        return tuple(found if by == "day" else sorted(found, key=_most_photos))

    async def _last_counted(self) -> date | None:
        async with self._database.read() as connection:
            last: date | None = await connection.scalar(sa.select(sa.func.max(_counted.c.day)))
        return last

    async def _next_day(self, since: date) -> date | None:
        """The first day from then on that has rows."""
        later = sa.true() if since == date.min else _rows.c.created_at >= began(since)
        async with self._database.read() as connection:
            at = await connection.scalar(sa.select(sa.func.min(_rows.c.created_at)).where(later))
        return None if at is None else day_of(at)

    async def _count(self, day: date, now: datetime) -> bool:
        """Count a day, unless it looks as it did; False where it was not counted."""
        async with self._database.read() as connection:  # one state of everything
            known = await _counted_before(connection, day)
            look = await _look_at(connection, day)
            if _is_settled(known, look):
                return False
            figures = await day_counts(connection, day)
        async with self._database.alone(_counted) as connection:
            if await _counted_before(connection, day) != known:
                return False  # another process was quicker; what it missed is counted next time
            await _replace(connection, day, figures)
            values = {"rows": look.rows, "newest": look.newest, "counted_at": now}
            await connection.execute(sa.insert(_counted).values(day=day, **values))
        return True


def _is_settled(known: sa.Row[Any] | None, look: _Look) -> bool:
    if known is None:
        return look.rows == 0
    if _Look(known.rows, known.newest) != look:
        return False
    return look.newest is None or look.newest < known.counted_at - _SETTLED


async def _counted_before(connection: AsyncConnection, day: date) -> sa.Row[Any] | None:
    query = sa.select(_counted).where(_counted.c.day == day)
    return (await connection.execute(query)).one_or_none()


async def _look_at(connection: AsyncConnection, day: date) -> _Look:
    query = sa.select(sa.func.count(), sa.func.max(_rows.c.updated_at)).where(in_day(day))
    return _Look(*(await connection.execute(query)).one())


async def _replace(connection: AsyncConnection, day: date, figures: list[dict[str, Any]]) -> None:
    for table in (_figures, _counted):
        await connection.execute(sa.delete(table).where(table.c.day == day))
    if figures:
        await connection.execute(sa.insert(_figures), figures)


def _by_week(days: Iterable[FigureRow]) -> tuple[FigureRow, ...]:
    weeks: dict[str, list[FigureRow]] = defaultdict(list)
    for row in days:
        day = date.fromisoformat(row.name)
        weeks[(day - timedelta(days=day.weekday())).isoformat()].append(row)
    return tuple(total(name, rows) for name, rows in weeks.items())


def total(name: str, rows: Iterable[FigureRow]) -> FigureRow:
    """The rows added up, under a name."""
    rows = tuple(rows)
    return FigureRow(name, *(sum(getattr(row, count) for row in rows) for count in _SUMMED))


def _most_photos(row: FigureRow) -> tuple[int, str]:
    return -row.photos, row.name
