"""What every step of drawing one crop is told: chance, how badly, which version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from datasets.crops.settings import CropSettings

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Treatment:
    """How one crop is drawn; `hard` in 0..1 is how badly it may be treated.

    Steps take their chances from `rng` one after the other: the order of the steps, and of the
    draws within each, is part of a version and must not change.
    """

    rng: np.random.Generator
    hard: float
    settings: CropSettings

    def chance(self, share: float) -> bool:
        """True for `share` of the hardest crops, and for fewer of the easier ones."""
        return bool(self.rng.random() < share * self.hard)
