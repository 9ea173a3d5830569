"""`pumbeon COMMAND`, and `python -m bot`, which serves where no command is named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import entry_points

from bot.program import commands
from bot.running.errors import StartError
from bot.settings import Settings, load
from bot.talk.errors import SettingsError
from recognizer.errors import ModelError
from recognizer.flags import READ_HELP
from recognizer.flags import add_flags as add_read_flags
from storage.errors import DatabaseUrlError, StorageError
from storage.flags import BACKUP, CHECK, EXPORT, IMPORT, RESTORE
from stylecode.grammar.normalise import key as code_key
from surroundings import version
from surroundings.settings import EXIT_STATUS

_FURTHER = "pumbeon.commands"
"""The group of entry points by which rooms that the bot knows nothing of add commands."""

FAILED = 1
INTERRUPTED = 130  # as shells tell of a program that Ctrl-C ended

Run = Callable[[Settings, argparse.Namespace], int]


def main(
    arguments: Sequence[str] | None = None, program: str = "pumbeon", default: str | None = None
) -> int:
    """Run one command, `default` where nothing is said.

    The exit status: 0; 1 where it could not be done, after a line on standard error that says why;
    2 for wrong settings, after a line for each, and for wrong flags; 130 for Ctrl-C.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if default and not words:
        words = [default]
    options = parser(program).parse_args(words)
    run: Run = options.run
    try:
        return run(load(), options)
    except (SettingsError, ModelError) as error:
        return _told(str(error), EXIT_STATUS)
    except DatabaseUrlError as error:
        return _told(f"DATABASE_URL: {error}", EXIT_STATUS)
    except (StartError, StorageError, commands.Failed) as error:
        return _told(str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def parser(program: str) -> argparse.ArgumentParser:
    """The command line."""
    whole = argparse.ArgumentParser(
        program,
        description="A chatbot that reads the style code on a photo of a shoe tag and answers "
        "with prices. All settings are environment variables, also read from .env in the folder "
        "that it is started in.",
        epilog="Exit status: 0; 1 where it could not be done; 2 for wrong settings or flags.",
    )
    whole.add_argument("--version", action="version", version=version.text())
    steps = whole.add_subparsers(required=True, metavar="COMMAND")
    _add(steps, "serve", commands.serve, "serve the web chat, Telegram and KakaoTalk")
    add_read_flags(_add(steps, "read", commands.read, READ_HELP))
    step = _add(steps, "price", commands.price, "ask all sources what a style code costs")
    step.add_argument("code", metavar="CODE", type=_code, help="such as DD1391-100")
    for command in (IMPORT, EXPORT, BACKUP, RESTORE, CHECK):
        run = partial(commands.stored, command)
        command.add_flags(_add(steps, command.name, run, command.help))
    for entry in entry_points(group=_FURTHER):
        more = entry.load()
        more.add_flags(_add(steps, entry.name, partial(commands.further, more), more.HELP))
    step = _add(steps, "status", commands.status, "how the price sources of a running bot do")
    step.add_argument(
        "--server", metavar="URL", help="of another one than WEB_HOST and WEB_PORT say"
    )
    return whole


def _add(
    steps: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Run,
    text: str,
) -> argparse.ArgumentParser:
    step = steps.add_parser(name, help=text, description=text)
    step.add_argument("--version", action="version", version=version.text())
    step.set_defaults(run=run)
    return step


def _code(text: str) -> str:
    if not code_key(text):
        raise argparse.ArgumentTypeError("must hold letters A-Z or digits, such as DD1391-100")
    return text.strip()


def _told(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status
