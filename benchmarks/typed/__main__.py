"""`python -m benchmarks.typed [FILE]`: the share of typed messages that are understood.

Without a file, of messages made of the grammar: a code of each pattern in each of some messages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.errors import MessagesUnreadable
from benchmarks.typed.messages import made_messages, messages_of
from benchmarks.typed.report import MADE, understood


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typed", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="messages and what is meant, as TSV")
    parser.add_argument("--seed", type=int, default=7, help="of made messages")
    parser.add_argument("--verbose", action="store_true", help="list what was not understood")
    options = parser.parse_args(arguments)
    try:
        file: Path | None = options.file
        messages = messages_of(file) if file else made_messages(options.seed)
    except MessagesUnreadable as error:
        print(error, file=sys.stderr)
        return 1
    print(understood(messages, file.name if file else MADE, verbose=options.verbose))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
