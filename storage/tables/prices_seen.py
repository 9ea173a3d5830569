"""Prices seen from day to day, by code and source; nobody's rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from storage import schema
from storage.database import Database
from storage.watch_types import PriceSeen

_seen = schema.prices_seen


class PricesSeen:
    """Keeps one row for each code, source and day.

    Every method raises `DatabaseError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, seen: Sequence[PriceSeen]) -> None:
        """Keep what was seen, all in one transaction; a day keeps its lowest price."""
        if not seen:
            return
        async with self._database.begin() as connection:
            for one in seen:
                row = _row(one)
                await connection.execute(self._database.insert_new(_seen).values(row))
                await connection.execute(sa.update(_seen).where(_is(one)).values(_newer(one)))

    async def of(self, code_keys: Collection[str], since: date) -> tuple[PriceSeen, ...]:
        """All that was seen of these codes (by `stylecode.key`) from that day on, oldest first."""
        query = sa.select(_seen).where(_seen.c.code_key.in_(code_keys), _seen.c.day >= since)
        query = query.order_by(_seen.c.day, _seen.c.code_key, _seen.c.source)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            PriceSeen(
                row.code_key,
                row.source,
                row.source_name,
                row.day,
                row.lowest_won,
                row.median_won,
                row.offers,
            )
            for row in rows
        )

    async def sweep(self, before: date) -> int:
        """Delete what was seen before that day; how many rows."""
        async with self._database.begin() as connection:
            return (await connection.execute(sa.delete(_seen).where(_seen.c.day < before))).rowcount


def _row(one: PriceSeen) -> dict[str, object]:
    return {
        "code_key": one.code_key,
        "source": one.source,
        "day": one.day,
        "source_name": one.source_name,
        "lowest_won": one.lowest_won,
        "median_won": one.median_won,
        "offers": one.offers,
    }


def _newer(one: PriceSeen) -> dict[str, object]:
    lower = sa.case((_seen.c.lowest_won > one.lowest_won, one.lowest_won), else_=_seen.c.lowest_won)
    return {
        "lowest_won": lower,
        "median_won": one.median_won,
        "offers": one.offers,
        "source_name": one.source_name,
    }


def _is(one: PriceSeen) -> sa.ColumnElement[bool]:
    return sa.and_(
        _seen.c.code_key == one.code_key, _seen.c.source == one.source, _seen.c.day == one.day
    )
