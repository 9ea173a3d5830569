"""How far a training is, its learning rate, and the averaged weights."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn


@dataclass
class Budget:
    """Ends after `samples` samples, or after `minutes` of training where given."""

    samples: int
    minutes: float | None = None
    done: int = 0
    spent: float = 0.0
    _since: float = field(default_factory=time.monotonic)

    def advance(self, samples: int) -> None:
        """Count samples and the time since the last call."""
        now = time.monotonic()
        self.done += samples
        self.spent += now - self._since
        self._since = now

    @property
    def progress(self) -> float:
        """0 at the start, 1 at the end."""
        by_time = self.spent / 60 / self.minutes if self.minutes else self.done / self.samples
        return min(1.0, by_time)


def learning_rate(progress: float, peak: float, warm: float = 0.02) -> float:
    """Linear warm-up, then a cosine down to a hundredth of the peak."""
    if progress < warm:
        return peak * (0.05 + 0.95 * progress / warm)
    turn = (progress - warm) / (1 - warm)
    return peak * (0.01 + 0.99 * (1 + math.cos(math.pi * turn)) / 2)


def curriculum(progress: float, easy_until: float = 0.35, least: float = 0.08) -> float:
    """Difficulty: easy at first (attention learns nothing from hard crops), full later."""
    if progress >= easy_until:
        return 1.0
    return least + (1 - least) * progress / easy_until


class Average:
    """An exponential moving average of a module's state; the weights that are shipped."""

    def __init__(self, module: nn.Module, decay: float = 0.9993) -> None:
        self.decay, self.steps = decay, 0
        self.state = {k: v.detach().clone() for k, v in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Move towards the module's weights; buffers that count are copied."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in module.state_dict().items():
            kept: Tensor = self.state[name]
            if value.dtype.is_floating_point:
                kept.lerp_(value.detach(), 1 - decay)
            else:
                kept.copy_(value)
