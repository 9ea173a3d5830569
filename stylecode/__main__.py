"""`python -m stylecode why [--crop] PHOTO…`: what spoke for and against each code on photos."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from recognizer.__main__ import main as recognizer  # the one place here that reads photos

_HELP = "what spoke for and against each code that was read"


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m recognizer read --why` by the name of what is asked for; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m stylecode", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("why", help=_HELP, add_help=False)
    _, rest = parser.parse_known_args(arguments)
    return recognizer(["read", "--why", *rest])


if __name__ == "__main__":
    raise SystemExit(main())
