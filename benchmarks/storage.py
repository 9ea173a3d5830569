"""`python -m benchmarks.storage`: how quick a database of a million interactions is.

Prints a page of `/history`, a search in it, and inserts by several processes at once, each with its
target. It all happens in a temporary folder (about 1 GB for a million rows).
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.tables import table
from storage.database import Database
from storage.migrate import migrate
from storage.past_types import Search, SearchWord
from storage.tables.interactions import InteractionTable
from storage.types import Who

PAGE_MS = 10.0
INSERT_MS = 5.0
_PAGE = 5
_ASKED = 60
_HEAVY, _USUAL = 10_000, 500  # rows of one person
_CODES = 5_000  # different ones of the person with many rows; of others nearly every one
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "channel, user_id, event_key, created_at, last_event, status, photo, candidates, models,"
    " timings_ms, code, code_key, brand, price_won, lead, taps"
)
_CANDIDATES = '[{"code":"DD1391-100","confidence":0.97,"quad":null,"alternatives":[]}]'


def main() -> int:
    """0 where every target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--inserts", type=int, default=250, help="by each writer")
    parser.add_argument("--pause-ms", type=float, default=20.0, help="of a writer after an insert")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pumbeon-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        migrate(url)
        _fill(Path(folder) / "bench.db", options.rows)
        pages = asyncio.run(_pages(url))
        inserts = _inserts(url, options.writers, options.inserts, options.pause_ms / 1000)
        still = _synced(Path(folder))
    pages[f"an insert, {options.writers} processes at once"] = (inserts, INSERT_MS)
    rows = [_row(what, times, limit) for what, (times, limit) in pages.items()]
    print(
        f"{options.rows:,} interactions in SQLite; the disk alone takes "
        f"{_share(still, 50):.1f} ms to keep a page (p50), {_share(still, 95):.1f} ms (p95)"
    )
    print(table(["what", "p50 ms", "p95 ms", "wanted, p95", "verdict"], rows))
    return 0 if all(row[-1] == "met" for row in rows) else 1


def _row(what: str, times: list[float], limit: float) -> list[str]:
    late = _share(times, 95)
    verdict = "met" if late < limit else "not met"
    return [what, f"{_share(times, 50):.1f}", f"{late:.1f}", f"< {limit:.0f}", verdict]


def _share(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]


def _fill(file: Path, rows: int) -> None:
    marks = ", ".join("?" * (_COLUMNS.count(",") + 1))
    connection = sqlite3.connect(file)
    with connection:
        insert = f"INSERT INTO interactions ({_COLUMNS}) VALUES ({marks})"
        connection.executemany(insert, _rows(rows))
    connection.execute("ANALYZE")
    connection.close()


def _rows(rows: int) -> Iterator[tuple[object, ...]]:
    people = max(rows // _USUAL, 1)
    every = max(rows // _HEAVY, 1)
    for number in range(rows):
        heavy = number % every == 0
        user = "heavy" if heavy else f"person-{number % people}"
        at = (_BEGAN + timedelta(seconds=number * 20)).strftime("%Y-%m-%d %H:%M:%S.000000")
        kind = number // every % _CODES if heavy else number // people
        code = f"DD{kind * 7919 % 4000:04}-{kind % 3}00"
        shown = ("confirmed", f"{number:064x}", _CANDIDATES, "{}", '{"read": 80.5}', code)
        key = code.replace("-", "")
        yield ("telegram", user, f"e{number}", at, "", *shown, key, "Nike", 129_000, 0, 1)


async def _pages(url: str) -> dict[str, tuple[list[float], float]]:
    database = await Database.open(url)
    rows = InteractionTable(database)
    nike = Search(((SearchWord(code="DD13"),),))
    found: dict[str, tuple[list[float], float]] = {}
    for name, user in (("many", "heavy"), ("a usual number of", "person-7")):
        who = Who("telegram", user)
        _, codes = await rows.codes(who, 0, _PAGE)
        asked: dict[str, list[tuple[int, Search | None]]] = {
            "first page": [(0, None)] * _ASKED,
            "later page": [(number * _PAGE % codes, None) for number in range(_ASKED)],
            "search": [(0, nike)] * _ASKED,
        }
        for what, questions in asked.items():
            times = [
                await _timed(rows.codes(who, offset, _PAGE, search)) for offset, search in questions
            ]
            found[f"/history, {what}, {name} rows"] = (times, PAGE_MS)
    await database.close()
    return found


async def _timed(asked: Awaitable[object]) -> float:
    began = time.perf_counter()
    await asked
    return (time.perf_counter() - began) * 1000


def _inserts(url: str, writers: int, inserts: int, pause_s: float) -> list[float]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(writers) as pool:
        jobs = [(url, f"writer-{number}", inserts, pause_s) for number in range(writers)]
        return [time_ms for times in pool.starmap(_write, jobs) for time_ms in times]


def _write(url: str, user: str, inserts: int, pause_s: float) -> list[float]:
    async def work() -> list[float]:
        database = await Database.open(url)
        rows, who, times = InteractionTable(database), Who("telegram", user), list[float]()
        for number in range(inserts):
            now = datetime.now(UTC)
            times.append(await _timed(rows.begin(who, f"new-{number}", now)))
            await asyncio.sleep(pause_s)
        await database.close()
        return times

    return asyncio.run(work())


def _synced(folder: Path) -> list[float]:
    """What one durable write costs on this disk, with nothing of ours around it."""
    times = []
    with (folder / "probe").open("wb", buffering=0) as file:
        for _ in range(100):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())
