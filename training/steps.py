"""The steps of a training, from fonts to model cards."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from recognizer.errors import ModelError
from recognizer.networks.craft import CRAFT
from recognizer.networks.trba import TRBA, TrbaConfig
from recognizer.tokenizer import Tokenizer
from training.cards import Measured, finder_card, measure, reader_card
from training.export import export_finder, export_reader
from training.finder import FinderPlan, FinderTraining
from training.fonts import FontPool
from training.reader import ReaderPlan, ReaderTraining

CARD_CROPS, CARD_PHOTOS = 1000, 200  # drawn ones that the model cards' figures come from


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a training works and how long it may take."""

    runs: Path
    weights: Path
    fonts: tuple[Path, ...]
    version: str = "v1"
    minutes: float | None = None
    samples: int | None = None
    threads: int | None = None
    workers: int = 1
    seed: int = 1
    real: Path | None = None

    def device(self) -> torch.device:
        """The accelerator where there is one; sets the number of threads."""
        torch.set_num_threads(self.threads or os.cpu_count() or 1)
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def finder_plan(self) -> FinderPlan:
        """The finder's run."""
        plan = FinderPlan(
            self.fonts, self.runs / "finder", minutes=self.minutes, seed=self.seed,
            workers=self.workers,
        )  # fmt: skip
        return replace(plan, samples=self.samples) if self.samples else plan

    def reader_plan(self) -> ReaderPlan:
        """The reader's run."""
        plan = ReaderPlan(
            self.fonts, self.runs / "reader", minutes=self.minutes, seed=self.seed,
            workers=self.workers,
        )  # fmt: skip
        return replace(plan, samples=self.samples) if self.samples else plan


def train_finder(workshop: Workshop) -> None:
    """Train the finder, or go on."""
    FinderTraining(workshop.finder_plan(), workshop.device()).run()


def train_reader(workshop: Workshop) -> None:
    """Train the recogniser, or go on."""
    ReaderTraining(workshop.reader_plan(), workshop.device()).run()


def export_networks(workshop: Workshop) -> None:
    """Averaged weights of both runs to onnx and safetensors; raises ModelError without a run."""
    plan, tokenizer = workshop.reader_plan(), Tokenizer()
    trba = TRBA(TrbaConfig(32, 192, tokenizer.classes, plan.channels, plan.hidden))
    average = _average(workshop.runs / "reader" / "reader.ckpt")
    trba.load_state_dict(
        {name[5:]: value for name, value in average.items() if name.startswith("trba.")}
    )
    export_reader(trba, workshop.weights, f"trba-{workshop.version}", tokenizer)
    craft = CRAFT(workshop.finder_plan().width)
    craft.load_state_dict(_average(workshop.runs / "finder" / "finder.ckpt"))
    export_finder(
        craft, workshop.weights, f"craft-{workshop.version}", workshop.finder_plan().width
    )


def _average(checkpoint: Path) -> dict[str, torch.Tensor]:
    if not checkpoint.exists():
        raise ModelError(f"{checkpoint}: no such checkpoint; train first")
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    average: dict[str, torch.Tensor] = state["average"]
    return average


def write_cards(workshop: Workshop) -> None:
    """Measure the exported networks and write a model card beside each."""
    pool = FontPool.load(workshop.fonts)
    measured: Measured = measure(
        workshop.weights, pool, workshop.real, crops=CARD_CROPS, photos=CARD_PHOTOS
    )
    runs = workshop.runs
    reader_log, finder_log = runs / "reader" / "log.tsv", runs / "finder" / "log.tsv"
    (workshop.weights / "reader.md").write_text(reader_card(measured, reader_log), encoding="utf-8")
    (workshop.weights / "finder.md").write_text(finder_card(measured, finder_log), encoding="utf-8")
    print(measured.crops_table)
    print(measured.scenes_table)
