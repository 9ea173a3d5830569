"""Sources of crops put together, and used more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from datasets.crops.draw import Crops, DrawnCrop
from datasets.crops.poorer import poorer

Rng = np.random.Generator

KEPT_CROPS = 4096  # crops that are given again, of 32x192 to 60x500 pixels each
AGAIN = 0.8  # how badly a crop that comes again is made poorer, at most


@dataclass(frozen=True, slots=True)
class MixedCrops:
    """Crops of two sources, a share of `second` ones (0..1) among the `first`."""

    first: Crops
    second: Crops
    share: float

    def draw(self, rng: Rng, count: int, difficulty: float = 1.0) -> Iterator[DrawnCrop]:
        """`count` crops in random order."""
        seconds = int(rng.binomial(count, self.share))
        chosen = [*self.first.draw(rng, count - seconds, difficulty)]
        chosen += self.second.draw(rng, seconds, difficulty)
        yield from (chosen[at] for at in rng.permutation(count))


@dataclass
class RepeatedCrops:
    """A source's crops, each given about `times` times: as drawn, then made poorer otherwise.

    Drawing takes a core about as long as a step of training takes another one per eight crops;
    where there is one core for both, this leaves more of it to the training.
    """

    source: Crops
    times: int
    _kept: list[DrawnCrop] = field(default_factory=list)

    def draw(self, rng: Rng, count: int, difficulty: float = 1.0) -> Iterator[DrawnCrop]:
        """`count` crops, one in `times` of them new."""
        for _ in range(count):
            if not self._kept or rng.random() < 1 / self.times:
                yield self._fresh(rng, difficulty)
            else:
                again = self._kept[int(rng.integers(len(self._kept)))]
                pixels = poorer(again.pixels, rng, AGAIN * difficulty * float(rng.random()))
                yield DrawnCrop(pixels, again.text)

    def _fresh(self, rng: Rng, difficulty: float) -> DrawnCrop:
        crop = next(self.source.draw(rng, 1, difficulty))
        if len(self._kept) < KEPT_CROPS:
            self._kept.append(crop)
        else:
            self._kept[int(rng.integers(KEPT_CROPS))] = crop
        return crop
