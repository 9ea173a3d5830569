"""What can be done with what is stored, as commands of a program: names and flags.

`python -m storage` offers them with flags for the place, `pumbeon` over the place that the settings
name. Importing this is cheap; what a command needs is imported with the first one that runs.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from storage.settings import StoragePlace

Flags = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; `photos` says whether it touches photos, `also` is another name of it."""

    name: str
    help: str
    add_flags: Flags = lambda parser: None
    photos: bool = False
    also: tuple[str, ...] = ()


def run(command: Command, place: StoragePlace, options: argparse.Namespace) -> int:
    """Do it; the exit status. Raises `StorageError`."""
    from storage.commands import COMMANDS  # noqa: PLC0415 -- SQLAlchemy, Alembic and more

    return asyncio.run(COMMANDS[command.name](place, options))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX with a header line")
    parser.add_argument("--replace", action="store_true", help="remove rows that are not in it")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--format", choices=["jsonl", "parquet"], default="jsonl", help="default: %(default)s"
    )


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as pumbeon.tar.gz")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="BACKUP", nargs="?", help="one of `backup`")


IMPORT = Command("import", "load a price list", _import, also=("import-catalogue",))
EXPORT = Command("export", "one file for each table", _export)
BACKUP = Command("backup", "everything into one file, while the bot runs", _backup, photos=True)
RESTORE = Command("restore", "a backup into a new database", _restore, photos=True)
CHECK = Command("check", "is everything whole? or is a backup?", _check, photos=True)
MIGRATE = Command("migrate", "bring the tables up to date")
SWEEP = Command("sweep-photos", "delete photos that nothing names", photos=True)
