"""Train the recogniser (TRBA) on drawn crops, from nothing or an earlier version, resumable.

A CTC helper head on the sequence features (Hu et al., "GTC", 2020, the other way round) gives
the encoder a gradient from the first crop on, long before the attention has found the letters;
in serving it is a second witness for doubtful lines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from datasets.crops.draw import CropSource
from datasets.errors import RealDataError
from datasets.fonts.fonts import FontPool
from datasets.real.choosing import choosing_crops
from datasets.real.learned import real_lines, sources_of
from recognizer.networks.trba import TrbaConfig
from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH
from recognizer.reading.tokenizer import GO, Tokenizer
from training.reader.batches import CropBatch, CropStream, Lesson, batch_of, drawn, parted
from training.reader.recipes import LATEST, READERS, Origin, ReaderRecipe, taken_over
from training.runs.checkpoint import RunState
from training.runs.device import computes_in_half, placed
from training.runs.heads import TwoHeads
from training.runs.schedule import Average, Budget, curriculum, learning_rate

CTC_WEIGHT = 0.5
_TELL_EVERY = 20  # steps


@dataclass(frozen=True, slots=True)
class ReaderPlan:
    """A training run of the recogniser: the recipe, and how long and with what it is followed.

    `start` loads the weights of the version before, where the recipe has one; `real` is a folder of
    photographed lines to learn from, `choose` one of real crops on whose first half the best
    checkpoint is chosen. `samples` and `minutes` end it earlier or later than the recipe says.
    Every `check_every` steps of `batch` crops the state is written and `validation` held-out crops
    are read.
    """

    fonts: tuple[Path, ...]
    out: Path
    recipe: ReaderRecipe = READERS[LATEST]
    start: Callable[[], Mapping[str, Tensor]] | None = None
    real: Path | None = None
    choose: Path | None = None
    samples: int | None = None
    minutes: float | None = None
    batch: int = 64
    workers: int = 1
    channels: float = 0.25
    hidden: int = 256
    check_every: int = 300
    validation: int = 256


class Trainee(TwoHeads):
    """The recogniser with its CTC helper."""

    def __init__(self, plan: ReaderPlan, tokenizer: Tokenizer) -> None:
        sizes = (tokenizer.classes, plan.channels, plan.hidden, plan.recipe.blocks)
        skimming = plan.recipe.skimming
        super().__init__(TrbaConfig(CROP_HEIGHT, CROP_WIDTH, *sizes, rectified=not skimming))
        for head in (self.trba.Prediction, self.ctc):
            head.requires_grad_(not plan.recipe.keeps_heads)

    def forward(self, crops: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Attention loss and CTC loss of a batch."""
        features = self.trba.encode(crops)
        inputs = torch.cat([torch.full_like(targets[:, :1], GO), targets[:, :-1].clamp(min=0)], 1)
        steps = int((targets >= 0).sum(1).max())
        logits = self.trba.Prediction.teach(features, inputs[:, :steps])
        attention = functional.cross_entropy(
            logits.flatten(0, 1).float(), targets[:, :steps].flatten(), ignore_index=-1
        )
        return attention, self._ctc_loss(features, targets)

    def _ctc_loss(self, features: Tensor, targets: Tensor) -> Tensor:
        lengths = (targets >= 0).sum(1) - 1  # without [stop]
        log_probs = self.ctc(features).float().log_softmax(-1).transpose(0, 1)
        frames = torch.full_like(lengths, log_probs.shape[0])
        return functional.ctc_loss(
            log_probs, targets.clamp(min=1), frames, lengths, blank=GO, zero_infinity=True
        )


