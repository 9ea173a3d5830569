"""Readers of whole photos side by side: the lines they find, put through the same rules."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from benchmarks.errors import BenchmarkError
from benchmarks.pictures.confidence import Verdict
from benchmarks.pictures.readers import OURS, REST_S, ranked_lines
from benchmarks.pictures.scenes import PhotoResult, SceneFigures, SentPhoto, scene_figures
from benchmarks.rivals import FIND_NOTHING, Rival
from benchmarks.tables import missing_rows, percent, table
from recognizer.detectors import Detector, open_pipeline, present_weights
from recognizer.errors import ModelError
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline

PUBLISHED = "ours, published CRAFT weights"


class ReadsPhotos(Protocol):
    """What is compared."""

    @property
    def name(self) -> str:
        """What its rows are called."""
        ...

    def read(self, photo: SentPhoto) -> PhotoResult:
        """Read one photo; may raise BenchmarkError."""
        ...


class OurPhotos:
    """Our pipeline, from the file's bytes to the candidates."""

    def __init__(self, pipeline: Pipeline, name: str = OURS) -> None:
        self._pipeline, self.name = pipeline, name

    def read(self, photo: SentPhoto) -> PhotoResult:
        """Read one photo, timed without the file's reading."""
        data = photo.path.read_bytes()
        started = time.perf_counter()
        reading = self._pipeline.read_bytes(data).reading
        ms = (time.perf_counter() - started) * 1000
        codes = tuple(candidate.code for candidate in reading.candidates)
        lines = tuple(region.text for region in reading.regions)
        confidence = reading.candidates[0].confidence if codes else 0.0
        return PhotoResult(photo, codes, lines, ms, confidence)


class RivalPhotos:
    """A rival's lines, and the codes that our rules find in them."""

    def __init__(self, rival: Rival) -> None:
        self._rival, self.name = rival, rival.name

    def read(self, photo: SentPhoto) -> PhotoResult:
        """Read one photo, timed from its file to the candidates."""
        answer = self._rival.read_photo(photo.path)
        assert answer is not None  # `photo_readers` leaves those out that find no lines
        started = time.perf_counter()
        ranked = ranked_lines(answer.lines, crop=False)
        ms = answer.ms + (time.perf_counter() - started) * 1000
        confidence = ranked[0].confidence if ranked else 0.0
        lines = tuple(line.text for line in answer.lines)
        codes = tuple(one.code for one in ranked)
        return PhotoResult(photo, codes, lines, ms, confidence)


def photo_readers(pipeline: Pipeline, rivals: Sequence[Rival]) -> list[ReadsPhotos]:
    """Ours, and the rivals that find lines themselves."""
    whole = [rival for rival in rivals if rival.name not in FIND_NOTHING]
    return [OurPhotos(pipeline), *map(RivalPhotos, whole)]


def published(weights: Path, threads: int, missing: dict[str, str]) -> list[ReadsPhotos]:
    """Our pipeline with the published CRAFT weights where they are there, else `missing` says why.

    They are not downloaded for it.
    """
    try:
        detector = Detector("easyocr", present_weights())
        pipeline = open_pipeline(ModelFiles(weights), threads, detector)
    except ModelError as error:
        missing[PUBLISHED] = str(error)
        return []
    return [OurPhotos(pipeline, PUBLISHED)]


def read_photos(reader: ReadsPhotos, photos: Sequence[SentPhoto]) -> list[PhotoResult]:
    """Read them all."""
    return [reader.read(photo) for photo in tqdm(photos, reader.name, mininterval=5)]


def compare_photos(
    readers: Sequence[ReadsPhotos], photos: Sequence[SentPhoto]
) -> tuple[list[SceneFigures], dict[str, str]]:
    """Figures of all readers, who take turns, and why one has none; at least one photo."""
    results, failed = in_turns(readers, photos)
    return [scene_figures(name, found) for name, found in results.items()], failed


def in_turns(
    readers: Sequence[ReadsPhotos], photos: Sequence[SentPhoto]
) -> tuple[dict[str, list[PhotoResult]], dict[str, str]]:
    """What each reader makes of each photo, and why one has no results.

    Another one begins at each photo, and each first reads one that does not count.
    """
    results: dict[str, list[PhotoResult]] = {reader.name: [] for reader in readers}
    failed: dict[str, str] = {}
    told = tqdm([*photos[:1], *photos], "photos by all readers", mininterval=5)
    for turn, photo in enumerate(told):
        at = turn % max(1, len(readers))
        for reader in [*readers[at:], *readers[:at]]:
            if reader.name in failed:
                continue
            time.sleep(REST_S)
            try:
                result = reader.read(photo)
            except BenchmarkError as error:
                failed[reader.name] = f"failed: {error}"
                del results[reader.name]
                continue
            results[reader.name] += [result] if turn else []
    return results, failed


def outcomes(results: Iterable[PhotoResult]) -> list[Verdict]:
    """The first answer of each photo that has one; on a photo without a code, any is wrong.

    That nothing was found has no confidence, so it says nothing of what confidences are worth.
    """
    return [
        Verdict(result.confidence, result.right_within(1)) for result in results if result.codes
    ]


def speed_ratio(figures: Sequence[SceneFigures], rival: str) -> float | None:
    """How many times as long the rival takes for the same photos, p50; None without it."""
    times = {one.reader: one.ms_p50 for one in figures}
    return times[rival] / times[OURS] if rival in times and OURS in times else None


def report(title: str, figures: Sequence[SceneFigures], missing: dict[str, str]) -> str:
    """A row a reader; all lines went through our rules, times are from file to candidates."""
    coded, bare = figures[0].coded, figures[0].bare
    header = [
        *(f"{title}, {coded} with a code and {bare} without", "first is right"),
        *("in first 3", "read in some line", "none found where none is", "ms p50 / p95"),
        "times our p50",
    ]
    rows = [_row(one, speed_ratio(figures, one.reader)) for one in figures]
    return table(header, rows + missing_rows(missing, len(header)))


def _row(one: SceneFigures, ratio: float | None) -> list[str]:
    shares = (one.first, one.first3, one.in_a_line, one.none_found)
    return [
        one.reader,
        *("-" if share is None else percent(share) for share in shares),
        f"{one.ms_p50:.0f} / {one.ms_p95:.0f}",
        "-" if ratio is None else f"{ratio:.1f}",
    ]
