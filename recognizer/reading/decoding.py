"""From sequence features to text: the attention decoder, greedily or by beam, and CTC scores.

The decoder is an onnx file of one step; the loops are here, so that they end when every line has
ended. The CTC head (Graves et al., "Connectionist Temporal Classification", 2006) looks at the
same features without any memory of what was read before: a second witness for doubtful lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime

from recognizer.reading.tokenizer import GO, STOP, Classes, DecodedText, Floats, Tokenizer

BLANK = GO  # the CTC head's class 0
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Features:
    """What the encoder says about B crops.

    `sequence` (B, T, size), `keys` (B, T, hidden) for the attention, `ctc` (B, T, classes)
    log-probabilities of the CTC head.
    """

    sequence: Floats
    keys: Floats
    ctc: Floats

    def of(self, rows: Sequence[int] | Classes) -> Features:
        """Those of some crops."""
        at = np.asarray(rows, np.int64)
        return Features(self.sequence[at], self.keys[at], self.ctc[at])


@dataclass(frozen=True, slots=True)
class _State:
    """Of the decoder's LSTM: `hidden` and `cell` (N, hidden), `last` (N,) classes read."""

    hidden: Floats
    cell: Floats
    last: Classes

    def of(self, rows: Classes, last: Classes) -> _State:
        return _State(self.hidden[rows], self.cell[rows], last)


class Decoder:
    """One step of the attention decoder at a time; at most `steps` characters."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, hidden: int, steps: int
    ) -> None:
        self._session, self.tokenizer = session, tokenizer
        self.hidden, self.steps = hidden, steps

    def greedy(self, features: Features) -> Floats:
        """(B, steps until all have ended, classes) probabilities of the greedy reading.

        Lines that have ended are put aside once they are half of those worked on; [stop] follows.
        """
        going = np.arange(len(features.sequence))
        stopped = np.zeros((len(going), self.tokenizer.classes), np.float32)
        stopped[:, STOP] = 1.0
        state, ended = self._start(len(going)), np.zeros(len(going), bool)
        steps: list[Floats] = []
        while len(steps) < self.steps and not ended.all():
            if 2 * ended.sum() >= len(ended):
                left = np.flatnonzero(~ended)
                features, state = features.of(left), state.of(left, state.last[left])
                going, ended = going[left], ended[left]
            probabilities, state = self._step(features, state)
            last = probabilities.argmax(axis=1)
            ended |= last == STOP
            state = _State(state.hidden, state.cell, last)
            steps.append(stopped.copy())
            steps[-1][going] = probabilities
        return np.stack(steps, axis=1)

    def beam(self, features: Features, width: int = 5) -> list[list[DecodedText]]:
        """The likeliest readings of each crop, at least one, best first; letter case is put aside.

        Unlike the alternatives along the greedy reading these also differ in length.
        """
        count = len(features.sequence)
        wide = features.of([at for at in range(count) for _ in range(width)])
        beams = [_Beam.start(width) for _ in range(count)]
        state = self._start(count * width)
        for _ in range(self.steps):
            probabilities, state = self._step(wide, state)
            folded = self.tokenizer.fold(probabilities).reshape(count, width, -1)
            cases = self.tokenizer.likelier_case(probabilities).reshape(count, width, -1)
            beams = [
                beam if beam.done else beam.grown(shares, feeds)
                for beam, shares, feeds in zip(beams, folded, cases, strict=True)
            ]
            if all(beam.done for beam in beams):
                break
            parents = [at * width + beam.parents for at, beam in enumerate(beams)]
            feed = np.concatenate([beam.feed for beam in beams])
            state = state.of(np.concatenate(parents), feed)
        return [self._readings(beam) for beam in beams]

    def _readings(self, beam: _Beam) -> list[DecodedText]:
        # Out of steps, a line without an end is read as far as it goes.
        readings = beam.readings(unfinished=not beam.done)
        return [self.tokenizer.decoded(rows, classes) for rows, classes in readings]

    def _start(self, count: int) -> _State:
        zero = np.zeros((count, self.hidden), np.float32)
        return _State(zero, zero, np.full(count, GO, np.int64))

    def _step(self, features: Features, state: _State) -> tuple[Floats, _State]:
        inputs = {
            "features": features.sequence,
            "keys": features.keys,
            "hidden": state.hidden,
            "cell": state.cell,
            "last": state.last,
        }
        probabilities, hidden, cell = self._session.run(None, inputs)
        return probabilities, _State(hidden, cell, state.last)


@dataclass(frozen=True, slots=True)
class _Beam:
    """The best readings so far: `scores` (K,) log-probabilities, and how each came about."""

    scores: Floats
    ended: np.ndarray
    parents: Classes
    feed: Classes
    paths: tuple[tuple[tuple[Floats, int], ...], ...]

    @classmethod
    def start(cls, width: int) -> _Beam:
        scores = np.full(width, -np.inf, np.float32)
        scores[0] = 0.0  # all rows are alike at first: one counts
        none = np.zeros(width, np.int64)
        return cls(scores, np.zeros(width, bool), none, none, ((),) * width)

    @property
    def done(self) -> bool:
        """Whether nothing unfinished can still become the best by a fair margin."""
        going = self.scores[~self.ended]
        return not len(going) or bool(self.ended[0] and going.max() < self.scores[0] - 7)

    def grown(self, folded: Floats, cases: Classes) -> _Beam:
        """The beam a character longer, by (K, classes) probabilities and what to feed for each."""
        logs = np.log(np.maximum(folded, _LEAST))
        logs[self.ended] = -np.inf
        logs[self.ended, STOP] = 0.0
        total = (self.scores[:, None] + logs).ravel()
        width, classes = folded.shape
        best = np.argsort(-total, kind="stable")[:width]
        parents, chosen = best // classes, best % classes
        paths = tuple(
            self.paths[parent]
            if self.ended[parent]
            else (*self.paths[parent], (folded[parent], int(char)))
            for parent, char in zip(parents, chosen, strict=True)
        )
        feed = cases[parents, chosen]
        ended = self.ended[parents] | (chosen == STOP)
        return _Beam(total[best].astype(np.float32), ended, parents, feed, paths)

    def readings(self, unfinished: bool = False) -> list[tuple[Floats, Classes]]:
        """Rows of probabilities and chosen classes of the ended readings, best first."""
        return [
            (np.stack([row for row, _ in path]), np.array([char for _, char in path]))
            for path, ended, score in zip(self.paths, self.ended, self.scores, strict=True)
            if (ended or unfinished) and path and score > -np.inf
        ]


def ctc_best(log_probabilities: Floats) -> list[list[int]]:
    """The CTC head's best path for each of (B, T, classes): repeats merged, blanks dropped."""
    best = log_probabilities.argmax(axis=2)
    new = np.ones(best.shape, bool)
    new[:, 1:] = best[:, 1:] != best[:, :-1]
    kept = new & (best != BLANK)
    return [row[keep].tolist() for row, keep in zip(best, kept, strict=True)]


