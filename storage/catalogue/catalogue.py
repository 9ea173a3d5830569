"""The own catalogue: a shop's price list in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.catalogue.catalogue_csv import (
    BadRow,
    CatalogueRow,
    parse_catalogue,
    parse_records,
    read_bytes,
    read_catalogue,
)
from storage.catalogue.catalogue_xlsx import MAGIC, read_sheet
from storage.database import Database
from stylecode import key as code_key

__all__ = ["BadRow", "CatalogueRow", "CatalogueTable", "ImportReport"]

_rows = schema.catalogue
_BATCH_KEYS = 400  # below every database's limit of parameters in one statement

_Item = TypeVar("_Item")
_Identity = tuple[str, str]  # code key and address: one code may be on sale at several addresses


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `bad` rows were left out, the others are in."""

    added: int
    updated: int
    removed: int
    bad: tuple[BadRow, ...]


class CatalogueTable:
    """Rows by code. Every method raises `DatabaseError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key: str) -> tuple[CatalogueRow, ...]:
        """Rows whose code, reduced to A-Z0-9, equals `key` reduced likewise; cheapest first."""
        query = sa.select(_rows).where(_rows.c.code_key == code_key(key))
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(_rows.c.price_won, _rows.c.id))
            return tuple(_row(row) for row in found)

    async def known(self, codes: Collection[str]) -> frozenset[str]:
        """Those of these codes (few hundred at most) that have a row, in stock or not."""
        keys = {code: code_key(code) for code in codes}
        query = sa.select(_rows.c.code_key).where(_rows.c.code_key.in_(set(keys.values())))
        async with self._database.read() as connection:
            found = set((await connection.scalars(query)).all())
        return frozenset(code for code, name in keys.items() if name in found)

    async def is_empty(self) -> bool:
        """True where no row was ever imported, or all were removed."""
        async with self._database.read() as connection:
            return await connection.scalar(sa.select(_rows.c.id).limit(1)) is None

    async def import_csv(self, source: Path | bytes | str, replace: bool = False) -> ImportReport:
        """Take rows in from a CSV or XLSX file, its bytes or CSV text, all in one transaction.

        A row with a known code and address is updated. With `replace`, rows that the source
        does not have are removed. Raises CatalogueError when the source as a whole is unusable.
        """
        rows, bad = await asyncio.to_thread(_parse, source)
        by_identity = {(code_key(row.code), row.url): row for row in rows}
        # Two processes that start together both bring the sample: one after the other.
        async with self._database.alone(_rows) as connection:
            known = await _known(connection, by_identity)
            await self._write(connection, by_identity, known)
            removed = await _remove_others(connection, by_identity) if replace else 0
        updated = len(known)
        return ImportReport(len(by_identity) - updated, updated, removed, bad)

    async def _write(
        self,
        connection: AsyncConnection,
        rows: dict[_Identity, CatalogueRow],
        known: dict[_Identity, int],
    ) -> None:
        values = {who: asdict(row) | {"code_key": who[0]} for who, row in rows.items()}
        fresh = [value for who, value in values.items() if who not in known]
        changed = [value | {"row": known[who]} for who, value in values.items() if who in known]
        if fresh:
            await connection.execute(sa.insert(_rows), fresh)
        if changed:
            columns: dict[str, Any] = {
                name: sa.bindparam(name) for name in changed[0] if name != "row"
            }
            update = sa.update(_rows).where(_rows.c.id == sa.bindparam("row")).values(columns)
            await connection.execute(update, changed)


def _parse(source: Path | bytes | str) -> tuple[tuple[CatalogueRow, ...], tuple[BadRow, ...]]:
    if isinstance(source, str):
        return parse_catalogue(source)
    data = source if isinstance(source, bytes) else read_bytes(source)
    if data.startswith(MAGIC):
        return parse_records(read_sheet(data))
    return parse_catalogue(read_catalogue(data))


async def _known(connection: AsyncConnection, wanted: Iterable[_Identity]) -> dict[_Identity, int]:
    identities = set(wanted)
    known: dict[_Identity, int] = {}
    for keys in _batches(sorted({key for key, _ in identities})):
        query = sa.select(_rows.c.code_key, _rows.c.url, _rows.c.id)
        for key, url, row in await connection.execute(query.where(_rows.c.code_key.in_(keys))):
            if (key, url) in identities:
                known[key, url] = row
    return known


async def _remove_others(connection: AsyncConnection, kept: Iterable[_Identity]) -> int:
    identities = set(kept)
    query = sa.select(_rows.c.id, _rows.c.code_key, _rows.c.url)
    others = [
        row for row, key, url in await connection.execute(query) if (key, url) not in identities
    ]
    for rows in _batches(others):
        await connection.execute(sa.delete(_rows).where(_rows.c.id.in_(rows)))
    return len(others)


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH_KEYS)):
        yield batch


def _row(row: sa.Row[Any]) -> CatalogueRow:
    return CatalogueRow(
        code=row.code,
        name=row.name,
        price_won=row.price_won,
        url=row.url,
        image=row.image,
        in_stock=row.in_stock,
    )