class ReaderTraining:
    """One run: state, steps, checkpoints, validation."""

    def __init__(self, plan: ReaderPlan, device: torch.device) -> None:
        recipe = plan.recipe
        torch.manual_seed(recipe.seed)
        self.plan, self.device, self.tokenizer = plan, device, Tokenizer()
        self.net = placed(self._beginner(), device)
        self.optimizer = torch.optim.AdamW(self._groups(), recipe.peak, weight_decay=0.02)
        self.average = Average(self.net)
        self.budget = Budget(plan.samples or recipe.samples, plan.minutes)
        lines = real_lines(plan.real) if recipe.real and plan.real else []
        if recipe.real and not lines:
            raise RealDataError("this version learns from real crops, too: name a folder of them")
        self.real = tuple(line for line in lines if not line.for_choosing)
        self.choosing = choosing_crops(lines, plan.choose)
        origin = asdict(Origin.of(recipe, sources_of(self.real)))
        self.state = RunState(self.net, self.optimizer, self.average, self.budget, origin)
        self.difficulty = torch.zeros(()).share_memory_()
        self.halved = computes_in_half(device)
        self.log, self.lowest = plan.out / "log.tsv", math.inf
        plan.out.mkdir(parents=True, exist_ok=True)

    def _beginner(self) -> Trainee:
        """A new network, or what the version before had learned."""
        net = Trainee(self.plan, self.tokenizer)
        if self.plan.start is not None:
            net.load_state_dict(taken_over(self.plan.start(), self.plan.recipe))
        return net

    def _groups(self) -> list[dict[str, object]]:
        # The spline moves everything behind it; it learns at a tenth of the pace.
        slow = list(self.net.trba.Transformation.parameters())
        known = {id(p) for p in slow}
        rest = [p for p in self.net.parameters() if id(p) not in known]
        return [{"params": rest, "pace": 1.0}, {"params": slow, "pace": 0.1}]

    @property
    def checkpoint(self) -> Path:
        """Where the run's whole state lies."""
        return self.plan.out / "reader.ckpt"

    def run(self) -> None:
        """Train until the budget is spent; a run that has ended is left as it is."""
        self.state.resume(self.checkpoint, self.device)
        self.lowest = _lowest(self.log)
        if self.budget.progress >= 1:
            return
        self.difficulty.fill_(curriculum(self.budget.progress, self.plan.recipe.easy_until))
        loader = drawn(self.stream(), self.plan.workers)
        with tqdm(total=1.0, desc="reader", mininterval=10) as bar:
            for number, batch in enumerate(loader, 1):
                losses = self.step(batch)
                self.budget.advance(len(batch.crops))
                bar.n = self.budget.progress
                if number % _TELL_EVERY == 0:
                    bar.set_postfix_str(
                        f"{self.budget.done} crops, loss {losses[0]:.3f}/{losses[1]:.3f}"
                    )
                if number % self.plan.check_every == 0 or self.budget.progress >= 1:
                    self.check(losses)
                if self.budget.progress >= 1:
                    break

    def stream(self) -> CropStream:
        """The crops from here on; a run that goes on must not draw the same ones again."""
        recipe, plan = self.plan.recipe, self.plan
        seed = recipe.seed + self.budget.done
        return CropStream(plan.fonts, plan.batch, seed, self.difficulty, Lesson(recipe, self.real))

    def step(self, batch: CropBatch) -> tuple[float, float]:
        """One step of the optimiser; attention and CTC loss."""
        self.net.train()
        progress, recipe = self.budget.progress, self.plan.recipe
        self.difficulty.fill_(curriculum(progress, recipe.easy_until))
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(progress, recipe.peak) * group["pace"]
        crops = batch.crops.to(self.device, memory_format=torch.channels_last)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.halved):
            attention, ctc = self.net(crops, batch.targets.to(self.device))
        loss = attention + CTC_WEIGHT * ctc
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimizer.step()
        self.average.update(self.net)
        return float(attention.detach()), float(ctc.detach())

    def check(self, losses: tuple[float, float]) -> None:
        """Checkpoint, and the averaged weights' exact match on drawn crops of unseen fonts."""
        self.state.save(self.checkpoint)
        exact = self.exact_match(self.plan.validation)
        real, loss = self._on_real() if self.choosing else (0.0, 0.0)
        if self.choosing and loss < self.lowest:
            self.lowest = loss
            self.state.save(self.best)
        with self.log.open("a") as log:
            told = (self.budget.done, self.budget.spent / 60, float(self.difficulty), *losses)
            row = (*told, exact, real, loss)
            log.write("\t".join(f"{value:.4g}" for value in row) + "\n")

    @property
    def best(self) -> Path:
        """The state whose averaged weights had the lowest loss on the real crops to choose on."""
        return self.plan.out / "best.ckpt"

    @torch.no_grad()
    def _on_real(self) -> tuple[float, float]:
        """Exact match and attention loss on the real crops that checkpoints are chosen on."""
        with self._averaged():
            batches = [
                batch_of(self.choosing[at : at + self.plan.batch], self.tokenizer)
                for at in range(0, len(self.choosing), self.plan.batch)
            ]
            losses = [
                float(self.net(one.crops.to(self.device), one.targets.to(self.device))[0])
                * len(one.crops)
                for one in batches
            ]
            right = sum(map(self._right, batches))
        return right / len(self.choosing), sum(losses) / len(self.choosing)

    @contextmanager
    def _averaged(self) -> Iterator[None]:
        """The averaged weights at work, in eval mode, and the trained ones again afterwards."""
        kept = {k: v.clone() for k, v in self.net.state_dict().items()}
        self.net.load_state_dict(self.average.state)
        self.net.eval()
        try:
            yield
        finally:
            self.net.load_state_dict(kept)

    @torch.no_grad()
    def exact_match(self, count: int, seed: int = 99) -> float:
        """Share of `count` held-out crops at full difficulty read without a fault, case folded."""
        source = CropSource(FontPool.load(self.plan.fonts), split="held_out")
        drawn_crops = [*source.draw(np.random.default_rng(seed), count)]
        with self._averaged():
            if self.plan.recipe.skimming:
                right = sum(map(self._right, parted(drawn_crops, self.tokenizer, self.plan.batch)))
            else:
                right = self._right(batch_of(drawn_crops, self.tokenizer))
        return right / count

    def _right(self, batch: CropBatch) -> int:
        logits = self.net.trba(batch.crops.to(self.device)).softmax(-1).cpu().numpy()
        right = 0
        for row, target in zip(logits, batch.targets.numpy(), strict=True):
            truth = "".join(self.tokenizer.characters[c - 2] for c in target if c > 1)
            right += self.tokenizer.decode(row).text.upper() == truth.upper()
        return right


def _lowest(log: Path) -> float:
    """The lowest loss on real crops so far, which a log's last column has."""
    rows = log.read_text().splitlines() if log.exists() else []
    return min((float(row.split("\t")[-1]) for row in rows), default=math.inf)
