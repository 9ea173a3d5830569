"""`python -m benchmarks.admin`: how quick the operator's pages are over a million interactions.

Fills a temporary SQLite file (about 2 GB for a million rows), counts all days while entries are
written, and prints how long each question of a page takes. Exit status 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import get_args

from benchmarks.tables import table
from storage.migrate import migrate
from storage.overview_types import By, day_of
from storage.store import Store
from storage.types import Who

ADMIN_MS = 200.0
"""A page that asks five such questions is there within a second."""
_SPANS = (7, 30, 90)
_ADMIN_ASKED = 20  # times each question is asked
_ALL_ROWS, _FEW_ROWS = 1_000_000, 20_000
_FULL_DAYS = 365  # that the rows are spread over
_NOW = datetime(2026, 11, 18, 3, tzinfo=UTC)

Question = Callable[[], Awaitable[object]]

# 60 % of people say that the first code is right; the candidates are as long as those of photos.
_FILL = """
WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :rows)
INSERT INTO interactions (channel, user_id, event_key, created_at, updated_at, last_event, status,
  photo, candidates, models, timings_ms, code, code_key, brand, price_won, lead, taps, auto_code)
SELECT
  CASE i % 10 WHEN 0 THEN 'kakao' WHEN 1 THEN 'web' ELSE 'telegram' END,
  'person-' || (i * 7919 % (:rows / 100 + 1)), 'e' || i,
  strftime('%Y-%m-%d %H:%M:%S.000000', :since + i * :step, 'unixepoch'),
  strftime('%Y-%m-%d %H:%M:%S.000000', :since + i * :step + 30, 'unixepoch'), '',
  CASE WHEN i % 20 = 0 THEN 'none_found' WHEN i % 10 < 6 THEN 'confirmed' WHEN i % 10 = 6
    THEN 'edited' WHEN i % 10 = 7 THEN 'refused' WHEN i % 50 = 8 THEN 'typed' ELSE 'read' END,
  CASE WHEN i % 50 = 8 THEN NULL ELSE printf('%064x', i) END,
  CASE WHEN i % 20 = 0 OR i % 50 = 8 THEN '[]' ELSE
    '[{"code":"DD' || printf('%04d', i % 5000) || '-100",' || :candidate || '},' ||
    '{"code":"DD' || printf('%04d', i % 5000) || '-108",' || :candidate || '}]' END,
  CASE WHEN i % 50 = 8 THEN '{}' ELSE '{"finder":"f-3","reader":"r-' || (i * 4 / :rows) || '"}' END,
  '{"read":80.5}',
  CASE WHEN i % 10 < 7 AND i % 20 OR i % 50 = 8 THEN 'DD' || printf('%04d', i % 5000) || '-100' END,
  CASE WHEN i % 10 < 7 AND i % 20 OR i % 50 = 8 THEN 'DD' || printf('%04d', i % 5000) || '100' END,
  CASE WHEN i % 20 THEN 'brand ' || (i / 10 % 40) END, 129000, 0, i % 4,
  CASE WHEN i % 3 = 0 AND i % 20 THEN 'DD' || printf('%04d', i % 5000) || '-100' END
FROM numbers
"""
_PLACE = '[["0",0.97],["O",0.02],["D",0.01]]'
_CANDIDATE = (
    '"confidence":0.97,"quad":[[1,2],[90,2],[90,30],[1,30]],"alternatives":['
    + ",".join([_PLACE] * 10)
    + '],"witnesses":0,"written":false'
)


def overview_questions(store: Store) -> Iterator[tuple[str, Question]]:
    """What the first page asks."""
    for days in _SPANS:
        since, until = day_of(_NOW - timedelta(days=days - 1)), day_of(_NOW)
        for by in get_args(By):
            name = f"/admin, {days} days by {by}"
            yield name, partial(store.overview.figures, since, until, by)
    yield "counting where nothing changed", partial(store.overview.recount, _NOW)


PAGES = (overview_questions,)
"""By page: what it asks. A new page adds its own here."""


def main() -> int:
    """0 where every target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.admin", description=__doc__)
    parser.add_argument("--rows", type=int, default=_ALL_ROWS)
    parser.add_argument("--short", action="store_true", help=f"with {_FEW_ROWS:,} rows")
    options = parser.parse_args()
    rows = _FEW_ROWS if options.short else options.rows
    with tempfile.TemporaryDirectory(prefix="pumbeon-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        migrate(url)
        began = time.perf_counter()
        fill(Path(folder) / "bench.db", rows)
        print(f"{rows:,} interactions written in {time.perf_counter() - began:.0f} s")
        times = asyncio.run(_measured(url, Path(folder) / "photos"))
    told = [_told(what, found) for what, found in times.items()]
    print(table(["what", "p50 ms", "p95 ms", "most ms", "wanted, p95", "verdict"], told))
    return 0 if all(row[-1] == "met" for row in told) else 1


def fill(file: Path, rows: int) -> None:
    """So many interactions, evenly over a year that ends now. Indices are made afterwards."""
    step = timedelta(days=_FULL_DAYS).total_seconds() / rows
    since = (_NOW - timedelta(days=_FULL_DAYS)).timestamp()
    values = {"rows": rows, "since": since, "step": step, "candidate": _CANDIDATE}
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    made = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'interactions' AND type = 'index'"
    indices = connection.execute(f"{made} AND sql IS NOT NULL").fetchall()
    with connection:
        for name, _ in indices:
            connection.execute(f"DROP INDEX {name}")
        connection.execute(_FILL, values)
        for _, statement in indices:
            connection.execute(statement)
    connection.execute("ANALYZE")
    connection.close()
    with file.open("rb") as written:
        os.fsync(written.fileno())  # or the first commit that is measured waits for all of it


async def _measured(url: str, photos: Path) -> Mapping[str, list[float]]:
    store = await Store.open(url, photos)
    began = time.perf_counter()
    times = {"an entry while all days are counted": await _while_counting(store)}
    await store.overview.recount(_NOW + timedelta(minutes=30))  # what came in meanwhile
    print(f"all days counted in {time.perf_counter() - began:.1f} s")
    for page in PAGES:
        for what, question in page(store):
            times[what] = [await _timed(question()) for _ in range(_ADMIN_ASKED)]
    await store.close()
    return times


async def _while_counting(store: Store) -> list[float]:
    counting = asyncio.create_task(store.overview.recount(_NOW))
    times: list[float] = []
    while not counting.done() or not times:
        new = store.interactions.begin(Who("web", "writer"), f"new-{len(times)}", _NOW)
        times.append(await _timed(new))
        await asyncio.sleep(0.02)
    await counting
    return times


async def _timed(asked: Awaitable[object]) -> float:
    began = time.perf_counter()
    await asked
    return (time.perf_counter() - began) * 1000


def _told(what: str, times: list[float]) -> list[str]:
    parts = statistics.quantiles([*times, times[-1]], n=100, method="inclusive")
    late, most = parts[94], max(times)
    verdict = "met" if late <= ADMIN_MS else "not met"
    middle = f"{parts[49]:.1f}"
    return [what, middle, f"{late:.1f}", f"{most:.1f}", f"≤ {ADMIN_MS:.0f}", verdict]


if __name__ == "__main__":
    sys.exit(main())
