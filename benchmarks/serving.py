"""Time and memory of the serving pipeline over many photos, in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from pathlib import Path

from benchmarks.tables import quantile, table
from recognizer.pipeline import Pipeline

SAMPLE = Path(__file__).parent.parent / "bot" / "web" / "static" / "sample-tag.jpg"


def report(count: int) -> str:
    """Read the sample photo `count` times in a fresh process: times, and memory on the way."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        times, half, whole = pool.apply(_soak, (count,))
    rows = [
        ["ms a photo, p50 / p95", f"{quantile(times, 0.5):.0f} / {quantile(times, 0.95):.0f}"],
        [f"memory after {count // 2} photos, MB", f"{half:.0f}"],
        [f"memory after {count} photos, MB", f"{whole:.0f}"],
        ["photos a second, one after the other", f"{1000 * count / sum(times):.1f}"],
    ]
    return table([f"serving, {count} photos of 1280x960", "figure"], rows)


def _soak(count: int) -> tuple[list[float], float, float]:
    pipeline, data = Pipeline.load(), SAMPLE.read_bytes()
    times, half = [], 0.0
    for number in range(count):
        started = time.perf_counter()
        pipeline.read_bytes(data)
        times.append((time.perf_counter() - started) * 1000)
        if number == count // 2:
            half = _peak_mb()
    return times, half, _peak_mb()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
