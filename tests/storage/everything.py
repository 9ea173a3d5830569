"""Rows of a person in every table that can hold something of one, made from the tables alone.

A new table has to be sorted in here, or the tests that use this fail.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime

import sqlalchemy as sa

from storage import schema
from storage.database import Database
from storage.types import Who

PERSON = {"channel", "user_id"}
NOBODYS = {
    "catalogue",
    "price_calls",
    "prices_seen",
    "doomed_photos",
    "day_figures",
    "counted_days",
}
"""Tables in which no person stands: codes, prices, quotas, photos about to be deleted, counts."""

_NOON = datetime(2026, 11, 17, 12, 30, tzinfo=UTC)
_LARGE = 900  # words in a blob: several pages of the file


def belongs_to(table: sa.Table) -> list[sa.Table]:
    """The tables that its rows refer to."""
    return [key.column.table for key in table.foreign_keys]


def is_personal(table: sa.Table) -> bool:
    """Whether its rows are a person's, by name or by belonging to such rows."""
    return set(table.c.keys()) >= PERSON or any(map(is_personal, belongs_to(table)))


def personal_tables() -> list[sa.Table]:
    """All of them, those that others refer to first."""
    return [table for table in schema.metadata.sorted_tables if is_personal(table)]


async def fill(database: Database, who: Who, mark: str, number: int) -> None:
    """A row in each personal table with `mark` in each of its columns that can hold it."""
    made: dict[str, int] = {}
    async with database.begin() as connection:
        for table in personal_tables():
            numbered = "id" in table.c
            row = {
                column.name: _value(column, f"{mark}-{column.name}-{number}", number, made)
                for column in table.columns
                if column.name != "id"
            }
            row |= {"channel": who.channel, "user_id": who.user} if "user_id" in table.c else {}
            insert = database.insert_new(table).values(row)  # a person is in `people` once
            if numbered:
                made[table.name] = await connection.scalar(insert.returning(table.c.id)) or 0
            else:
                await connection.execute(insert)


async def held(database: Database, word: str) -> dict[str, int]:
    """By table, in how many rows a word stands, in whatever column; tables without it are left."""
    found: dict[str, int] = {}
    async with database.read() as connection:
        for table in schema.metadata.sorted_tables:
            rows = (await connection.execute(sa.select(table))).all()
            count = sum(word in _text(row) for row in rows)
            if count:
                found[table.name] = count
    return found


def _text(row: sa.Row[tuple[object, ...]]) -> str:
    return " ".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for value in row
    )


def _value(  # noqa: PLR0911 -- one for each type
    column: sa.Column[object], word: str, number: int, made: dict[str, int]
) -> object:
    for key in column.foreign_keys:
        return made[key.column.table.name]
    kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
    match kind:
        case sa.Boolean():
            return False
        case sa.Integer():
            return zlib.crc32(word.encode()) % 10**8 + number
        case sa.Float():
            return 0.5
        case sa.DateTime():
            return _NOON
        case sa.Date():
            return _NOON.date()
        case sa.LargeBinary():
            return word.encode() * _LARGE
        case sa.JSON():
            return [word]
        case sa.Text():
            return word
    raise AssertionError(f"no value for {column.table.name}.{column.name}: {column.type!r}")
