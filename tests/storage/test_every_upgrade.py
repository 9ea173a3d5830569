"""Every shape that a database ever had is upgraded with rows in each of its tables."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from storage import schema
from storage.database import checked_url, make_engine
from storage.migrate import alembic_config, migrate, newest_revision
from tests.storage.contract import on_postgresql
from tests.storage.shapes import differences

Rows = dict[str, list[dict[str, object]]]

REVISIONS = sorted(
    script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()
)
_NOON = datetime(2026, 11, 17, 12, 30, tzinfo=UTC)
_ROWS = 2
_NOT_OURS = "alembic_version"


def tables(connection: Connection) -> list[sa.Table]:
    """As they are in the database, those that others refer to first."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _NOT_OURS]


def value(column: sa.Column[object], number: int) -> object:  # noqa: PLR0911 - one for each type
    """A value that the column takes, another one for each row."""
    if column.foreign_keys:
        return number  # the other table's rows are numbered, too
    match column.type:
        case sa.Boolean():
            return number % 2 == 0
        case sa.Integer():
            return number
        case sa.Float() | sa.Numeric():
            return number / 4
        case sa.DateTime():
            return _NOON.replace(minute=number)
        case sa.Date():
            return date(2026, 11, number)
        case sa.JSON():
            return []
        case sa.LargeBinary():
            return b"\x00\xff" * number
        case sa.Text() | sa.String():
            return f"{column.name} 신발 {number}"
    raise AssertionError(f"no value for {column.table.name}.{column.name}: {column.type!r}")


def filled(connection: Connection) -> Rows:
    """What is in the tables once rows are in each of them."""
    found = tables(connection)
    for table in found:
        for number in range(1, _ROWS + 1):
            row = {column.name: value(column, number) for column in table.columns}
            connection.execute(table.insert().values(row))
    return rows(connection, found)


def rows(connection: Connection, found: list[sa.Table] | None = None) -> Rows:
    return {
        table.name: [
            dict(row)
            for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()
        ]
        for table in (tables(connection) if found is None else found)
    }


def kept(before: Rows, after: Rows) -> Rows:
    """What is there after, of the columns that there were before."""
    return {
        table: [{name: row[name] for name in old[0]} for row in after[table]]
        for table, old in before.items()
    }


@pytest.mark.parametrize("released", REVISIONS)
async def test_rows_of_every_release_are_kept(url: str, released: str) -> None:
    await asyncio.to_thread(migrate, url, released)
    engine = make_engine(checked_url(url))
    async with engine.begin() as connection:
        before = await connection.run_sync(filled)
    await engine.dispose()  # its prepared statements know the old shape
    assert {len(found) for found in before.values()} == {_ROWS}

    await asyncio.to_thread(migrate, url)
    async with engine.connect() as connection:
        after = await connection.run_sync(rows)
        version = await connection.scalar(sa.text(f"SELECT version_num FROM {_NOT_OURS}"))
    await engine.dispose()
    assert version == newest_revision()
    assert set(after) == {table.name for table in schema.metadata.sorted_tables}
    assert kept(before, after) == before


@on_postgresql
async def test_migrations_build_what_the_tables_say_on_a_server(url: str) -> None:
    await asyncio.to_thread(migrate, url)
    assert await differences(url) == []
