"""A reader taught by a data set: its crops among drawn ones, so that nothing is forgotten.

Small sets alone made other makers' readers worse on everything else, so most of what is learned
from are drawn crops and lines of drawn photos. The heads stay as they are: the skimmer, which is
taught by the same, shares them. What is exported is a mixture with the reader before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from datasets.crops.settings import CURRENT
from datasets.fonts.fonts import FontPool
from datasets.real.learned import sources_of
from recognizer.models import ModelFiles
from recognizer.reading.tokenizer import Tokenizer
from storage.lesson_sets import LessonSets
from training.errors import TooFewLessonsError
from training.exporting.export import export_reader, export_skimmer, record
from training.learning.parts import judges, lay_out, lined
from training.reader.batches import calibration_crops
from training.reader.reader import ReaderPlan, ReaderTraining
from training.reader.reading import TrainedReader, load_weights, reader_from
from training.reader.recipes import Origin, ReaderRecipe
from training.runs.checkpoint import average_of, blended, told_of, trained_of

LEAST_LESSONS = 60
"""Crops. With fewer, each is shown some hundred times, and learned by heart."""

_REAL, _PHOTOGRAPHED = 0.3, 0.15  # shares of the crops that are learned from
_PEAK = 1e-3
"""The highest learning rate. With a third of it 6,000 crops taught next to nothing; with it 12,000,
of 167 lines in a print that the reader read 37 in 100 of, made that 63, and half of the weights
from before left drawn crops in unseen fonts as they were (77.2 instead of 76.8 in 100)."""
_SEED = 900  # of the first of a teaching's runs; the recipes' own seeds are below it

Start = Callable[[], Mapping[str, Tensor]]


@dataclass(frozen=True, slots=True)
class Teaching:
    """Where a teaching works and how long it takes.

    `samples` crops are read by the reader, a third as many by its skimmer; `share` of the weights
    that are exported are the run's. `ranges` is as in `Workshop`.
    """

    fonts: tuple[Path, ...]
    out: Path
    samples: int = 24_000
    minutes: float | None = None
    share: float = 0.5
    batch: int = 64
    workers: int = 1
    ranges: int = 8
    check_every: int = 60


def teach(before: ModelFiles, sets: LessonSets, name: str, version: str, how: Teaching) -> Path:
    """The folder with the weights of `version`: `before`, taught by the set `name`.

    Goes on where it stopped. Raises `LessonSetError`, `TooFewLessonsError`, `ModelError`.
    """
    rows = [row for row in lined(sets.rows(name)) if not judges(row)]
    if len(rows) < LEAST_LESSONS:
        told = f"set {name} has {len(rows)} lines to learn from, {LEAST_LESSONS} are needed"
        raise TooFewLessonsError(told)
    crops = how.out / "crops"
    source = f"photos sent to the bot, set {name} {sets.get(name).hash[:12]}"
    lay_out(rows, sets.files_of(name), crops, source)
    weights = how.out / "weights"
    shutil.copytree(before.folder, weights, dirs_exist_ok=True)
    reader = _taught(before, crops, how, "reader")
    skimmer = _taught(before, crops, how, "skimmer")
    _export(weights, version, reader, skimmer, how)
    return weights


def _taught(before: ModelFiles, crops: Path, how: Teaching, network: str) -> TrainedReader | None:
    """One network's run; None where there is no such network."""
    path = before.folder / f"{network}.safetensors"
    if network == "skimmer" and not path.exists():
        return None
    skimming = network == "skimmer"
    recipe = ReaderRecipe(
        CURRENT,
        how.samples // 3 if skimming else how.samples,
        load_weights(path).blocks,
        _PEAK,
        0.0,
        seed=_SEED + skimming,
        photographed=_PHOTOGRAPHED,
        after=before.manifest()["reader"]["version"],
        skimming=skimming,
        real=_REAL,
        times=3,
        keeps_heads=True,
    )
    out = how.out / network
    plan = ReaderPlan(
        how.fonts, out, recipe, lambda: average_of(path), crops,
        samples=recipe.samples, minutes=how.minutes, batch=how.batch,
        workers=how.workers, check_every=how.check_every,
    )  # fmt: skip
    run = ReaderTraining(plan, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    run.run()
    chosen = run.best if run.best.exists() else run.checkpoint
    state = blended(average_of(chosen), average_of(path), how.share)
    told = trained_of(run.checkpoint) or {}
    done = told.get("samples")
    samples = None if done is None else int(done)
    origin = Origin.of(recipe, sources_of(run.real))
    return TrainedReader(reader_from(state), samples, told.get("minutes"), origin)


def _export(
    weights: Path,
    version: str,
    reader: TrainedReader | None,
    skimmer: TrainedReader | None,
    how: Teaching,
) -> None:
    assert reader is not None
    real = [list(one) for one in reader.origin.real] if reader.origin else []
    trained = told_of(reader.crops, reader.minutes)
    name = f"trba-{version}"
    export_reader(reader.network, weights, name, Tokenizer(), trained, real=real)
    drawn = calibration_crops(FontPool.load(how.fonts), 6 * how.ranges)
    export_skimmer(skimmer.network if skimmer else None, reader.network, weights, drawn)
    if skimmer is not None:
        told = {
            "version": f"trba-{version}-skim",
            "blocks": list(skimmer.blocks),
            "photographed": _PHOTOGRAPHED,
            "trained": told_of(skimmer.crops, skimmer.minutes),
            "real": real,
        }
        record(weights, "skimmer", told)
