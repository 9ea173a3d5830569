"""The numbers that ids were given up to: they are kept in a backup, so that none is used again."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema


async def last_ids(connection: AsyncConnection) -> dict[str, int]:
    """For each table with numbers, the largest one ever given."""
    if connection.dialect.name == "sqlite":
        rows = await connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
        return {name: int(seq) for name, seq in rows}
    return {table: await _largest(connection, table) for table in _numbered()}


async def set_last_ids(connection: AsyncConnection, numbers: Mapping[str, int]) -> None:
    """Go on after these numbers."""
    for table, number in numbers.items():
        if connection.dialect.name == "sqlite":
            values = {"name": table, "seq": number}
            delete = sa.text("DELETE FROM sqlite_sequence WHERE name = :name")
            await connection.execute(delete, {"name": table})
            insert = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
            await connection.execute(insert, values)
        elif number:
            setval = sa.text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)")
            await connection.execute(setval, {"name": table, "number": number})


async def _largest(connection: AsyncConnection, table: str) -> int:
    sequence = await connection.scalar(
        sa.text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table}
    )
    # The name comes from the server's own catalogue, quoted as it wants it.
    query = sa.text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
    return int(await connection.scalar(query) or 0)


def _numbered() -> list[str]:
    return [
        table.name for table in schema.metadata.sorted_tables if "id" in table.primary_key.columns
    ]
