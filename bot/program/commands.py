"""What the commands of `pumbeon` do, by the settings; the rooms do the work.

Each gives the exit status. What it needs is imported when it runs.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Protocol

from bot.running import logs
from bot.settings import Settings
from storage import flags as storing


class Failed(Exception):
    """A command could not be done; one line that says why."""


def serve(settings: Settings, _: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT. Raises `SettingsError`, `StartError`, `ModelError`."""
    from bot.app import serve  # noqa: PLC0415 -- all channels, the networks' runtime

    logs.start(settings.log_level, settings.secrets())
    asyncio.run(serve(settings, _announce))
    return 0


def read(settings: Settings, options: argparse.Namespace) -> int:
    """Read photos from files."""
    from recognizer.flags import run  # noqa: PLC0415

    _quiet(settings)
    return run(settings, options)


def price(settings: Settings, options: argparse.Namespace) -> int:
    """Print the offers for a code. Raises `SettingsError`, `DatabaseError`."""
    from bot.program.prices import answered  # noqa: PLC0415 -- HTTP, SQLAlchemy
    from lookup.listing import table  # noqa: PLC0415

    _quiet(settings)
    print(table(asyncio.run(answered(settings, options.code))))
    return 0


def stored(command: storing.Command, settings: Settings, options: argparse.Namespace) -> int:
    """A command over what is stored. Raises `StorageError`."""
    _quiet(settings)
    return storing.run(command, settings.place, options)


def status(settings: Settings, options: argparse.Namespace) -> int:
    """How the sources of a bot that runs do. Raises `Failed` where none answers."""
    from lookup.status import NoMetrics, shown  # noqa: PLC0415

    try:
        print(shown(settings, options.server))
    except NoMetrics as error:
        raise Failed(str(error)) from error
    return 0


class Further(Protocol):
    """A command of a room that the bot knows nothing of; it reads its own settings."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit status."""
        ...


def further(command: Further, settings: Settings, options: argparse.Namespace) -> int:
    """Run it."""
    _quiet(settings)
    return command.run(options)


def _announce(url: str) -> None:
    print(f"Pumbeon is ready: {url}", flush=True)


def _quiet(settings: Settings) -> None:
    """Log warnings only, beside what a command prints, unless LOG_LEVEL says otherwise."""
    named = "log_level" in settings.model_fields_set
    logs.start(settings.log_level if named else "WARNING", settings.secrets())
