"""The own catalogue: a shop's price list in the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from pricelists import BadRow, CatalogueRow, PriceList, PriceListError, read_list
from storage import schema
from storage.database import Database
from storage.errors import CatalogueError
from stylecode import key as code_key

__all__ = ["SAMPLE_MARK", "BadRow", "CatalogueRow", "CatalogueTable", "ImportReport"]

SAMPLE_MARK = "[SAMPLE]"
"""What names in the price list begin with that the program brings along."""

_rows = schema.catalogue
_SAMPLE = _rows.c.name.startswith(SAMPLE_MARK, autoescape=True)
_BATCH_KEYS = 400  # below every database's limit of parameters in one statement

_Item = TypeVar("_Item")
_Identity = tuple[str, str]  # code key and address: one code may be on sale at several addresses


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `bad` rows were left out, the others are in; `noted` ones not whole.

    `told` are sentences about the file, such as which of its sheets was read.
    """

    added: int
    updated: int
    removed: int
    bad: tuple[BadRow, ...] = ()
    noted: tuple[BadRow, ...] = ()
    told: tuple[str, ...] = ()


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
        """Those of these codes (few hundred at most) that the shop lists, in stock or not."""
        keys = {code: code_key(code) for code in codes}
        query = sa.select(_rows.c.code_key).where(
            _rows.c.code_key.in_(set(keys.values())), ~_SAMPLE
        )
        async with self._database.read() as connection:
            found = set((await connection.scalars(query)).all())
        return frozenset(code for code, name in keys.items() if name in found)

    async def is_empty(self) -> bool:
        """True where no row was ever imported, or all were removed."""
        async with self._database.read() as connection:
            return await connection.scalar(sa.select(_rows.c.id).limit(1)) is None

    async def has_own(self) -> bool:
        """Whether there is a row that is none of the sample's."""
        async with self._database.read() as connection:
            return (
                await connection.scalar(sa.select(_rows.c.id).where(~_SAMPLE).limit(1)) is not None
            )

    async def drop_sample(self) -> int:
        """Remove the sample's rows; how many there were."""
        async with self._database.begin() as connection:
            return await _drop_sample(connection)

    async def import_list(self, source: Path | bytes | str, replace: bool = False) -> ImportReport:
        """Take rows in from a CSV or XLSX file, its bytes or CSV text, all in one transaction.

        What was known of a code and address becomes what the source says of them, be it one row or
        several (sizes). With `replace`, rows that the source does not have are removed; the
        sample's go as soon as others come. Raises CatalogueError where the whole of it is unusable.
        """
        found = await asyncio.to_thread(_parse, source)
        wanted = _by_identity(found.rows)
        # Two processes that start together both bring the sample: one after the other.
        async with self._database.alone(_rows) as connection:
            if any(not row.name.startswith(SAMPLE_MARK) for row in found.rows):
                await _drop_sample(connection)
            known = await _known(connection, wanted)
            added, updated, surplus = await _write(connection, wanted, known)
            removed = await _remove_others(connection, wanted) if replace else 0
        told = (found.bad, found.noted, found.told)
        return ImportReport(added, updated, removed + surplus, *told)


def _parse(source: Path | bytes | str) -> PriceList:
    try:
        return read_list(source)
    except PriceListError as error:
        raise CatalogueError(str(error)) from error


def _by_identity(rows: Iterable[CatalogueRow]) -> dict[_Identity, list[CatalogueRow]]:
    """Rows by code and address, each that says nothing new once."""
    found: dict[_Identity, list[CatalogueRow]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        found[code_key(row.code), row.url].append(row)
    return found


async def _drop_sample(connection: AsyncConnection) -> int:
    return (await connection.execute(sa.delete(_rows).where(_SAMPLE))).rowcount


async def _write(
    connection: AsyncConnection,
    wanted: Mapping[_Identity, Sequence[CatalogueRow]],
    known: Mapping[_Identity, Sequence[int]],
) -> tuple[int, int, int]:
    """How many rows were added, updated and removed."""
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    surplus: list[int] = []
    for who, rows in wanted.items():
        for row, number in zip_longest(rows, known.get(who, ())):
            if row is None:
                surplus.append(number)
                continue
            values = asdict(row) | {"code_key": who[0]}
            if number is None:
                fresh.append(values)
            else:
                changed.append(values | {"row": number})
    if fresh:
        await connection.execute(sa.insert(_rows), fresh)
    if changed:
        columns: dict[str, Any] = {name: sa.bindparam(name) for name in changed[0] if name != "row"}
        update = sa.update(_rows).where(_rows.c.id == sa.bindparam("row")).values(columns)
        await connection.execute(update, changed)
    await _remove(connection, surplus)
    return len(fresh), len(changed), len(surplus)


async def _known(
    connection: AsyncConnection, wanted: Collection[_Identity]
) -> dict[_Identity, list[int]]:
    known: dict[_Identity, list[int]] = defaultdict(list)
    for keys in _batches(sorted({key for key, _ in wanted})):
        query = sa.select(_rows.c.code_key, _rows.c.url, _rows.c.id).order_by(_rows.c.id)
        for key, url, row in await connection.execute(query.where(_rows.c.code_key.in_(keys))):
            if (key, url) in wanted:
                known[key, url].append(row)
    return known


async def _remove_others(connection: AsyncConnection, kept: Collection[_Identity]) -> int:
    query = sa.select(_rows.c.id, _rows.c.code_key, _rows.c.url)
    others = [row for row, key, url in await connection.execute(query) if (key, url) not in kept]
    await _remove(connection, others)
    return len(others)


async def _remove(connection: AsyncConnection, numbers: Iterable[int]) -> None:
    for rows in _batches(numbers):
        await connection.execute(sa.delete(_rows).where(_rows.c.id.in_(rows)))


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
