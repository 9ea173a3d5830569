"""The commands of `python -m storage` that keep and move what is stored."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from storage.care.backup import back_up, opened
from storage.care.check import check
from storage.care.export import export
from storage.care.restore import restore, verify
from storage.photos.photo_store import open_photos

_SHOWN = 20
Commands = Any  # argparse does not name the type of `add_subparsers`


def add_commands(
    commands: Commands, database: argparse.ArgumentParser, photos: argparse.ArgumentParser
) -> None:
    """Add backup, restore, check and export to a parser."""
    both = [database, photos]
    step = commands.add_parser("backup", parents=both, help="everything into one file, bot running")
    step.add_argument("file", type=Path, metavar="FILE", help="such as pumbeon.tar.gz")
    step.set_defaults(run=_run(_backup))
    step = commands.add_parser("restore", parents=both, help="a backup into a new database")
    step.add_argument("file", type=Path, metavar="FILE")
    step.set_defaults(run=_run(_restore))
    step = commands.add_parser("check", parents=both, help="is everything whole? or is a backup?")
    step.add_argument("file", type=Path, metavar="BACKUP", nargs="?")
    step.set_defaults(run=_run(_check))
    step = commands.add_parser("export", parents=[database], help="one file for each table")
    step.add_argument("folder", type=Path, metavar="FOLDER")
    step.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    step.set_defaults(run=_run(_export))


def _run(
    command: Callable[[argparse.Namespace], Coroutine[Any, Any, int]],
) -> Callable[[argparse.Namespace], int]:
    return lambda options: asyncio.run(command(options))


async def _backup(options: argparse.Namespace) -> int:
    photos = open_photos(options.photo_store, options.photo_store_endpoint)
    async with opened(options.database_url) as database:
        done = await back_up(database, photos, options.file)
    rows = sum(table.rows for table in done.tables)
    print(f"{options.file}: {rows} rows, {done.photos} photos")
    if done.missing:
        print(f"{done.missing} photos that rows name were not there", file=sys.stderr)
    return 0


async def _restore(options: argparse.Namespace) -> int:
    photos = open_photos(options.photo_store, options.photo_store_endpoint)
    done = await restore(options.file, options.database_url, photos)
    rows = sum(table.rows for table in done.tables)
    print(f"restored from {done.made_at}: {rows} rows, {done.photos} photos")
    return 0


async def _check(options: argparse.Namespace) -> int:
    if options.file:
        done = await asyncio.to_thread(verify, options.file)
        print(f"{options.file}: whole, of {done.made_at}, {done.photos} photos")
        return 0
    photos = open_photos(options.photo_store, options.photo_store_endpoint)
    async with opened(options.database_url) as database:
        found = await check(database, photos)
    print(f"{found.interactions} interactions, {found.photos} photos, {found.orphans} orphans")
    for trouble in found.troubles[:_SHOWN]:
        print(f"trouble: {trouble}", file=sys.stderr)
    if len(found.troubles) > _SHOWN:
        print(f"… and {len(found.troubles) - _SHOWN} more", file=sys.stderr)
    return 1 if found.troubles else 0


async def _export(options: argparse.Namespace) -> int:
    async with opened(options.database_url) as database:
        counts = await export(database, options.folder, options.format)
    for table, rows in counts.items():
        print(f"{options.folder / table}.{options.format}: {rows}")
    return 0
