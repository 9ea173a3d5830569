"""The tables as JSON Lines: how values are written, and read again into either database."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import UtcDateTime

_ROWS_READ_AHEAD = 500

Kinds = Mapping[str, str]
"""Column name to what it holds: time | day | bytes | json | number | real | truth | text."""


def kinds_of(table: sa.Table) -> dict[str, str]:
    """What the columns of a table hold."""
    return {column.name: _kind(column.type) for column in table.columns}


async def rows_of(connection: AsyncConnection, table: sa.Table) -> AsyncIterator[dict[str, Any]]:
    """All rows, by their key, without holding them all in memory."""
    query = sa.select(table).order_by(*table.primary_key.columns)
    options = {"yield_per": _ROWS_READ_AHEAD}
    async with connection.stream(query, execution_options=options) as found:
        async for row in found.mappings():
            yield dict(row)


def line_of(row: Mapping[str, Any], kinds: Kinds) -> bytes:
    """One line of JSON: times as ISO 8601, bytes as base64."""
    values = {name: _written(value, kinds[name]) for name, value in row.items()}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def row_of(line: bytes, kinds: Kinds) -> dict[str, Any]:
    """The way back. Raises `ValueError` for a line that is no such row."""
    values = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(values, dict) or values.keys() != kinds.keys():
        raise ValueError("a row has other columns than its table")
    return {name: _read(value, kinds[name]) for name, value in values.items()}


def table_of(name: str, kinds: Kinds) -> sa.TableClause:
    """A table to insert into, as the archive knows it; the present code may know another one."""
    return sa.table(name, *(sa.column(column, _TYPES[kind]()) for column, kind in kinds.items()))


async def insert(
    connection: AsyncConnection, table: sa.TableClause, rows: Iterable[dict[str, Any]]
) -> int:
    """Insert them, some hundred at a time; how many."""
    count, batch = 0, list[dict[str, Any]]()
    for row in rows:
        batch.append(row)
        count += 1
        if len(batch) == _ROWS_READ_AHEAD:
            await connection.execute(sa.insert(table), batch)
            batch = []
    if batch:
        await connection.execute(sa.insert(table), batch)
    return count


class _Json(sa.types.TypeDecorator[Any]):
    """JSON whose None is SQL's NULL."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True


_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "time": UtcDateTime,
    "day": sa.Date,
    "real": sa.Float,
    "bytes": sa.LargeBinary,
    "json": _Json,
    "number": sa.BigInteger,
    "truth": sa.Boolean,
    "text": sa.Text,
}


def _kind(kind: sa.types.TypeEngine[Any]) -> str:
    plain = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    known = (
        (sa.DateTime, "time"),
        (sa.Date, "day"),
        (sa.Float, "real"),
        (sa.LargeBinary, "bytes"),
        (sa.JSON, "json"),
        (sa.Boolean, "truth"),
        (sa.Integer, "number"),
    )
    for of, name in known:
        if isinstance(plain, of):
            return name
    if not isinstance(plain, sa.Text):
        raise TypeError(f"an archive cannot hold {plain!r}")
    return "text"


def _written(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind in {"time", "day"}:
        return value.isoformat()
    return base64.b64encode(value).decode() if kind == "bytes" else value


def _read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "time":
        return datetime.fromisoformat(value)
    if kind == "day":
        return date.fromisoformat(value)
    return base64.b64decode(value, validate=True) if kind == "bytes" else value
