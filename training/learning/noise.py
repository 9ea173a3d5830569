"""Labels that a reader doubts which has not seen them: confident learning over lines of text.

The crops are parted into folds, those of one group together. For each fold the reader's sequence
layers and its CTC head learn from the other folds, on the visual features of the encoder as it is,
and read the fold that they have not seen: what most people agree on is learned, what single ones
mistook or made up is not. A label's odds are how much less likely the network finds it than what
it reads itself (Northcutt, Jiang and Chuang 2021, "Confident learning": out-of-sample
probabilities, and a threshold from the labels that are believed).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from datasets.fonts.faces import share_of
from recognizer.reading.input import recogniser_input
from recognizer.reading.tokenizer import GO, STOP, Tokenizer
from training.exporting.export import BothHeads
from training.reader.reading import READ_AT_ONCE, collapsed

Grey = NDArray[np.uint8]

FOLDS = 4
PASSES = 6
"""Over the other folds. After four the loss on unseen crops of a new font falls no more."""

_PACE = 1e-3
_BATCH = 32
LEAST_ODDS = 6.0
"""Nats by which another reading has to be likelier, for the label to be held to be wrong. Of 237
lines in a print that the reader reads half of, that finds 12 of 20 labels with a wrong letter, and
doubts 12 in 100 right ones; of 800 lines it finds 7 to 8 in 10, and doubts 1 or 2 in 100."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a network that had not seen the label read, and its odds against the label in nats."""

    text: str
    odds: float


class _Head(nn.Module):
    """What learns in each fold: the sequence layers and the CTC head."""

    def __init__(self, reader: BothHeads) -> None:
        super().__init__()
        self.sequence = copy.deepcopy(reader.trba.SequenceModeling)
        self.ctc = copy.deepcopy(reader.ctc)

    def forward(self, seen: Tensor) -> Tensor:
        """(B, T, channels) visual features to (B, T, classes) log-probabilities."""
        return self.ctc(self.sequence(seen)).log_softmax(-1)  # type: ignore[no-any-return]


def unseen(
    reader: BothHeads, crops: Sequence[Grey], texts: Sequence[str], groups: Sequence[str]
) -> list[Heard]:
    """For each HxW grey crop with its text what was read without having seen it."""
    if not crops:
        return []
    tokenizer = Tokenizer()
    seen, classes = _seen(reader, crops), [_classes(text, tokenizer) for text in texts]
    folds = np.array([int(share_of(group) * FOLDS) for group in groups])
    heard: list[Heard] = [Heard("", 0.0)] * len(crops)
    for fold in np.unique(folds):
        others, own = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        head = _learned(reader, seen, classes, others)
        for at, found in zip(own, _read(head, seen, classes, own, tokenizer), strict=True):
            heard[int(at)] = found
    return heard


@torch.no_grad()
def _seen(reader: BothHeads, crops: Sequence[Grey]) -> Tensor:
    """(N, T, channels) of the encoder's convolutions."""
    found = []
    for start in range(0, len(crops), READ_AT_ONCE):
        inputs = np.stack([recogniser_input(one) for one in crops[start : start + READ_AT_ONCE]])
        rectified = reader.trba.Transformation(torch.from_numpy(inputs))
        features = reader.trba.FeatureExtraction(rectified)
        found.append(features.mean(dim=2).transpose(1, 2))
    return torch.cat(found)


def _classes(text: str, tokenizer: Tokenizer) -> Tensor:
    return torch.tensor([one for one in tokenizer.encode(text) if one != STOP])


def _losses(frames: Tensor, targets: Sequence[Tensor]) -> Tensor:
    """(B,) the negative log-likelihood of each text in nats."""
    return functional.ctc_loss(
        frames.transpose(0, 1),
        torch.cat(list(targets)),
        torch.full((len(targets),), frames.shape[1]),
        torch.tensor([len(one) for one in targets]),
        blank=GO,
        reduction="none",
        zero_infinity=True,
    )


def _learned(
    reader: BothHeads, seen: Tensor, classes: Sequence[Tensor], which: NDArray[np.intp]
) -> _Head:
    head, rng = _Head(reader).train(), np.random.default_rng(len(which))
    optimizer = torch.optim.AdamW(head.parameters(), _PACE)
    for _ in range(PASSES):
        order = rng.permutation(which)
        for start in range(0, len(order), _BATCH):
            some = order[start : start + _BATCH]
            targets = [classes[at] for at in some]
            lengths = torch.tensor([len(one) for one in targets])
            loss = (_losses(head(seen[some]), targets) / lengths).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimizer.step()
    return head.eval()


@torch.no_grad()
def _read(
    head: _Head,
    seen: Tensor,
    classes: Sequence[Tensor],
    which: NDArray[np.intp],
    tokenizer: Tokenizer,
) -> list[Heard]:
    found = []
    for start in range(0, len(which), READ_AT_ONCE):
        some = which[start : start + READ_AT_ONCE]
        frames = head(seen[some])
        texts = [collapsed(tokenizer.fold_frames(row), tokenizer) for row in frames.numpy()]
        labels = _losses(frames, [classes[at] for at in some])
        own = _losses(frames, [_classes(text, tokenizer) for text in texts])
        found += [
            Heard(text, float(label - mine))
            for text, label, mine in zip(texts, labels, own, strict=True)
        ]
    return found
