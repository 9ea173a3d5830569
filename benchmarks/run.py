"""One run of the bench: each part measures, prints its tables and keeps its figures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from benchmarks import reports, serving, targets
from benchmarks.figures import ALL, DRAWN, REAL, Figures
from benchmarks.pictures import comparison, confidence, crops, photos, real_photos, scenes
from benchmarks.pictures.readers import (
    OURS,
    OpenedRivals,
    OurReader,
    ReadsCrops,
    RivalReader,
    file_crops,
    opened_rivals,
)
from benchmarks.pictures.real_photos import is_of_choosing_half
from benchmarks.real import RealBench
from benchmarks.rivals import FIND_NOTHING
from benchmarks.rivals.rapidocr import PYTHON
from benchmarks.typed.messages import made_messages, messages_of
from benchmarks.typed.report import MADE, understood
from datasets.fonts.fonts import FontPool, font_folders
from datasets.labelled import LabelledCrop, drawn_crops
from datasets.real.measured import RealSets
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.records.place import machine, today


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run measures, on how many pictures; a count of 0 leaves that part out.

    `real` are folders of labelled photographs. `crops` and `scenes` are drawn, the first `beside`
    of the scenes with a code are also read by rivals, their letters at least `letters` pixels high;
    to both come a third as many without a code. `photos` are read for throughput and memory.
    `threads` are for each reader that gains from them. `typed` is a file of typed messages, read
    beside those made of the grammar.
    """

    weights: Path = WEIGHTS
    fonts: tuple[Path, ...] = field(default_factory=font_folders)
    real: tuple[Path, ...] = ()
    crops: int = 500
    scenes: int = 300
    beside: int = 90
    letters: float = 12.0
    photos: int = 200
    seed: int = 7
    threads: int = 2
    rivals: bool = True
    rapidocr: Path = PYTHON
    typed: Path | None = None
    verbose: bool = False


def measure(plan: Plan) -> Figures:
    """Follow a plan, printing on the way.

    Raises FontError, RealDataError, ModelError, FileNotFoundError, MessagesUnreadable.
    """
    messages = messages_of(plan.typed) if plan.typed else ()
    sets = RealSets.of(plan.real)
    pool = FontPool.load(plan.fonts) if plan.crops or plan.scenes or plan.photos else None
    pipeline = Pipeline.load(ModelFiles(plan.weights), plan.threads)
    cv2.setNumThreads(plan.threads)
    models = {"finder": pipeline.finder.version, "reader": pipeline.recogniser.version}
    if pipeline.witness.ready:
        models["witness"] = pipeline.witness.version
    figures = Figures(machine(), today(), plan.threads, models)
    with (
        opened_rivals(plan.rapidocr, plan.threads, plan.rivals) as rivals,
        tempfile.TemporaryDirectory() as folder,
    ):
        figures.rivals = rivals.versions
        _show(figures.headline())
        run = Run(pipeline, rivals, figures, Path(folder), plan)
        run.real(sets)
        run.drawn_crops(pool)
        if pool and (plan.scenes or plan.photos):
            run.all_photos(pool)
    _show(understood(made_messages(plan.seed), MADE, verbose=plan.verbose))
    if plan.typed:
        _show(understood(messages, plan.typed.name, verbose=plan.verbose))
    _show(targets.report(figures))
    return figures


