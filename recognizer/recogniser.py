"""TRBA at work: grey crops in, text with per-character probabilities out, through onnxruntime."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TypeVar

import numpy as np
from onnxruntime import InferenceSession

from recognizer.crops import recogniser_input
from recognizer.decoding import Decoder, Features, ctc_best, ctc_scores
from recognizer.models import ModelFiles
from recognizer.tokenizer import DecodedText, Floats, Tokenizer
from recognizer.types import Pixels

T = TypeVar("T")
Work = Callable[[Sequence[Pixels]], list[T]]
BATCH = 16
LEAST_SHARED = 2  # crops that are worth a thread of their own
WITNESS = 0.3  # how much the CTC head's log-likelihood counts beside the attention's


class Recogniser:
    """Reads crops of one line each."""

    def __init__(self, files: ModelFiles, threads: int = 2) -> None:
        manifest = files.manifest()["reader"]
        self.version: str = manifest["version"]
        self.tokenizer = Tokenizer(manifest["characters"])
        self.height, self.width = int(manifest["height"]), int(manifest["width"])
        # Crops are shared out among threads, not each crop's arithmetic: most of it comes in small
        # steps, one after the other (the LSTMs, the decoder), which two threads do not do faster.
        self._threads = max(1, threads)
        self._others = ThreadPoolExecutor(self._threads, thread_name_prefix="recogniser")
        self._photos, self._counting = 0, Lock()
        self._encoder = files.session(manifest["encoder"], threads=1)
        # Weights that were exported without it are skimmed with the one there is.
        skimming = manifest.get("skimming_encoder")
        self._skimming = files.session(skimming, threads=1) if skimming else self._encoder
        self.decoder = Decoder(
            files.session(manifest["decoder"], threads=1),
            self.tokenizer,
            int(manifest["hidden"]),
            int(manifest["steps"]),
        )

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The greedy reading of each crop (HxW grey), in order."""
        return self._shared(partial(self._read, self._encoder), crops)

    def skim(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The same in half the time, convolutions and LSTMs in eight bits: for a photo's lines.

        One text in eighteen comes out another, none of those that are read surely.
        """
        return self._shared(partial(self._read, self._skimming), crops)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While a photo is read: a single one has all threads for its crops, several one each.

        Shared out, the crops of a photo take a sixth less time, but more work in all: where many
        photos wait, a sixth more of them are read in whole batches.
        """
        with self._counting:
            self._photos += 1
        try:
            yield
        finally:
            with self._counting:
                self._photos -= 1

    def _shared(self, work: Work[T], crops: Sequence[Pixels]) -> list[T]:
        """What `work` makes of the crops, in order; all threads get as many, or this one all."""
        threads = self._threads if self._photos <= 1 else 1
        size = max(LEAST_SHARED, -(-len(crops) // threads))
        mine, *others = (crops[at : at + size] for at in range(0, max(1, len(crops)), size))
        waiting = [self._others.submit(work, part) for part in others]
        found = work(mine)
        for other in waiting:
            found += other.result()
        return found

    def _read(self, encoder: InferenceSession, crops: Sequence[Pixels]) -> list[DecodedText]:
        texts: list[DecodedText] = []
        for features in self._features(encoder, crops):
            read = [self.tokenizer.decode(row) for row in self.decoder.greedy(features)]
            heard = ctc_best(self.tokenizer.fold_frames(features.ctc))
            texts += [
                replace(text, witnessed=list(text.classes) == witness)
                for text, witness in zip(read, heard, strict=True)
            ]
        return texts

    def read_closely(
        self, crops: Sequence[Pixels], width: int = 5, *, skimming: bool = False
    ) -> list[list[DecodedText]]:
        """The likeliest readings of each crop, best first, weighed by both heads.

        A reading's confidence is the attention decoder's, lowered by how much less likely the
        CTC head finds it than the reading that it likes best. `skimming` reads in eight bits.
        """
        encoder = self._skimming if skimming else self._encoder
        return self._shared(partial(self._read_closely, encoder, width), crops)

    def _read_closely(
        self, encoder: InferenceSession, width: int, crops: Sequence[Pixels]
    ) -> list[list[DecodedText]]:
        found: list[list[DecodedText]] = []
        for features in self._features(encoder, crops):
            heard = self.tokenizer.fold_frames(features.ctc)
            read = self.decoder.beam(features, width)
            found += [_weighed(*one) for one in zip(read, heard, strict=True)]
        return found

    def _features(self, encoder: InferenceSession, crops: Sequence[Pixels]) -> Iterator[Features]:
        """Features of the crops, a batch at a time."""
        for start in range(0, len(crops), BATCH):
            batch = crops[start : start + BATCH]
            inputs = [recogniser_input(crop, self.height, self.width) for crop in batch]
            yield self._encoded(np.stack(inputs), encoder)

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
