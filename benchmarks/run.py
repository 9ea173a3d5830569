"""One run of the bench: each part measures, prints its table and keeps its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import comparison, confidence, crops, photos, scenes, serving
from benchmarks.figures import Figures
from benchmarks.readers import OURS, CropReader, OpenedRivals, OurReader, RivalReader, file_crops
from benchmarks.rivals import RapidAlone
from recognizer.pipeline import Pipeline
from training.fonts import FontPool


@dataclass(slots=True)
class Run:
    """What the parts share; `folder` is for pictures that rivals read from files."""

    pipeline: Pipeline
    rivals: OpenedRivals
    figures: Figures
    folder: Path
    verbose: bool
    outcomes: dict[str, list[confidence.Outcome]] = field(default_factory=dict)

    def real_crops(self, folder: Path) -> None:
        """All readers on photographed crops."""
        self._crops("real", crops.labelled_crops(folder))

    def drawn_crops(self, pool: FontPool, count: int, seed: int) -> None:
        """All readers on drawn crops in fonts that training never sees."""
        self._crops("drawn, unseen fonts", crops.drawn_crops(pool, count, seed, 1.0))

    def _crops(self, title: str, found: Sequence[crops.LabelledCrop]) -> None:
        if not found:
            _show(f"{title}: no crops")
            return
        rivals = [RivalReader(rival) for rival in self.rivals.found]
        readers: list[CropReader] = [OurReader(self.pipeline), *rivals]
        compared = comparison.Comparison(readers, self.rivals.missing)
        compared.run(file_crops(found, self.folder))
        measured = compared.figures(title)
        self.figures.crops.append(measured)
        _show(comparison.report(measured))
        ours = compared.results[OURS]
        self.outcomes[title] = [
            confidence.Outcome(result.confidence, result.right_within(1)) for result in ours
        ]
        if self.verbose:
            _show("\n".join(crops.faults(ours)))

    def crop_confidence(self) -> None:
        """Calibration and thresholds of our confidence: each set of crops, then all together."""
        sets = dict(self.outcomes)
        if len(sets) > 1:
            sets["all crops"] = [one for outcomes in sets.values() for one in outcomes]
        if not sets:
            return
        measured = [confidence.measure(title, outcomes) for title, outcomes in sets.items()]
        self.figures.crop_confidence = measured
        _show(confidence.summary(measured))
        for one in measured if self.verbose else measured[-1:]:
            _show(confidence.bin_table(one))
        _show(confidence.level_table(measured))

    def drawn_photos(self, pool: FontPool, count: int, seed: int, letters_px: float) -> None:
        """Our readers on drawn photos, a quarter of them without a code."""
        shown = scenes.coded_and_bare(pool, count, seed, letters_px)
        results = scenes.read_scenes(self.pipeline, shown)
        self.figures.photos = [scenes.scene_figures(OURS, results)]
        _show(scenes.report(results))
        measured = confidence.measure("photos", photos.outcomes(results))
        self.figures.photo_confidence = measured
        _show(confidence.summary([measured]))
        _show(confidence.level_table([measured]))
        if self.verbose:
            _show(confidence.bin_table(measured))
            _show("\n".join(scenes.faults(results)))

    def photos_beside(self, pool: FontPool, count: int, seed: int, letters_px: float) -> None:
        """Readers that find lines themselves, on the first of the same photos."""
        shown = scenes.coded_and_bare(pool, count, seed, letters_px)
        measured, failed = photos.compare_photos(
            self.pipeline, self.rivals.found, shown, self.folder
        )
        self.figures.photos_beside = measured
        missing = {
            name: why for name, why in self.rivals.missing.items() if name != RapidAlone.name
        }
        _show(photos.report(measured, missing | failed))

    def serving(self, count: int, weights: Path) -> None:
        """Time and memory of the serving pipeline."""
        self.figures.serving = serving.measure(count, weights)
        _show(serving.report(self.figures.serving))


def _show(text: str) -> None:
    print(f"{text}\n", flush=True)
