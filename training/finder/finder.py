"""Train the finder (TagCRAFT) on drawn scenes, from nothing, resumable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from recognizer.finding.finder import DEVIATION, MEAN
from recognizer.networks.tagcraft import TagCraft
from recognizer.types import Pixels
from training.finder.patches import PatchBatch, PatchStream
from training.reader.batches import drawn
from training.runs.checkpoint import RunState, average_of
from training.runs.device import placed
from training.runs.schedule import Average, Budget, learning_rate

PEAK = 2e-3  # learning rate


@dataclass(frozen=True, slots=True)
class FinderPlan:
    """Everything that decides a training run of the finder.

    `start` is the checkpoint of an earlier run: a new one begins with its averaged weights.
    """

    fonts: tuple[Path, ...]
    out: Path
    samples: int = 100_000
    minutes: float | None = None
    batch: int = 8
    peak: float = PEAK
    seed: int = 1
    workers: int = 1
    check_every: int = 200
    start: Path | None = None


def map_loss(predicted: Tensor, truth: Tensor) -> Tensor:
    """Squared error with the hardest empty pixels only (three for each inked one), as in CRAFT."""
    error = (predicted - truth).square()
    total = predicted.new_zeros(())
    for channel in range(2):
        squared, inked = error[..., channel], truth[..., channel] > 0.1
        count = int(inked.sum())
        empty = squared[~inked]
        keep = min(max(3 * count, 2000), empty.numel())
        total = total + empty.topk(keep).values.mean()
        if count:
            total = total + squared[inked].mean()
    return total + _code_loss(predicted, truth) + _direction_loss(predicted, truth)


def _code_loss(predicted: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy on text alone; code and other text count alike."""
    text = truth[..., 3:].abs().sum(-1) > 0
    code = truth[..., 2] > 0.5
    total = predicted.new_zeros(())
    for part in (text & code, text & ~code):
        if part.any():
            total = total + functional.binary_cross_entropy_with_logits(
                predicted[..., 2][part], truth[..., 2][part]
            )
    return 0.05 * total


def _direction_loss(predicted: Tensor, truth: Tensor) -> Tensor:
    """Squared error of the direction on text."""
    text = truth[..., 3:].abs().sum(-1) > 0
    if not text.any():
        return predicted.new_zeros(())
    return 0.8 * (predicted[..., 3:][text] - truth[..., 3:][text]).square().mean()


def normalised(photos: Tensor) -> Tensor:
    """(B, S, S, 3) uint8 to (B, 3, S, S), ImageNet-normalised."""
    mean, deviation = torch.from_numpy(MEAN), torch.from_numpy(DEVIATION)
    scaled = (photos.float() / 255 - mean.to(photos.device)) / deviation.to(photos.device)
    return scaled.permute(0, 3, 1, 2)  # channels last in memory, as the network is placed


def calibration_photos(fonts: tuple[Path, ...], batches: int) -> Iterator[Pixels]:
    """Photos (S, S, 3) as the network is trained on, from scenes that no run begins with."""
    stream = iter(PatchStream(fonts, batch=8, seed=0))
    for batch in islice(stream, batches):
        yield from np.asarray(batch.photos.numpy(), np.uint8)


class FinderTraining:
    """One run: state, steps, checkpoints."""

    def __init__(self, plan: FinderPlan, device: torch.device) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.device = plan, device
        self.net = placed(TagCraft(), device)
        if plan.start:
            self.net.load_state_dict(average_of(plan.start))
        else:
            _initialise(self.net)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), plan.peak, weight_decay=0.01)
        self.average = Average(self.net, 0.998)
        self.budget = Budget(plan.samples, plan.minutes)
        self.state = RunState(self.net, self.optimizer, self.average, self.budget)
        plan.out.mkdir(parents=True, exist_ok=True)

    @property
    def checkpoint(self) -> Path:
        """Where the run's whole state lies."""
        return self.plan.out / "finder.ckpt"

    def run(self) -> None:
        """Train until the budget is spent."""
        self.state.resume(self.checkpoint, self.device)
        seed = self.plan.seed + self.budget.done
        stream = PatchStream(self.plan.fonts, self.plan.batch, seed)
        loader = drawn(stream, self.plan.workers)
        bar = tqdm(total=1.0, initial=self.budget.progress, desc="finder", mininterval=10)
        running = 0.0
        for number, batch in enumerate(loader, 1):
            loss = self.step(batch)
            running = loss if number == 1 else 0.97 * running + 0.03 * loss
            self.budget.advance(len(batch.photos))
            bar.n = self.budget.progress
            if number % 10 == 0:
                bar.set_postfix_str(f"{self.budget.done} patches, loss {running:.4f}")
            if number % self.plan.check_every == 0 or self.budget.progress >= 1:
                self.state.save(self.checkpoint)
                with (self.plan.out / "log.tsv").open("a") as log:
                    minutes = self.budget.spent / 60
                    log.write(f"{self.budget.done}\t{minutes:.1f}\t{running:.5f}\n")
            if self.budget.progress >= 1:
                break
        bar.close()

    def step(self, batch: PatchBatch) -> float:
        """One step of the optimiser; the loss."""
        self.net.train()
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.budget.progress, self.plan.peak)
        photos = normalised(batch.photos.to(self.device))
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            predicted = self.net(photos)
        loss = map_loss(predicted.float(), batch.maps.to(self.device))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimizer.step()
        self.average.update(self.net)
        return float(loss.detach())


def _initialise(net: TagCraft) -> None:
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
    # Maps are mostly empty: starting near zero saves the steps that would shrink them.
    with torch.no_grad():
        net.head.weight.mul_(0.05)
        if net.head.bias is not None:
            net.head.bias.zero_()
