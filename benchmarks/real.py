"""The bench's first part: real photographs, ours beside the rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import serving
from benchmarks.errors import BenchmarkError
from benchmarks.figures import RealFigures
from benchmarks.pictures import real_photos, surest
from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.photos import OurPhotos, in_turns, photo_readers, read_photos
from benchmarks.pictures.readers import OURS, OpenedRivals
from benchmarks.pictures.real_photos import PhotoTimes
from benchmarks.pictures.scenes import PhotoResult
from benchmarks.rivals import FIND_NOTHING, RAPID_3
from datasets.real.measured import LabelledPhoto
from recognizer.models import WEIGHTS
from recognizer.pipeline import Pipeline

SERVED = 2  # times that each photo is read by the serving process


@dataclass(slots=True)
class RealBench:
    """Measures what is asked of it into `figures`; `folder` is for pictures that it makes."""

    pipeline: Pipeline
    rivals: OpenedRivals
    folder: Path
    threads: int = 2
    weights: Path = WEIGHTS
    figures: RealFigures = field(default_factory=RealFigures)
    _shown: list[surest.HalfVerdict] = field(default_factory=list)

    def photos(self, photos: Sequence[LabelledPhoto]) -> list[PhotoResult]:
        """All readers upright, times, and ours turned; returns our upright readings."""
        readers = photo_readers(self.pipeline, self.rivals.found)
        results, failed = in_turns(readers, real_photos.sent(photos))
        missing = {n: why for n, why in self.rivals.missing.items() if n not in FIND_NOTHING}
        self.figures.missing |= missing | failed
        self.figures.rows += real_photos.photo_rows(photos, results)
        self._shown += surest.of_photos(photos, results[OURS])
        if shoes := [photo for photo in photos if photo.is_shoe]:
            self._times(photos, shoes, results)
            self._turned(shoes)
        return results[OURS]

    def crops(self, results: Mapping[str, Sequence[CropResult]]) -> None:
        """Rows of crops that were read."""
        self.figures.rows += real_photos.crop_rows(results)
        self._shown += surest.of_crops(results[OURS])

    def confidence(self) -> None:
        """How many of the surest of all these are wrong."""
        if self._shown:
            self.figures.surest = surest.curve(self._shown)
            self.figures.rows.append(surest.row(self.figures.surest))

    def _times(
        self,
        photos: Sequence[LabelledPhoto],
        shoes: Sequence[LabelledPhoto],
        results: Mapping[str, Sequence[PhotoResult]],
    ) -> None:
        """Ours and the newest RapidOCR on the shoe photos, once more in turns with each other."""
        pair = (OURS, RAPID_3.name)
        readers = photo_readers(self.pipeline, self.rivals.found)
        again, _ = in_turns([one for one in readers if one.name in pair], real_photos.sent(shoes))
        for name in pair:
            if name in results and name in again:
                both = zip(photos, results[name], strict=True)
                first = [result for photo, result in both if photo.is_shoe]
                self.figures.times.append(PhotoTimes.of(name, [*first, *again[name]]))

    def _turned(self, shoes: Sequence[LabelledPhoto]) -> None:
        for degrees in real_photos.TURNS:
            photos = real_photos.turned(shoes, degrees, self.folder)
            found = read_photos(OurPhotos(self.pipeline), real_photos.sent(photos))
            measure = real_photos.turned_by(degrees)
            self.figures.rows.append(real_photos.photo_row(measure, OURS, photos, found))

    def serving(self, photos: Sequence[LabelledPhoto]) -> None:
        """What serving the shoe photos takes, and how many a second; RapidOCR beside it."""
        files = [photo.path for photo in photos if photo.is_shoe]
        if not files:
            return
        count = SERVED * len(files)
        self.figures.serving = serving.measure(files, count, self.threads, self.weights)
        if any(rival.name == RAPID_3.name for rival in self.rivals.found):
            try:
                self.figures.rival_serving = serving.of_rival(RAPID_3, files, self.threads)
            except BenchmarkError as error:
                self.figures.missing[f"{RAPID_3.name}, serving"] = f"failed: {error}"
