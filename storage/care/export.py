"""All tables as files for other programs: JSON Lines, or Parquet (the extra `parquet`)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.care.archive import kinds_of, line_of, rows_of
from storage.database import Database
from storage.errors import ExportError

_ROWS_AT_ONCE = 5000


async def export(database: Database, folder: Path, form: str) -> Mapping[str, int]:
    """Write one file for each table into `folder`, all of one state; rows by table.

    `form` is jsonl or parquet. Raises ExportError or DatabaseError.
    """
    write = _parquet if form == "parquet" else _lines
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        async with database.read() as connection:
            return {
                table.name: await write(connection, table, folder / f"{table.name}.{form}")
                for table in schema.metadata.sorted_tables
            }
    except OSError as error:
        raise ExportError(f"cannot write to {folder}: {error.strerror or error}") from error


async def _lines(connection: AsyncConnection, table: sa.Table, file: Path) -> int:
    kinds, count = kinds_of(table), 0
    with file.open("wb") as lines:
        async for row in rows_of(connection, table):
            lines.write(line_of(row, kinds))
            count += 1
    return count


async def _parquet(connection: AsyncConnection, table: sa.Table, file: Path) -> int:
    try:
        import pyarrow as pa  # noqa: PLC0415 -- an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise ExportError(
            "Parquet needs the package pyarrow: pip install -e '.[parquet]' in the checkout"
        ) from None
    types = {
        "time": pa.timestamp("us", tz="UTC"),
        "bytes": pa.binary(),
        "day": pa.date32(),
        "real": pa.float64(),
        "json": pa.string(),
        "number": pa.int64(),
        "truth": pa.bool_(),
        "text": pa.string(),
    }
    kinds, count = kinds_of(table), 0
    fields = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    batch: list[dict[str, Any]] = []
    with pq.ParquetWriter(file, fields) as writer:
        async for row in rows_of(connection, table):
            batch.append({name: _plain(value, kinds[name]) for name, value in row.items()})
            count += 1
            if len(batch) == _ROWS_AT_ONCE:
                writer.write_table(pa.Table.from_pylist(batch, fields))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, fields))
    return count


def _plain(value: Any, kind: str) -> Any:
    if kind != "json" or value is None:
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
