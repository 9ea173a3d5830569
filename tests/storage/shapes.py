"""What a migrated database's tables differ in from those that the code knows."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from storage import schema
from storage.database import checked_url, make_engine


async def differences(url: str) -> list[object]:
    """Alembic's list of differences, types included; empty where there are none."""

    def found(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, schema.metadata))

    engine = make_engine(checked_url(url))
    async with engine.begin() as connection:
        found_ones = await connection.run_sync(found)
    await engine.dispose()
    return found_ones
