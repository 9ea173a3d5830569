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

from recognizer.models import ModelFiles
from recognizer.reading.decoding import Decoder, Features, ctc_best, ctc_scores
from recognizer.reading.encoding import Encoder, batches
from recognizer.reading.tokenizer import DecodedText, Floats, Tokenizer
from recognizer.types import Pixels

T = TypeVar("T")
Work = Callable[[Encoder, Sequence[Pixels]], list[T]]
CROP_BATCH = 16
WITNESS = 0.3  # how much the CTC head's log-likelihood counts beside the attention's


class Recogniser:
    """Reads crops of one line each."""

    def __init__(self, files: ModelFiles, threads: int = 2) -> None:
        manifest = files.manifest()["reader"]
        self.version: str = manifest["version"]
        self.tokenizer = Tokenizer(manifest["characters"])
        # Crops are shared out among threads, not each crop's arithmetic: most of it comes in small
        # steps, one after the other (the LSTMs, the decoder), which two threads do not do faster.
        self._threads = max(1, threads)
        self._others = ThreadPoolExecutor(self._threads, thread_name_prefix="recogniser")
        self._photos, self._counting = 0, Lock()
        size = int(manifest["height"]), int(manifest["width"])
        self._encoder = Encoder(files.session(manifest["encoder"], threads=1), *size)
        # Weights that were exported without it are skimmed with the one there is.
        skimming = manifest.get("skimming_encoder")
        self._skimming = self._encoder
        if skimming:
            self._skimming = Encoder(files.session(skimming, threads=1), *size)
        self.decoder = Decoder(
            files.session(manifest["decoder"], threads=1),
            self.tokenizer,
            int(manifest["hidden"]),
            int(manifest["steps"]),
        )

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The greedy reading of each crop (HxW grey), in order."""
        return self._shared(self._read, self._encoder, crops)

    def skim(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The same by the lighter encoder, in less than half the time: for a photo's many lines."""
        return self._shared(self._read, self._skimming, crops)

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

    def _shared(self, work: Work[T], encoder: Encoder, crops: Sequence[Pixels]) -> list[T]:
        """What `work` makes of the crops, in order; all threads get as much, or this one all."""
        sharing = self._photos <= 1
        rooms = [encoder.room(crop) for crop in crops]
        parts = batches(rooms, self._threads if sharing else 1, CROP_BATCH)
        tasks = [partial(work, encoder, [crops[number] for number in part]) for part in parts]
        later = [self._others.submit(task).result if sharing else task for task in tasks[1:]]
        found = [task() for task in (*tasks[:1], *later)]
        places = np.argsort([number for part in parts for number in part])
        results = [result for part in found for result in part]
        return [results[place] for place in places]

    def _read(self, encoder: Encoder, crops: Sequence[Pixels]) -> list[DecodedText]:
        features = encoder.features(crops)
        read = [self.tokenizer.decode(row) for row in self.decoder.greedy(features)]
        heard = ctc_best(self.tokenizer.fold_frames(features.ctc))
        return [
            replace(text, witnessed=list(text.classes) == witness)
            for text, witness in zip(read, heard, strict=True)
        ]

    def read_closely(self, crops: Sequence[Pixels], width: int = 5) -> list[list[DecodedText]]:
        """The likeliest readings of each crop, best first, weighed by both heads.

        A reading's confidence is the attention decoder's, lowered by how much less likely the
        CTC head finds it than the reading that it likes best.
        """
        return self._shared(partial(self._read_closely, width), self._encoder, crops)

    def _read_closely(
        self, width: int, encoder: Encoder, crops: Sequence[Pixels]
    ) -> list[list[DecodedText]]:
        features = encoder.features(crops)
        heard = self.tokenizer.fold_frames(features.ctc)
        read = self.decoder.beam(features, width)
        return [_weighed(*one) for one in zip(read, heard, strict=True)]

    def encode_inputs(self, inputs: Floats) -> Features:
        """Features of (B, 1, height, width) in -1..1."""
        return self._encoder.of(inputs)

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
