"""Runs the migrations over the connection that `storage.migrate` hands in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlalchemy.engine import Connection

from storage import schema
from storage.errors import StorageError

_SERVER_LOCK = 0x70756D62656F6E  # any number that nothing else in the database uses


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Held to the end of the transaction: several processes starting at once take turns.
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SERVER_LOCK})
    context.configure(
        connection=connection,
        target_metadata=schema.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_connection = context.config.attributes.get("connection")
if _connection is None:
    raise StorageError("run migrations with `python -m storage migrate`")
_run(_connection)
