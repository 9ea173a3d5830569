"""Accuracy and time on whole photos of tags, drawn in fonts that training never sees."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from benchmarks.tables import percent, quantile, table
from recognizer.pipeline import Pipeline
from stylecode import key
from training.fonts import FontPool
from training.scenes import Scene
from training.scenes.evalset import held_out_scenes


@dataclass(frozen=True, slots=True)
class SceneResult:
    """What was read on one drawn photo."""

    scene: Scene
    codes: tuple[str, ...]
    lines: tuple[str, ...]
    ms: float

    def right_within(self, first: int) -> bool:
        """Whether one of the first codes is right; no code is right where there is none."""
        if self.scene.code is None:
            return not self.codes
        truths = {key(self.scene.code), key(self.scene.printed)}
        return any(key(code) in truths for code in self.codes[:first])


def coded_and_bare(pool: FontPool, count: int, seed: int, letters_px: float) -> Iterator[Scene]:
    """`count` photos with a code, and a third as many without one."""
    yield from held_out_scenes(pool, count, seed, letters_px)
    yield from held_out_scenes(pool, count // 3, seed + 1, letters_px, with_code=False)


def read_scenes(pipeline: Pipeline, scenes: Iterable[Scene]) -> list[SceneResult]:
    """Read each scene from JPEG bytes, as a photo arrives."""
    results = []
    for scene in scenes:
        buffer = io.BytesIO()
        Image.fromarray(scene.image).save(buffer, "JPEG", quality=92)
        started = time.perf_counter()
        reading = pipeline.read_bytes(buffer.getvalue()).reading
        ms = (time.perf_counter() - started) * 1000
        codes = tuple(candidate.code for candidate in reading.candidates)
        lines = tuple(region.text for region in reading.regions)
        results.append(SceneResult(scene, codes, lines, ms))
    return results


def report(results: Sequence[SceneResult]) -> str:
    """Figures for photos with a code and for those without."""
    coded = [r for r in results if r.scene.code is not None]
    bare = [r for r in results if r.scene.code is None]
    times = [r.ms for r in results]
    seen = sum(any(key(r.scene.printed) in key(line) for line in r.lines) for r in coded)
    rows = [
        ["photos with a code: first is right", str(len(coded)), _share(coded, 1)],
        ["photos with a code: right among the first 3", str(len(coded)), _share(coded, 3)],
        ["photos with a code: read in some line", str(len(coded)), percent(seen / len(coded))],
        ["photos without a code: none found", str(len(bare)), _share(bare, 1)],
        ["ms a photo, p50 / p95", str(len(results)), _times(times)],
    ]
    return table(["drawn photos", "count", "figure"], rows)


def _share(results: Sequence[SceneResult], first: int) -> str:
    if not results:
        return "-"
    return percent(sum(r.right_within(first) for r in results) / len(results))


def _times(times: Sequence[float]) -> str:
    return f"{quantile(times, 0.5):.0f} / {quantile(times, 0.95):.0f}"


def faults(results: Sequence[SceneResult]) -> list[str]:
    """A line for each photo whose first code is wrong."""
    return [
        f"seed {r.scene.seed}: {r.scene.printed or 'no code'} ({r.scene.min_letter_px:.0f} px) "
        f"read as {', '.join(r.codes) or 'nothing'}; lines {' | '.join(r.lines)[:300]}"
        for r in results
        if not r.right_within(1)
    ]
