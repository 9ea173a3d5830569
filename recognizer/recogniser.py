"""TRBA at work: grey crops in, text with per-character probabilities out, through onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from onnxruntime import InferenceSession

from recognizer.crops import recogniser_input
from recognizer.decoding import Decoder, Features, ctc_best, ctc_scores
from recognizer.models import ModelFiles
from recognizer.tokenizer import DecodedText, Floats, Tokenizer
from recognizer.types import Pixels

BATCH = 16
WITNESS = 0.3  # how much the CTC head's log-likelihood counts beside the attention's


class Recogniser:
    """Reads crops of one line each."""

    def __init__(self, files: ModelFiles, threads: int = 2) -> None:
        manifest = files.manifest()["reader"]
        self.version: str = manifest["version"]
        self.tokenizer = Tokenizer(manifest["characters"])
        self.height, self.width = int(manifest["height"]), int(manifest["width"])
        self._encoder = files.session(manifest["encoder"], threads)
        # Weights that were exported without it are skimmed with the one there is.
        skimming = manifest.get("skimming_encoder")
        self._skimming = files.session(skimming, threads) if skimming else self._encoder
        self.decoder = Decoder(
            files.session(manifest["decoder"], threads=1),  # steps are too small to share out
            self.tokenizer,
            int(manifest["hidden"]),
            int(manifest["steps"]),
        )

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The greedy reading of each crop (HxW grey), in order."""
        return self._read(crops, self._encoder)

    def skim(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The same in half the time, convolutions and LSTMs in eight bits: for a photo's lines.

        One text in eighteen comes out another, none of those that are read surely.
        """
        return self._read(crops, self._skimming)

    def _read(self, crops: Sequence[Pixels], encoder: InferenceSession) -> list[DecodedText]:
        texts: list[DecodedText] = []
        for start in range(0, len(crops), BATCH):
            features = self._encoded(self._inputs(crops[start : start + BATCH]), encoder)
            read = [self.tokenizer.decode(row) for row in self.decoder.greedy(features)]
            heard = ctc_best(self.tokenizer.fold_frames(features.ctc))
            texts += [
                replace(text, witnessed=list(text.classes) == witness)
                for text, witness in zip(read, heard, strict=True)
            ]
        return texts

    def read_closely(self, crops: Sequence[Pixels], width: int = 5) -> list[list[DecodedText]]:
        """The likeliest readings of each crop, best first, weighed by both heads.

        A reading's confidence is the attention decoder's, lowered by how much less likely the
        CTC head finds it than the reading that it likes best.
        """
        found: list[list[DecodedText]] = []
        for start in range(0, len(crops), BATCH):
            features = self.encode(crops[start : start + BATCH])
            heard = self.tokenizer.fold_frames(features.ctc)
            read = self.decoder.beam(features, width)
            found += [_weighed(*one) for one in zip(read, heard, strict=True)]
        return found

    def encode(self, crops: Sequence[Pixels]) -> Features:
        """Features of at most a batch of crops."""
        return self.encode_inputs(self._inputs(crops))

    def _inputs(self, crops: Sequence[Pixels]) -> Floats:
        return np.stack([recogniser_input(crop, self.height, self.width) for crop in crops])

    def encode_inputs(self, inputs: Floats) -> Features:
        """Features of (B, 1, height, width) in -1..1."""
        return self._encoded(inputs, self._encoder)

    def _encoded(self, inputs: Floats, encoder: InferenceSession) -> Features:
        return Features(*encoder.run(["features", "keys", "ctc"], {"crops": inputs}))

    def probabilities(self, inputs: Floats) -> Floats:
        """(B, 1, height, width) in -1..1 to (B, steps, classes) probabilities, read greedily."""
        return self.decoder.greedy(self.encode_inputs(inputs))


def _weighed(readings: Sequence[DecodedText], frames: Floats) -> list[DecodedText]:
    """One crop's readings, each by what both heads make of it."""
    scores = ctc_scores(frames, [reading.classes for reading in readings])
    weights = np.exp(WITNESS * (scores - scores.max()))
    weighed = [
        replace(reading, confidence=reading.confidence * float(weight))
        for reading, weight in zip(readings, weights, strict=True)
    ]
    return sorted(weighed, key=lambda reading: -reading.confidence)
