"""Published CRAFT weights at work in torch. Import it only where they are chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from recognizer.finding.finder import finder_input
from recognizer.networks.craft import CRAFT
from recognizer.networks.published import load_craft
from recognizer.types import Pixels


class TorchMaps:
    """A CRAFT of torch as a `recognizer.finding.finder.MapsNetwork`; one thread at a time may call
    it.

    `threads` is for torch in the whole process.
    """

    def __init__(self, network: CRAFT, version: str, threads: int = 2) -> None:
        self.version = version
        self._network = network.eval().to(memory_format=torch.channels_last)
        torch.set_num_threads(threads)

    @classmethod
    def load(cls, path: Path, threads: int, version: str) -> Self:
        """A checkpoint of the published layout; raises ModelError."""
        return cls(load_craft(path), version, threads)

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        """HxWx3 RGB, sides in steps of 32, to region and affinity maps (H/2, W/2, 2)."""
        with torch.inference_mode():
            seen = torch.from_numpy(finder_input(photo)).contiguous(
                memory_format=torch.channels_last
            )
            maps = self._network(seen)[0]
        return np.ascontiguousarray(maps.numpy(), dtype=np.float32)
