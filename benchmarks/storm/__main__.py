"""`python -m benchmarks.storm`: what the bot stands, as tables with verdicts.

Real `python -m bot` processes over strict stand-ins of Telegram, KakaoTalk and the page. It ends
with 1 where one of the verdicts is not met. Linux only: it asks /proc, and bounds other processes.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.storm.crashes import StormSize, crashes
from benchmarks.storm.load import Load, load
from benchmarks.storm.report import Row, met, shown
from benchmarks.storm.strangers import strangers

LONG = StormSize(people=200, photos_each=10, texts_each=5, kills=50)
"""2,000 photos and 2,000 texts and presses; a press follows each photo that was read."""

SHORT = StormSize(people=30, photos_each=3, texts_each=4, kills=8)
_STORM_PARTS = ("crashes", "load", "strangers")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm", description=__doc__)
    parser.add_argument("--short", action="store_true", help="within ten minutes")
    parser.add_argument(
        "--part", action="append", choices=_STORM_PARTS, help="only this; again: more"
    )
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--processes", type=int, default=1, help="over one database")
    parser.add_argument("--folder", type=Path, help="keep logs and data in this new folder")
    parser.add_argument("--seed", type=int, default=22, help="of what happens when")
    return parser


async def run(part: str, folder: Path, options: argparse.Namespace) -> list[Row]:
    """One part, with everything in `folder`."""
    tables = options.database or f"sqlite+aiosqlite:///{folder}/storm.db"
    processes: int = options.processes
    if part == "crashes":
        size = SHORT if options.short else LONG
        sized = StormSize(*(size.people, size.photos_each, size.texts_each, size.kills), processes)
        return await crashes(folder, tables, sized, options.seed)
    if part == "load":
        lasting = 10.0 if options.short else 60.0
        return await load(folder, tables, Load(lasting, processes), options.seed)
    lasting = 20.0 if options.short else 60.0
    return await strangers(folder, tables, lasting, options.seed)


@contextmanager
def _folder(kept: Path | None, part: str) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="storm-") as folder:
            yield Path(folder)
        return
    (kept / part).mkdir(parents=True)
    yield kept / part


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    options = _parser().parse_args(arguments)
    # A killed process leaves its calls to the stand-ins half sent; that is no news.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    all_met = True
    for part in options.part or _STORM_PARTS:
        since = perf_counter()
        with _folder(options.folder, part) as folder:
            rows = asyncio.run(run(part, folder, options))
        print(shown(f"{part}, {perf_counter() - since:.0f} s", rows) + "\n", flush=True)
        all_met = all_met and met(rows)
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
