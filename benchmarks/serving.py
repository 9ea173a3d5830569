"""Time, throughput and memory of the serving process over many photos, in a process of its own.

`python -m benchmarks.serving COUNT THREADS WEIGHTS` is that process: it takes the names of pictures
on stdin, a line each, imports all that the server imports, reads them through `LocalReader`, and
prints one JSON object. A rival is measured in one process, too, one photo after the other.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path

from benchmarks.memory import peak_mb
from benchmarks.rivals import RapidRelease
from benchmarks.tables import quantile, table
from recognizer.local import LocalReader
from recognizer.models import WEIGHTS, ModelFiles

WAITING = 60  # photos that wait at once


@dataclass(frozen=True, slots=True)
class ServingFigures:
    """Time (milliseconds), peak memory (megabytes) and photos a second of the serving process.

    `count` photos one after the other, `different` of them different; then `waiting` at once.
    `peak_mb` is of the whole.
    """

    count: int
    ms_p50: float
    ms_p95: float
    half_mb: float
    whole_mb: float
    per_second: float
    different: int = 1
    waiting: int = 0
    waiting_per_second: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class RivalServing:
    """Photos a second and peak memory (megabytes) of a rival in one process, on `count` photos."""

    reader: str
    count: int
    per_second: float
    peak_mb: float


def measure(
    files: Sequence[Path], count: int, threads: int = 2, weights: Path = WEIGHTS
) -> ServingFigures:
    """Read `count` of the pictures in a fresh process: times, and memory on the way."""
    command = [sys.executable, "-m", "benchmarks.serving", *map(str, (count, threads, weights))]
    names = "\n".join(str(file.resolve()) for file in files)
    done = subprocess.run(
        command, input=names, stdout=subprocess.PIPE, text=True, check=True, timeout=3600
    )
    found = json.loads(done.stdout)
    times = found["ms"]
    return ServingFigures(
        count=count,
        ms_p50=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
        half_mb=found["half_mb"],
        whole_mb=found["whole_mb"],
        per_second=1000 * count / sum(times),
        different=found["different"],
        waiting=found["waiting"],
        waiting_per_second=found["waiting_per_second"],
        peak_mb=found["peak_mb"],
    )


def of_rival(release: RapidRelease, files: Sequence[Path], threads: int = 2) -> RivalServing:
    """The same photos in a fresh process of RapidOCR's, all of its threads for each.

    Raises BenchmarkError.
    """
    with release.start(threads) as worker:
        worker.ask("photo", files[:1])
        answers = [worker.ask("photo", [file])[0][0] for file in files]
        seconds = sum(answer.ms for answer in answers) / 1000
        return RivalServing(release.name, len(files), len(files) / seconds, worker.peak_mb)


def report(found: ServingFigures, what: str = "photos", rival: RivalServing | None = None) -> str:
    """A table of two columns, or of three with a rival on the same photos."""
    rows = [
        ["ms a photo, p50 / p95", f"{found.ms_p50:.0f} / {found.ms_p95:.0f}"],
        ["photos a second, one after the other", f"{found.per_second:.1f}"],
        [f"peak memory after {found.count // 2} photos, MB", f"{found.half_mb:.0f}"],
        [f"peak memory after {found.count} photos, MB", f"{found.whole_mb:.0f}"],
        ["growth from half to whole, MB", f"{found.whole_mb - found.half_mb:.0f}"],
    ]
    if found.waiting_per_second is not None:
        told = f"{found.waiting_per_second:.1f}"
        rows.append([f"photos a second, {found.waiting} different ones waiting", told])
    if found.peak_mb is not None:
        rows.append(["peak memory of the whole, MB", f"{found.peak_mb:.0f}"])
    title = f"serving, {found.count} {what}, {found.different} different"
    if rival is None:
        return table([title, "figure"], rows)
    cells = [*["-"] * (len(rows) - 2), f"{rival.per_second:.1f}", f"{rival.peak_mb:.0f}"]
    beside = [[*row, cell] for row, cell in zip(rows, cells, strict=True)]
    return table([title, "ours", f"{rival.reader}, one after the other"], beside)


async def soak(files: Sequence[Path], count: int, threads: int, weights: Path) -> dict[str, object]:
    """Milliseconds of each of `count` readings and peak memory on the way; then many at once."""
    import_module("bot.app")  # what the server has in memory beside the reader
    reader = await LocalReader.start(ModelFiles(weights), threads, waiting=WAITING)
    await reader.warm()
    times, half = [], 0.0
    for number, file in enumerate(islice(cycle(files), count)):
        data = file.read_bytes()
        started = time.perf_counter()
        await reader.read(data)
        times.append((time.perf_counter() - started) * 1000)
        if number + 1 == count // 2:
            half = peak_mb()
    whole = peak_mb()
    waiting = [file.read_bytes() for file in files[:WAITING]]
    seconds = await _all_at_once(reader, waiting)
    await reader.close()
    return {
        "ms": times,
        "half_mb": half,
        "whole_mb": whole,
        "different": min(count, len(files)),
        "waiting": len(waiting),
        "waiting_per_second": len(waiting) / seconds,
        "peak_mb": peak_mb(),
    }


async def _all_at_once(reader: LocalReader, waiting: list[bytes]) -> float:
    """Seconds until the last of them is read."""
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for data in waiting:
            group.create_task(reader.read(data))
    return time.perf_counter() - started


if __name__ == "__main__":
    given = [Path(line) for line in sys.stdin.read().splitlines()]
    found = soak(given, int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps(asyncio.run(found)))
