"""Accuracy and time on whole photos of tags, drawn in fonts that training never sees."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from benchmarks.tables import percent, quantile, table
from benchmarks.truths import is_right
from recognizer.pipeline import Pipeline
from stylecode import key
from training.fonts import FontPool
from training.scenes import Scene
from training.scenes.evalset import held_out_scenes


@dataclass(frozen=True, slots=True)
class SceneFigures:
    """One reader on drawn photos: shares in 0..1 (None without such photos), milliseconds.

    `first`, `first3` and `in_a_line` (read somewhere, chosen or not) are of the photos with a
    code, `none_found` is of those without.
    """

    reader: str
    coded: int
    bare: int
    first: float | None
    first3: float | None
    in_a_line: float | None
    none_found: float | None
    ms_p50: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class SceneResult:
    """What was read on one drawn photo; `confidence` is the first code's, 0 without one."""

    scene: Scene
    codes: tuple[str, ...]
    lines: tuple[str, ...]
    ms: float
    confidence: float = 0.0

    def right_within(self, first: int) -> bool:
        """Whether one of the first codes is right; no code is right where there is none."""
        if self.scene.code is None:
            return not self.codes
        truths = (self.scene.code, self.scene.printed)
        return any(is_right(code, truths) for code in self.codes[:first])


def coded_and_bare(pool: FontPool, count: int, seed: int, letters_px: float) -> Iterator[Scene]:
    """`count` photos with a code, and a third as many without one."""
    yield from held_out_scenes(pool, count, seed, letters_px)
    yield from held_out_scenes(pool, count // 3, seed + 1, letters_px, with_code=False)


def read_scenes(pipeline: Pipeline, scenes: Iterable[Scene]) -> list[SceneResult]:
    """Read each scene from JPEG bytes, as a photo arrives."""
    return [read_scene(pipeline, scene, jpeg(scene)) for scene in scenes]


def jpeg(scene: Scene) -> bytes:
    """The scene as a phone would send it."""
    buffer = io.BytesIO()
    Image.fromarray(scene.image).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def read_scene(pipeline: Pipeline, scene: Scene, data: bytes) -> SceneResult:
    """Read one scene, timed from the JPEG's bytes to the candidates."""
    started = time.perf_counter()
    reading = pipeline.read_bytes(data).reading
    ms = (time.perf_counter() - started) * 1000
    codes = tuple(candidate.code for candidate in reading.candidates)
    lines = tuple(region.text for region in reading.regions)
    confidence = reading.candidates[0].confidence if codes else 0.0
    return SceneResult(scene, codes, lines, ms, confidence)


def scene_figures(reader: str, results: Sequence[SceneResult]) -> SceneFigures:
    """Figures for photos with a code and for those without; at least one photo."""
    coded = [r for r in results if r.scene.code is not None]
    bare = [r for r in results if r.scene.code is None]
    times = [r.ms for r in results]
    return SceneFigures(
        reader=reader,
        coded=len(coded),
        bare=len(bare),
        first=_share([r.right_within(1) for r in coded]),
        first3=_share([r.right_within(3) for r in coded]),
        in_a_line=_share([_in_a_line(r) for r in coded]),
        none_found=_share([r.right_within(1) for r in bare]),
        ms_p50=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
    )


def _in_a_line(result: SceneResult) -> bool:
    return any(key(result.scene.printed) in key(line) for line in result.lines)


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def report(found: SceneFigures) -> str:
    """A table of one reader's figures on drawn photos."""
    rows = [
        ["photos with a code: first is right", str(found.coded), _figure(found.first)],
        ["photos with a code: right among the first 3", str(found.coded), _figure(found.first3)],
        ["photos with a code: read in some line", str(found.coded), _figure(found.in_a_line)],
        ["photos without a code: none found", str(found.bare), _figure(found.none_found)],
        [
            "ms a photo, p50 / p95",
            str(found.coded + found.bare),
            f"{found.ms_p50:.0f} / {found.ms_p95:.0f}",
        ],
    ]
    return table(["drawn photos", "count", "figure"], rows)


def _figure(share: float | None) -> str:
    return "-" if share is None else percent(share)


def faults(results: Sequence[SceneResult]) -> list[str]:
    """A line for each photo whose first code is wrong."""
    return [
        f"seed {r.scene.seed}: {r.scene.printed or 'no code'} ({r.scene.min_letter_px:.0f} px) "
        f"read as {', '.join(r.codes) or 'nothing'}; lines {' | '.join(r.lines)[:300]}"
        for r in results
        if not r.right_within(1)
    ]
