"""Time and memory of the serving pipeline over many photos, in a process of its own.

`python -m benchmarks.serving COUNT` is that process; it prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import quantile, table
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline

SAMPLE = Path(__file__).parent.parent / "bot" / "web" / "static" / "sample-tag.jpg"


@dataclass(frozen=True, slots=True)
class ServingFigures:
    """Time (milliseconds) and peak memory (megabytes) of reading one photo `count` times."""

    count: int
    ms_p50: float
    ms_p95: float
    half_mb: float
    whole_mb: float
    per_second: float


def measure(count: int, weights: Path = WEIGHTS) -> ServingFigures:
    """Read the sample photo `count` times in a fresh process: times, and memory on the way."""
    command = [sys.executable, "-m", "benchmarks.serving", str(count), str(weights)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1200)
    found = json.loads(done.stdout)
    times = found["ms"]
    return ServingFigures(
        count=count,
        ms_p50=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
        half_mb=found["half_mb"],
        whole_mb=found["whole_mb"],
        per_second=1000 * count / sum(times),
    )


def report(found: ServingFigures) -> str:
    """A table of two columns."""
    rows = [
        ["ms a photo, p50 / p95", f"{found.ms_p50:.0f} / {found.ms_p95:.0f}"],
        [f"peak memory after {found.count // 2} photos, MB", f"{found.half_mb:.0f}"],
        [f"peak memory after {found.count} photos, MB", f"{found.whole_mb:.0f}"],
        ["photos a second, one after the other", f"{found.per_second:.1f}"],
    ]
    return table([f"serving, {found.count} photos of 1280x960", "figure"], rows)


def soak(count: int, weights: Path) -> dict[str, object]:
    """Milliseconds of each of `count` readings, and the peak memory half-way and at the end."""
    pipeline, data = Pipeline.load(ModelFiles(weights)), SAMPLE.read_bytes()
    times, half = [], 0.0
    for number in range(count):
        started = time.perf_counter()
        pipeline.read_bytes(data)
        times.append((time.perf_counter() - started) * 1000)
        if number + 1 == count // 2:
            half = _peak_mb()
    return {"ms": times, "half_mb": half, "whole_mb": _peak_mb()}


def _peak_mb() -> float:
    """The greatest resident size of this process so far.

    Not `ru_maxrss` where the kernel tells more: that begins with what the parent process had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(soak(int(sys.argv[1]), Path(sys.argv[2]))))