@dataclass(slots=True)
class Run:
    """What the parts share; `folder` is for pictures that rivals read from files."""

    pipeline: Pipeline
    rivals: OpenedRivals
    figures: Figures
    folder: Path
    plan: Plan
    outcomes: dict[str, list[confidence.Verdict]] = field(default_factory=dict)

    def real(self, sets: RealSets) -> None:
        """All readers on real photographs, crops included."""
        if not (sets.photos or sets.crops):
            return
        bench = RealBench(
            self.pipeline, self.rivals, self.folder, self.plan.threads, self.plan.weights
        )
        self.figures.real = bench.figures
        compared = self._compared(sets.crops) if sets.crops else None
        found = bench.photos(sets.photos) if sets.photos else []
        if compared:
            bench.crops(compared.results)
        bench.confidence()
        _show(reports.of_real(self.figures))
        if self.plan.verbose:
            _show("\n".join(real_photos.misses(sets.photos, found)))
        if compared:
            self._crops(REAL, compared, lambda crop: not is_of_choosing_half(crop))
            self._faults(compared, is_of_choosing_half)
        bench.serving(sets.photos)
        _show(reports.real_serving(self.figures))

    def drawn_crops(self, pool: FontPool | None) -> None:
        """All readers on drawn crops, in fonts that training never sees; then all confidences."""
        if pool and self.plan.crops:
            compared = self._compared(drawn_crops(pool, self.plan.crops, self.plan.seed, 1.0))
            self._crops(DRAWN, compared, lambda _: True)
            self._faults(compared, lambda _: True)
        self._crop_confidence()

    def _compared(self, found: Sequence[LabelledCrop]) -> comparison.Comparison:
        rivals = [RivalReader(rival) for rival in self.rivals.found]
        readers: list[ReadsCrops] = [OurReader(self.pipeline), *rivals]
        compared = comparison.Comparison(readers, self.rivals.missing)
        compared.run(file_crops(found, self.folder))
        return compared

    def _crops(
        self, title: str, compared: comparison.Comparison, counts: comparison.Counts
    ) -> None:
        """Figures of the crops that count."""
        if not any(counts(result.crop) for result in compared.results[OURS]):
            return
        measured = compared.figures(title, counts)
        self.figures.crops.append(measured)
        _show(comparison.report(measured))
        ours = compared.results[OURS]
        self.outcomes[title] = [
            confidence.Verdict(result.confidence, result.right_within(1))
            for result in ours
            if counts(result.crop)
        ]

    def _faults(self, compared: comparison.Comparison, told: comparison.Counts) -> None:
        """What we read wrongly; of real crops the choosing half alone, or it would choose, too."""
        if self.plan.verbose:
            ours = [one for one in compared.results[OURS] if told(one.crop)]
            _show("\n".join(crops.faults(ours)))

    def _crop_confidence(self) -> None:
        """Calibration and thresholds of our confidence: each set of crops, then both together."""
        sets = dict(self.outcomes)
        if len(sets) > 1:
            sets[ALL] = [one for outcomes in sets.values() for one in outcomes]
        if not sets:
            return
        measured = [confidence.measure(title, outcomes) for title, outcomes in sets.items()]
        self.figures.crop_confidence = measured
        _show(reports.crop_confidence(self.figures))
        for one in measured[:-1] if self.plan.verbose else ():
            _show(confidence.bin_table(one))

    def all_photos(self, pool: FontPool) -> None:
        """Our reader on drawn photos, a quarter of them without a code; rivals; serving."""
        folder = self.folder / "photos"
        folder.mkdir()
        coded = max(self.plan.scenes, -(-self.plan.photos * 3 // 4))
        drawn = scenes.drawn_photos(pool, coded, self.plan.seed, self.plan.letters, folder)
        if self.plan.scenes:
            self._photos(scenes.first_of(drawn, self.plan.scenes))
        if self.plan.scenes and self.plan.beside:
            self._photos_beside(scenes.first_of(drawn, self.plan.beside))
        if self.plan.photos:
            self._serving(folder)

    def _photos(self, drawn: Sequence[scenes.SentPhoto]) -> None:
        results = photos.read_photos(photos.OurPhotos(self.pipeline), drawn)
        self.figures.photos = [scenes.scene_figures(OURS, results)]
        answered = photos.outcomes(results)
        measured = confidence.measure("photos given a code", answered) if answered else None
        self.figures.photo_confidence = measured
        _show(reports.drawn_photos(self.figures))
        if self.plan.verbose:
            _show(confidence.bin_table(measured) if measured else "")
            _show("\n".join(scenes.faults(results)))

    def _photos_beside(self, drawn: Sequence[scenes.SentPhoto]) -> None:
        """Readers that find lines themselves, on the first of the same photos."""
        if not self.plan.rivals:
            return
        missing = self._missing()
        readers = photos.photo_readers(self.pipeline, self.rivals.found)
        readers += photos.published(self.plan.weights, self.plan.threads, missing)
        measured, failed = photos.compare_photos(readers, drawn)
        self.figures.photos_beside = measured
        self.figures.photos_missing = missing | failed
        _show(reports.photos_beside(self.figures))

    def _missing(self) -> dict[str, str]:
        """Why rivals that find lines themselves are not there."""
        return {name: why for name, why in self.rivals.missing.items() if name not in FIND_NOTHING}

    def _serving(self, folder: Path) -> None:
        """Time, throughput and memory of the serving process on these photos."""
        files, plan = sorted(folder.iterdir()), self.plan
        self.figures.serving = serving.measure(files, plan.photos, plan.threads, plan.weights)
        _show(reports.serving_of(self.figures))


def _show(text: str) -> None:
    if text:
        print(f"{text}\n", flush=True)
