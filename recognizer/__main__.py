"""`python -m recognizer read [--json] [--crop] PHOTO…`: the codes on photos, best first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from recognizer import flags
from recognizer.settings import RecognizerSettings
from surroundings import version
from surroundings.settings import EXIT_STATUS, WrongSettings, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0; 1 where a file could not be read, after all files are done; 2 for misuse."""
    parser = argparse.ArgumentParser(prog="python -m recognizer", description=__doc__)
    parser.add_argument("--version", action="version", version=version.text())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    flags.add_flags(commands.add_parser("read", help=flags.READ_HELP))
    options = parser.parse_args(arguments)
    try:
        return flags.run(load(RecognizerSettings), options)
    except WrongSettings as error:
        print(error, file=sys.stderr)
        return EXIT_STATUS


if __name__ == "__main__":
    raise SystemExit(main())