def ctc_scores(log_probabilities: Floats, texts: Sequence[Sequence[int]]) -> Floats:
    """(N,) log-likelihood of N texts (classes, without [stop]) under (T, classes) frames.

    Source: the forward algorithm of Graves et al. (2006), all texts at once.
    """
    longest = 2 * max((len(text) for text in texts), default=0) + 1
    states = np.full((len(texts), longest), BLANK, np.int64)
    ends = np.array([2 * len(text) for text in texts])
    for row, text in enumerate(texts):
        states[row, 1 : 2 * len(text) : 2] = text
    skips = np.zeros((len(texts), longest), bool)
    skips[:, 2:] = (states[:, 2:] != BLANK) & (states[:, 2:] != states[:, :-2])
    spoken = log_probabilities[:, states]  # (T, N, longest)
    # Two columns in front that nothing reaches, so that every state has one and two before it.
    alpha = np.full((len(texts), longest + 2), -np.inf)
    alpha[:, 2:4] = spoken[0, :, :2]
    for frame in spoken[1:]:
        two = np.where(skips, alpha[:, :-2], -np.inf)
        alpha[:, 2:] = np.logaddexp(np.logaddexp(alpha[:, 2:], alpha[:, 1:-1]), two) + frame
    alpha = alpha[:, 2:]
    rows = np.arange(len(texts))
    before = np.where(ends > 0, alpha[rows, np.maximum(ends - 1, 0)], -np.inf)
    return np.asarray(np.logaddexp(alpha[rows, ends], before), np.float32)
