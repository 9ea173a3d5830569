"""`python -m storage`: migrate, back up, restore, check, export, load a catalogue."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from storage.care.care import add_commands
from storage.catalogue.catalogue import CatalogueTable, ImportReport
from storage.database import DEFAULT_URL, Database
from storage.errors import StorageError
from storage.migrate import migrate
from storage.store import Store

DEFAULT_PHOTO_DIR = Path("data/photos")
_SHOWN_BAD_ROWS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 with a line on stderr when not."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except StorageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m storage", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    database = argparse.ArgumentParser(add_help=False)
    database.add_argument("--database-url", default=DEFAULT_URL, help="default: %(default)s")

    photos = argparse.ArgumentParser(add_help=False)
    photos.add_argument(
        *("--photo-store", "--photo-dir"),
        default=str(DEFAULT_PHOTO_DIR),
        help="folder, s3://bucket/prefix or gs://bucket/prefix; default: %(default)s",
    )
    photos.add_argument("--photo-store-endpoint", help="another service that speaks S3")

    step = commands.add_parser("migrate", parents=[database], help="bring the tables up to date")
    step.set_defaults(run=_migrate)

    step = commands.add_parser("import-catalogue", parents=[database], help="load a price list")
    step.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX with a header line")
    step.add_argument("--replace", action="store_true", help="remove rows that FILE does not have")
    step.set_defaults(run=_import_catalogue)

    step = commands.add_parser(
        "sweep-photos", parents=[database, photos], help="delete photos that nothing names"
    )
    step.set_defaults(run=_sweep_photos)
    add_commands(commands, database, photos)
    return parser


def _migrate(options: argparse.Namespace) -> int:
    migrate(options.database_url)
    print("The database is up to date.")
    return 0


def _import_catalogue(options: argparse.Namespace) -> int:
    report = asyncio.run(_import(options.database_url, options.file, options.replace))
    print(f"added {report.added}, updated {report.updated}, removed {report.removed}")
    for row in report.bad[:_SHOWN_BAD_ROWS]:
        print(f"{options.file}:{row.line}: left out: {row.reason}", file=sys.stderr)
    if len(report.bad) > _SHOWN_BAD_ROWS:
        print(f"… and {len(report.bad) - _SHOWN_BAD_ROWS} more rows", file=sys.stderr)
    return 0


async def _import(url: str, file: Path, replace: bool) -> ImportReport:
    await asyncio.to_thread(migrate, url)
    database = await Database.open(url)
    try:
        return await CatalogueTable(database).import_csv(file, replace)
    finally:
        await database.close()


def _sweep_photos(options: argparse.Namespace) -> int:
    print(f"photos deleted: {asyncio.run(_sweep(options))}")
    return 0


async def _sweep(options: argparse.Namespace) -> int:
    where = options.photo_store, options.photo_store_endpoint
    store = await Store.open(options.database_url, *where)
    try:
        return await store.sweep_photos()
    finally:
        await store.close()


if __name__ == "__main__":
    sys.exit(main())
