"""Where a training works, how long it may take, and the plans that follow from it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from recognizer.models import ModelFiles
from training.finder.finder import PEAK, FinderPlan
from training.reader.reader import ReaderPlan
from training.reader.recipes import LATEST, ReaderRecipe, lineage, recipe_of
from training.runs.checkpoint import average_of, blended
from training.runs.heads import is_of_heads


@dataclass(frozen=True, slots=True)
class Workshop:
    """Folders and limits of a training.

    `version` is the reader's recipe and the name it is exported under; `samples` and `minutes`
    end each network's run earlier or later than planned; `seed` is the finder's alone, the
    reader's is in its recipe. `real` is a folder of real crops to measure and choose on, `learn`
    one of photographed lines to learn from (`datasets.real.learned`). `finder_share` of the
    exported finder are its run's weights, the rest those of the checkpoint `finder_with`, where
    there is one. `batch` and `validation` are the reader's crops at each step and each check;
    `ranges` batches of eight photos, and of as many crops six times, show what the eight-bit
    networks' activations span.
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
    learn: Path | None = None
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

    def learned(self, version: str) -> dict[str, Tensor]:
        """A version's weights: its run's, mixed as its recipe says, or else the exported ones.

        Raises ModelError where there are none.
        """
        checkpoint = self.reader_checkpoint(version)
        if not checkpoint.exists():
            return average_of(self._exported(version) or checkpoint)
        recipe, state = recipe_of(version), average_of(checkpoint)
        if recipe.after is None or recipe.share == 1:
            return state
        return blended(state, self.learned(recipe.after), recipe.share)

    def _beginning(self, recipe: ReaderRecipe) -> dict[str, Tensor]:
        """What a run of a recipe that is after another starts from; raises ModelError."""
        before = self.learned(recipe.after or "")
        if recipe.encoder is None:
            return before
        heads = {name: value for name, value in before.items() if is_of_heads(name)}
        return self.learned(recipe.encoder) | heads

    def to_train(self, version: str) -> tuple[str, ...]:
        """The version and those before it that have to be trained first, oldest first.

        One whose run has begun goes on; one of which only the exported weights are there is done.
        """
        chain = lineage(version)
        for at in range(len(chain) - 1, -1, -1):
            if self.reader_checkpoint(chain[at]).exists():
                return chain[at:]
            if at < len(chain) - 1 and self._exported(chain[at]):
                return chain[at + 1 :]
        return chain

    def _exported(self, version: str) -> Path | None:
        """The exported weights of a version whose run is not here."""
        begun = self.reader_checkpoint(version).exists()
        if begun or not (self.weights / "manifest.json").exists():
            return None
        manifest = ModelFiles(self.weights).manifest()
        for name in ("reader", "skimmer"):
            if manifest.get(name, {}).get("version") == f"trba-{version}":
                return self.weights / f"{name}.safetensors"
        return None

    def reader_plan(self, version: str | None = None) -> ReaderPlan:
        """The run of one version; raises UnknownVersionError."""
        version = version or self.version
        recipe = recipe_of(version)
        begun = self.reader_checkpoint(version).exists()
        return ReaderPlan(
            self.fonts,
            self.reader_folder(version),
            recipe,
            start=partial(self._beginning, recipe) if recipe.after and not begun else None,
            real=self.learn,
            choose=self.real,
            samples=self.samples,
            minutes=self.minutes,
            batch=self.batch,
            workers=self.workers,
            validation=self.validation,
        )
