"""Readers of whole photos side by side: the lines they find, put through the same rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.confidence import Outcome
from benchmarks.errors import BenchmarkError
from benchmarks.readers import OURS, ranked_lines
from benchmarks.rivals import Rival
from benchmarks.scenes import SceneFigures, SceneResult, jpeg, read_scene, scene_figures
from benchmarks.tables import missing_rows, percent, table
from recognizer.pipeline import Pipeline
from training.scenes import Scene


def compare_photos(
    pipeline: Pipeline, rivals: Sequence[Rival], scenes: Iterable[Scene], folder: Path
) -> tuple[list[SceneFigures], dict[str, str]]:
    """Figures of all readers, ours first, and why a rival has none; at least one scene."""
    results: dict[str, list[SceneResult]] = {OURS: []}
    failed: dict[str, str] = {}
    path = folder / "photo.jpg"
    for scene in scenes:
        data = jpeg(scene)
        path.write_bytes(data)
        results[OURS].append(read_scene(pipeline, scene, data))
        for rival in rivals:
            if rival.name in failed:
                continue
            try:
                found = _read(rival, scene, path)
            except BenchmarkError as error:
                failed[rival.name] = f"failed: {error}"
                results.pop(rival.name, None)
                continue
            if found is not None:
                results.setdefault(rival.name, []).append(found)
    return [scene_figures(name, found) for name, found in results.items()], failed


def _read(rival: Rival, scene: Scene, path: Path) -> SceneResult | None:
    """A rival's reading of the photo; None where it does not read photos."""
    answer = rival.read_photo(path)
    if answer is None:
        return None
    ranked = ranked_lines(answer.lines, crop=False)
    confidence = ranked[0].confidence if ranked else 0.0
    lines = tuple(line.text for line in answer.lines)
    return SceneResult(scene, tuple(one.code for one in ranked), lines, answer.ms, confidence)


def outcomes(results: Iterable[SceneResult]) -> list[Outcome]:
    """Each photo's first answer; without a code on it, only giving none is right."""
    return [Outcome(result.confidence, result.right_within(1)) for result in results]


def report(figures: Sequence[SceneFigures], missing: dict[str, str]) -> str:
    """A row a reader; all lines went through our rules, times are from the picture to the lines
    (ours: from the JPEG's bytes to the candidates)."""
    coded, bare = figures[0].coded, figures[0].bare
    header = [
        *(f"drawn photos, {coded} with a code and {bare} without", "first is right"),
        *("in first 3", "read in some line", "none found where none is", "ms p50 / p95"),
    ]
    rows = [
        [
            one.reader,
            *(
                "-" if share is None else percent(share)
                for share in (one.first, one.first3, one.in_a_line, one.none_found)
            ),
            f"{one.ms_p50:.0f} / {one.ms_p95:.0f}",
        ]
        for one in figures
    ]
    rows += missing_rows(missing, len(header))
    return table(header, rows)
