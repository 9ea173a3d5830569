"""Where a training works, how long it may take, and the plans that follow from it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from training.finder import PEAK, FinderPlan
from training.reader import ReaderPlan
from training.recipes import LATEST, recipe_of


@dataclass(frozen=True, slots=True)
class Workshop:
    """Folders and limits of a training.

    `version` is the reader's recipe and the name it is exported under; `samples` and `minutes`
    end each network's run earlier or later than planned; `seed` is the finder's alone, the
    reader's is in its recipe. `finder_share` of the exported finder are its run's weights, the
    rest those of the checkpoint `finder_with`, where there is one. `batch` and `validation` are
    the reader's crops at each step and each check; `ranges` batches of eight photos, and of as
    many crops six times, show what the eight-bit networks' activations span.
    """

    runs: Path
    weights: Path
    fonts: tuple[Path, ...]
    version: str = LATEST
    finder_version: str = "v4"
    finder_start: Path | None = None
    finder_peak: float = PEAK
    finder_with: Path | None = None
    finder_share: float = 0.7
    minutes: float | None = None
    samples: int | None = None
    threads: int | None = None
    workers: int = 1
    seed: int = 1
    real: Path | None = None
    batch: int = 64
    validation: int = 256
    ranges: int = 8

    def device(self) -> torch.device:
        """The accelerator where there is one; sets the number of threads."""
        torch.set_num_threads(self.threads or os.cpu_count() or 1)
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def finder_plan(self) -> FinderPlan:
        """The finder's run."""
        plan = FinderPlan(
            self.fonts, self.runs / "finder", minutes=self.minutes, seed=self.seed,
            workers=self.workers, start=self.finder_start, peak=self.finder_peak,
        )  # fmt: skip
        return replace(plan, samples=self.samples) if self.samples else plan

    def reader_folder(self, version: str | None = None) -> Path:
        """Where a version's run lies."""
        return self.runs / f"reader-{version or self.version}"

    def reader_checkpoint(self, version: str | None = None) -> Path:
        """The state of a version's run."""
        return self.reader_folder(version) / "reader.ckpt"

    def reader_plan(self, version: str | None = None) -> ReaderPlan:
        """The run of one version; raises UnknownVersionError."""
        version = version or self.version
        recipe = recipe_of(version)
        begun = self.reader_checkpoint(version).exists()
        return ReaderPlan(
            self.fonts,
            self.reader_folder(version),
            recipe,
            start=self.reader_checkpoint(recipe.after) if recipe.after and not begun else None,
            samples=self.samples,
            minutes=self.minutes,
            batch=self.batch,
            workers=self.workers,
            validation=self.validation,
        )
