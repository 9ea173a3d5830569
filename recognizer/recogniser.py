"""TRBA at work: grey crops in, text with per-character probabilities out, through onnxruntime.

The encoder (TPS, ResNet, BiLSTM) and one step of the attention decoder are two onnx files; the
loop over characters is here, so that it ends when every line has ended.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.crops import recogniser_input
from recognizer.models import ModelFiles
from recognizer.tokenizer import GO, STOP, DecodedText, Tokenizer
from recognizer.types import Pixels

Floats = NDArray[np.float32]
BATCH = 16


class Recogniser:
    """Reads crops of one line each."""

    def __init__(self, files: ModelFiles, threads: int = 2) -> None:
        manifest = files.manifest()["reader"]
        self.version: str = manifest["version"]
        self.tokenizer = Tokenizer(manifest["characters"])
        self.height, self.width = int(manifest["height"]), int(manifest["width"])
        self.hidden, self.steps = int(manifest["hidden"]), int(manifest["steps"])
        self._encoder = files.session(manifest["encoder"], threads)
        self._decoder = files.session(manifest["decoder"], threads)

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """One decoded text a crop (HxW grey), in order."""
        texts: list[DecodedText] = []
        for start in range(0, len(crops), BATCH):
            batch = [
                recogniser_input(crop, self.height, self.width)
                for crop in crops[start : start + BATCH]
            ]
            texts += [self.tokenizer.decode(row) for row in self.probabilities(np.stack(batch))]
        return texts

    def probabilities(self, crops: Floats) -> Floats:
        """(B, 1, height, width) in -1..1 to (B, steps, classes) probabilities, read greedily."""
        features, keys = self._encoder.run(None, {"crops": crops})
        count = len(crops)
        hidden = np.zeros((count, self.hidden), np.float32)
        cell = np.zeros_like(hidden)
        last = np.full(count, GO, np.int64)
        ended = np.zeros(count, bool)
        steps: list[Floats] = []
        while len(steps) < self.steps and not ended.all():
            probabilities, hidden, cell = self._decoder.run(
                None,
                {"features": features, "keys": keys, "hidden": hidden, "cell": cell, "last": last},
            )
            last = probabilities.argmax(axis=1)
            ended |= last == STOP
            steps.append(probabilities)
        return np.stack(steps, axis=1)
