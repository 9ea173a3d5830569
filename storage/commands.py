"""The commands of `storage.flags`: each prints what it did and gives the exit status."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path

from pricelists import PriceListError, read_bytes
from storage.care.backup import back_up, opened
from storage.care.check import check
from storage.care.export import export
from storage.care.restore import restore, verify
from storage.catalogue.catalogue import CatalogueTable
from storage.errors import CatalogueError
from storage.migrate import migrate
from storage.photos.photo_store import open_photos
from storage.settings import StoragePlace
from storage.store import Store

_LINES_SHOWN = 20  # lines of trouble; the rest is counted


async def _import(place: StoragePlace, options: Namespace) -> int:
    data = await asyncio.to_thread(_bytes, options.file)
    await asyncio.to_thread(migrate, place.database_url)
    async with opened(place.database_url) as database:
        report = await CatalogueTable(database).import_list(data, options.replace)
    print(f"added {report.added}, updated {report.updated}, removed {report.removed}")
    for told in report.told:
        print(f"{options.file}: {told}")
    bad = [f"{options.file}:{row.line}: left out: {row.reason}" for row in report.bad]
    _complain(bad, "more rows")
    noted = [f"{options.file}:{row.line}: {row.reason}" for row in report.noted]
    _complain(noted, "more rows that are not whole")
    return 0


def _bytes(file: Path) -> bytes:
    try:
        return read_bytes(file)
    except PriceListError as error:
        raise CatalogueError(str(error)) from error


async def _export(place: StoragePlace, options: Namespace) -> int:
    async with opened(place.database_url) as database:
        counts = await export(database, options.folder, options.format)
    for table, rows in counts.items():
        print(f"{options.folder / table}.{options.format}: {rows}")
    return 0


async def _backup(place: StoragePlace, options: Namespace) -> int:
    photos = open_photos(place.photos_in, place.photos_endpoint)
    async with opened(place.database_url) as database:
        done = await back_up(database, photos, options.file)
    rows = sum(table.rows for table in done.tables)
    print(f"{options.file}: {rows} rows, {done.photos} photos")
    if done.missing:
        print(f"{done.missing} photos that rows name were not there", file=sys.stderr)
    return 0


async def _restore(place: StoragePlace, options: Namespace) -> int:
    photos = open_photos(place.photos_in, place.photos_endpoint)
    done = await restore(options.file, place.database_url, photos)
    rows = sum(table.rows for table in done.tables)
    print(f"restored from {done.made_at}: {rows} rows, {done.photos} photos")
    return 0


async def _check(place: StoragePlace, options: Namespace) -> int:
    if options.file:
        done = await asyncio.to_thread(verify, options.file)
        print(f"{options.file}: whole, of {done.made_at}, {done.photos} photos")
        return 0
    photos = open_photos(place.photos_in, place.photos_endpoint)
    async with opened(place.database_url) as database:
        found = await check(database, photos)
    print(f"{found.interactions} interactions, {found.photos} photos, {found.orphans} orphans")
    _complain([f"trouble: {trouble}" for trouble in found.troubles], "more")
    return 1 if found.troubles else 0


async def _migrate(place: StoragePlace, _: Namespace) -> int:
    await asyncio.to_thread(migrate, place.database_url)
    print("The database is up to date.")
    return 0


async def _sweep_photos(place: StoragePlace, _: Namespace) -> int:
    store = await Store.open(place.database_url, place.photos_in, place.photos_endpoint)
    try:
        print(f"photos deleted: {await store.sweep_photos()}")
    finally:
        await store.close()
    return 0


def _complain(lines: Sequence[str], rest: str) -> None:
    for line in lines[:_LINES_SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > _LINES_SHOWN:
        print(f"… and {len(lines) - _LINES_SHOWN} {rest}", file=sys.stderr)


COMMANDS: Mapping[str, Callable[[StoragePlace, Namespace], Coroutine[None, None, int]]] = {
    "import": _import,
    "export": _export,
    "backup": _backup,
    "restore": _restore,
    "check": _check,
    "migrate": _migrate,
    "sweep-photos": _sweep_photos,
}
