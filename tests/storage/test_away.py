"""What of a database's failures passes."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import schema
from storage.database import Database, utc_now
from storage.errors import DatabaseAway, DatabaseError
from tests.fakes.database import tables_in
from tests.fakes.postgres import PostgresServer

_ROW = {"channel": "web", "user_id": "ann", "language": "ko"}


async def test_a_full_disk_passes_a_wrong_statement_does_not(tmp_path: Path) -> None:
    file = tables_in(tmp_path / "pumbeon.db")
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    async with database.begin() as connection:
        pages = await connection.scalar(sa.text("PRAGMA page_count"))
        await connection.execute(sa.text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(DatabaseAway, match="full"):
        async with database.begin() as connection:
            note = {"channel": "x", "key": "k", "user_id": "u", "payload": "x" * 100_000}
            more = {"note": "", "attempts": 0, "state": "waiting", "reason": ""}
            row = {**note, **more, "received_at": utc_now()}
            await connection.execute(sa.insert(schema.inbox).values(row))
    with pytest.raises(DatabaseError) as caught:
        async with database.begin() as connection:
            await connection.execute(sa.insert(schema.people).values(_ROW | {"channel": None}))
    assert not isinstance(caught.value, DatabaseAway)
    await database.close()


async def test_a_locked_file_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tables_in(tmp_path / "pumbeon.db")
    monkeypatch.setattr("storage.database.PRAGMAS", ("busy_timeout=10", "journal_mode=WAL"))
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseAway, match="locked"):
            async with database.begin():
                pass
    await database.close()


async def test_a_lock_on_a_server_passes(postgres: PostgresServer) -> None:
    database = await Database.open(await asyncio.to_thread(postgres.migrated))
    async with database.begin() as holder:
        await holder.execute(sa.text("LOCK TABLE people IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(DatabaseAway):
            async with database.begin() as connection:
                await connection.execute(sa.text("SET LOCAL lock_timeout = '10ms'"))
                await connection.execute(sa.select(schema.people))
    with pytest.raises(DatabaseError) as caught:
        async with database.begin() as connection:
            await connection.execute(sa.text("SELECT 'x'::int"))
    assert not isinstance(caught.value, DatabaseAway)
    await database.close()
