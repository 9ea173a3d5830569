"""Migrations: equal to the tables, safe with data, with several processes and when cut off."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from storage import schema
from storage.database import checked_url, make_engine
from storage.errors import DatabaseError, StorageError
from storage.migrate import alembic_config, migrate
from storage.store import Store
from storage.types import Status, StoredBarcode, Who
from stylecode import TagFields
from tests.storage.contract import on_sqlite
from tests.storage.shapes import differences
from tests.waiting import PATIENCE_S


def indexes(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as plain:
        found = plain.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE % INDEX%'"
        )
        return {name: " ".join(sql.split()) for name, sql in found}


@on_sqlite
async def test_migrations_build_what_the_tables_say(url: str, tmp_path: Path) -> None:
    await asyncio.to_thread(migrate, url)
    assert await differences(url) == []

    # compare_metadata does not look at the conditions of partial indexes.
    plain = make_engine(checked_url(f"sqlite+aiosqlite:///{tmp_path}/plain.db"))
    async with plain.begin() as connection:
        await connection.run_sync(schema.metadata.create_all)
    await plain.dispose()
    assert indexes(tmp_path / "data/pumbeon.db") == indexes(tmp_path / "plain.db")


@on_sqlite
@pytest.mark.parametrize("released", ["0001", "0002", "0003"])
async def test_an_old_database_keeps_its_rows(url: str, tmp_path: Path, released: str) -> None:
    await asyncio.to_thread(migrate, url, released)
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        plain.execute(
            "INSERT INTO interactions (channel, user_id, event_key, created_at, last_event,"
            " status, candidates, models, timings_ms, code, code_key)"
            " VALUES ('web', '7', 'event', '2024-05-17 09:30:00.000000', '', 'confirmed',"
            " '[]', '{}', '{}', 'FU9006', 'FU9006')"
        )
        if released >= "0003":
            plain.execute(
                "INSERT INTO barcodes (interaction_id, format, text, quad)"
                " VALUES (1, 'UPC-A', '036000291452', '[[0, 0], [9, 0], [9, 4], [0, 4]]')"
            )
    store = await Store.open(url, tmp_path / "photos")
    (row,), total = await store.interactions.history(Who("web", "7"), 0, 10)
    assert (row.code, row.status, total) == ("FU9006", Status.CONFIRMED, 1)
    assert (len(row.barcodes), row.fields) == (int(released >= "0003"), TagFields())
    told = replace(row, fields=TagFields("Puma", made_in="Vietnam"))
    await store.interactions.save(told)
    assert await store.interactions.get(row.id) == told
    await store.chat.say(Who("web", "7"), "turn", "the new table is there", None)
    await store.close()


@on_sqlite
async def test_rows_of_before_barcodes_are_read_and_get_some(url: str, tmp_path: Path) -> None:
    await asyncio.to_thread(migrate, url, "0002")
    candidate = '{"code": "DD1391-100", "confidence": 0.9, "quad": null, "alternatives": []}'
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        plain.execute(
            "INSERT INTO interactions (channel, user_id, event_key, created_at, last_event,"
            " status, candidates, models, timings_ms)"
            " VALUES ('web', '7', 'event', '2026-11-17 09:30:00.000000', '', 'read',"
            f" '[{candidate}]', '{{}}', '{{}}')"
        )
    store = await Store.open(url, tmp_path / "photos")
    row = await store.interactions.latest(Who("web", "7"))
    assert row is not None
    assert (row.barcodes, row.candidates[0].witnesses) == ((), 0)
    seen = StoredBarcode("UPC-A", "036000291452", ((0, 0), (9, 0), (9, 4), (0, 4)))
    await store.interactions.save(replace(row, code="DD1391-100", barcodes=(seen,)))
    assert await store.interactions.codes_of_barcodes([seen.text]) == {"DD1391-100": 1}
    await store.close()


@on_sqlite
async def test_migrating_again_changes_nothing(url: str, tmp_path: Path) -> None:
    await asyncio.to_thread(migrate, url)
    before = (tmp_path / "data/pumbeon.db").read_bytes()
    await asyncio.to_thread(migrate, url)
    assert (tmp_path / "data/pumbeon.db").read_bytes() == before


@on_sqlite
def test_several_processes_may_migrate_at_once(url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "storage", "migrate", "--database-url", url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    answers = [
        (process.communicate(timeout=PATIENCE_S)[1], process.returncode) for process in running
    ]
    assert answers == [("", 0)] * 3
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest,)]


@on_sqlite
def test_a_database_from_the_future_is_refused(url: str, tmp_path: Path) -> None:
    migrate(url)
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match="9999"):
        migrate(url)


@on_sqlite
def test_a_step_that_fails_leaves_the_old_shape(url: str, tmp_path: Path) -> None:
    migrate(url, "0001")
    path = tmp_path / "data/pumbeon.db"
    with sqlite3.connect(path) as plain:
        # The second half of the next step will fail on this.
        plain.execute("CREATE TABLE other (id INTEGER)")
        plain.execute("CREATE INDEX ix_chat_entries_person ON other (id)")
    with pytest.raises(DatabaseError, match="cannot be migrated"):
        migrate(url)
    with sqlite3.connect(path) as plain:
        tables = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
        version = plain.execute("SELECT version_num FROM alembic_version").fetchone()
    assert "chat_entries" not in tables
    assert version == ("0001",)


def test_alembic_alone_says_what_to_run() -> None:
    with pytest.raises(StorageError, match="python -m storage migrate"):
        command.upgrade(alembic_config(), "head")
