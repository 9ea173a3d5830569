"""The encoder at work: crops of text lines in, features for both heads out, through onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from onnxruntime import InferenceSession

from recognizer.reading.decoding import Features
from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH, recogniser_input, skimming_width
from recognizer.reading.tokenizer import Floats
from recognizer.types import Pixels

LEAST_SHARED = 2  # crops that are worth a batch of their own


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder's session; `narrowing` where it takes crops as wide as their texts need."""

    session: InferenceSession
    height: int = CROP_HEIGHT
    width: int = CROP_WIDTH

    @property
    def narrowing(self) -> bool:
        """Whether the file leaves the crops' width open."""
        return not isinstance(self.session.get_inputs()[0].shape[3], int)

    def room(self, crop: Pixels) -> int:
        """The width that an HxW crop needs."""
        return skimming_width(crop, self.width) if self.narrowing else self.width

    def features(self, crops: Sequence[Pixels]) -> Features:
        """Features of HxW grey crops, all stretched to the widest one's need."""
        width = max(map(self.room, crops))
        return self.of(np.stack([recogniser_input(crop, self.height, width) for crop in crops]))

    def of(self, inputs: Floats) -> Features:
        """Features of (B, 1, height, width) in -1..1."""
        return Features(*self.session.run(["features", "keys", "ctc"], {"crops": inputs}))


def batches(rooms: Sequence[int], parts: int, most: int) -> list[list[int]]:
    """The numbers of crops that need so much room, in batches of at most `most`.

    There are at least `parts` of them with about as much work each, if there are crops enough.
    Narrow crops come together, so that none is stretched further than it has to be.
    """
    order = sorted(range(len(rooms)), key=rooms.__getitem__)
    parts = max(1, min(parts, len(order) // LEAST_SHARED))
    work = np.cumsum([rooms[number] for number in order])
    shares = np.arange(1, parts) * (work[-1] / parts) if order else []
    ends = [0, *(int(end) for end in np.searchsorted(work, shares) + 1), len(order)]
    found = [order[start:end] for start, end in pairwise(ends) if end > start]
    return [part[at : at + most] for part in found for at in range(0, len(part), most)]
