"""One cycle of learning: collect, clean, teach, judge, promote; and the watch afterwards.

Each step is named after the cycle, so a cycle that was cut off at any moment goes on with the step
that is missing. Promoting comes last: whatever fails before leaves the version that serves.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from recognizer.records.files import write_whole
from storage.errors import LessonSetError
from training.errors import CycleError, NotBetterError, TooFewLessonsError
from training.learning import autolabel as labelling
from training.learning.clean import told
from training.learning.steps import Workbench, cleaned, collected, judged, opened, promoted, taught
from training.learning.watching import Watched, watched

Tell = Callable[[str], None]

_FOR_GOOD = (LessonSetError, TooFewLessonsError, NotBetterError)
"""After these the next cycle begins anew; after all else, a kill -9 included, it goes on."""

_STATE = "cycle.json"
_TAUGHT = "taught"  # a file beside the weights, once they are whole and calibrated


def cycle(bench: Workbench, tell: Tell, now: datetime | None = None) -> str:
    """Run one, or go on with the one that was cut off; the version that was promoted.

    Raises what its steps raise, `NotBetterError` with the table where the new version is refused,
    and `CycleError` where another cycle runs on the same folder.
    """
    bench.runs.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(bench.runs / ".lock", timeout=0):
            name = _begun(bench.runs, now or datetime.now(UTC))
            try:
                _steps(bench, name, tell)
                promoted(bench.settings.versions(), name)
            except _FOR_GOOD:
                _end(bench.runs)
                raise
            _end(bench.runs)
            tell(f"version {name} serves now")
            return name
    except Timeout:
        raise CycleError(f"another cycle runs in {bench.runs}") from None


def _begun(runs: Path, now: datetime) -> str:
    """The name of the cycle that was cut off, or of a new one."""
    with suppress(OSError, ValueError, KeyError):
        return str(json.loads((runs / _STATE).read_text(encoding="utf-8"))["cycle"])
    name = now.strftime("c%Y%m%d-%H%M%S")
    write_whole(runs / _STATE, json.dumps({"cycle": name}) + "\n")
    return name


def _end(runs: Path) -> None:
    (runs / _STATE).unlink(missing_ok=True)


def _steps(bench: Workbench, name: str, tell: Tell) -> None:
    sets, versions = bench.settings.sets(), bench.settings.versions()
    raw, clean = f"{name}-raw", name
    kept = sets.names()
    if raw not in kept and clean not in kept:
        tell(f"{_autolabelled(bench)} photos are labelled by agreeing readers")
        tell(f"set {raw}: {dict(collected(bench, raw).counts)}")
    if clean not in kept:
        cleaned(bench, raw, clean)
        tell(f"set {clean}: {told(sets.rows(clean))}")
    if raw in sets.names():
        sets.remove(raw)  # the cleaned one has all of it
    marker = bench.run(name) / _TAUGHT
    if not marker.exists():
        taught(bench, clean, name)
        marker.touch()
    if name not in {version.name for version in versions.versions()}:
        tell(judged(bench, clean, name).told())


def _autolabelled(bench: Workbench) -> int:
    async def run() -> int:
        async with opened(bench.settings) as store:
            return await labelling.autolabel(store, datetime.now(UTC))

    return asyncio.run(run())


def watch(bench: Workbench, now: datetime | None = None) -> tuple[Watched | None, str | None]:
    """Look once: what people said, and the version that serves again where one goes back."""

    async def look() -> Watched | None:
        async with opened(bench.settings) as store:
            return await watched(store, bench.settings.versions(), now or datetime.now(UTC))

    found = asyncio.run(look())
    if found is None or not found.goes_back:
        return found, None
    return found, bench.settings.versions().rollback() or "the shipped weights"
