"""The look-up by barcode stays quick however many rows there are."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event

from storage.store import Store
from tests.storage.contract import on_sqlite


@on_sqlite
async def test_barcodes_are_looked_up_by_their_index(store: Store, tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(
        store.database.engine.sync_engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, values, *_: asked.append((statement, values)),
    )
    await store.interactions.codes_of_barcodes(["036000291452", "8801234567893"])
    ((query, values),) = (each for each in asked if "row_number" in each[0])
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        plan = [row[3] for row in plain.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    assert any("ix_barcodes_text" in step for step in plan), plan
    assert not any(step.startswith(("SCAN barcodes", "SCAN interactions")) for step in plan), plan
