"""A training run's whole state on disk, written so that a crash leaves the last one whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from recognizer.errors import ModelError
from training.runs.schedule import Average, Budget


def in_single(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same weights in single precision, whatever they were stored in; whole numbers stay."""
    return {
        name: value.float() if value.is_floating_point() else value for name, value in state.items()
    }


def average_of(checkpoint: Path) -> dict[str, Tensor]:
    """The averaged weights of a run, or exported ones; raises ModelError without a checkpoint."""
    if not checkpoint.exists():
        raise ModelError(f"{checkpoint}: no such checkpoint; train first")
    if checkpoint.suffix == ".safetensors":
        return in_single(load_file(str(checkpoint)))
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    average: dict[str, Tensor] = state["average"]
    return average


def blended(late: dict[str, Tensor], early: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """`share` of a run's weights and the rest of those that it began with, or went far from.

    A run that goes on on other pictures forgets some of what it knew; between the two lies a
    network that is better than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
    models").
    """
    return {
        name: torch.lerp(early[name], value, share) if value.is_floating_point() else value
        for name, value in late.items()
    }


def trained_of(checkpoint: Path) -> dict[str, float] | None:
    """How many samples a run has seen in how many minutes, for the manifest; None of weights."""
    if checkpoint.suffix == ".safetensors" or not checkpoint.exists():
        return None
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return told_of(int(state["done"]), float(state["spent"]) / 60)


def told_of(samples: int | None, minutes: float | None) -> dict[str, float] | None:
    """The same of numbers that are known, or not."""
    if samples is None or minutes is None:
        return None
    return {"samples": samples, "minutes": round(minutes, 1)}


@dataclass(frozen=True, slots=True)
class RunState:
    """What a run needs to go on where it stopped, and what it says of its own making."""

    net: nn.Module
    optimizer: torch.optim.Optimizer
    average: Average
    budget: Budget
    origin: Mapping[str, Any] | None = None

    def save(self, path: Path) -> None:
        """Write the state beside `path`, then move it into place."""
        state = {
            "net": self.net.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.state,
            "steps": self.average.steps,
            "done": self.budget.done,
            "spent": self.budget.spent,
            "origin": dict(self.origin) if self.origin else None,
        }
        fresh = path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(path)

    def resume(self, path: Path, device: torch.device) -> None:
        """Take over the state in `path`, where there is one."""
        if not path.exists():
            return
        state = torch.load(path, map_location=device, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.state, self.average.steps = state["average"], state["steps"]
        self.budget.done, self.budget.spent = state["done"], state["spent"]
