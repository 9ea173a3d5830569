"""`python -m storage`: migrate, back up, restore, check, export, load a catalogue.

The database and the photos are those of the environment and `.env`, unless flags name others.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial

from storage.errors import StorageError
from storage.flags import (
    BACKUP,
    CHECK,
    EXPORT,
    IMPORT,
    MIGRATE,
    RESTORE,
    SWEEP,
    Command,
    run,
)
from storage.settings import StoragePlace, StorageSettings
from surroundings import version
from surroundings.settings import EXIT_STATUS, WrongSettings, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it went well, 1 with a line on stderr when not, 2 for misuse."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(_place(options), options))
    except WrongSettings as error:
        print(error, file=sys.stderr)
        return EXIT_STATUS
    except StorageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m storage", description=__doc__)
    parser.add_argument("--version", action="version", version=version.text())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    database = argparse.ArgumentParser(add_help=False)
    database.add_argument("--database-url", metavar="URL", help="default: DATABASE_URL")
    photos = argparse.ArgumentParser(add_help=False)
    photos.add_argument(
        *("--photo-store", "--photo-dir"),
        metavar="PLACE",
        help="folder, s3://bucket/prefix or gs://bucket/prefix; default: PHOTO_STORE or PHOTO_DIR",
    )
    photos.add_argument(
        "--photo-store-endpoint",
        metavar="URL",
        help="another service that speaks S3; default: PHOTO_STORE_ENDPOINT",
    )
    for command in (MIGRATE, IMPORT, SWEEP, BACKUP, RESTORE, CHECK, EXPORT):
        _add(commands, command, [database, photos] if command.photos else [database])
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    command: Command,
    parents: Sequence[argparse.ArgumentParser],
) -> None:
    step = commands.add_parser(
        command.name, parents=parents, help=command.help, aliases=command.also
    )
    command.add_flags(step)
    step.set_defaults(run=partial(run, command))


def _place(options: argparse.Namespace) -> StoragePlace:
    """Flags go before settings. Raises `WrongSettings`."""
    told = load(StorageSettings).place
    return StoragePlace(
        options.database_url or told.database_url,
        getattr(options, "photo_store", None) or told.photos_in,
        getattr(options, "photo_store_endpoint", None) or told.photos_endpoint,
    )


if __name__ == "__main__":
    sys.exit(main())
