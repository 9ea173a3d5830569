"""A trained reader in torch, as its checkpoint left it, read by either of its heads.

No rules for codes, no beam and no second view: what the network itself says, so that versions
and heads can be compared. Letter case is folded as serving does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from recognizer.errors import ModelError
from recognizer.networks.trba import TrbaConfig
from recognizer.reading.decoding import ctc_best
from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH, recogniser_input
from recognizer.reading.tokenizer import STOP, Tokenizer
from training.exporting.export import TRACED_STEPS, BothHeads
from training.reader.recipes import Origin
from training.runs.checkpoint import in_single
from training.runs.heads import SPLINE

Grey = NDArray[np.uint8]
READ_AT_ONCE = 64
_PUBLISHED_CHANNELS = 512


@dataclass(frozen=True, slots=True)
class TrainedReader:
    """A network ready to read, and what is known of its training.

    `crops` and `minutes` are None where only weights are left; `origin` is None where the
    checkpoint does not say.
    """

    network: BothHeads
    crops: int | None = None
    minutes: float | None = None
    origin: Origin | None = None

    @property
    def blocks(self) -> tuple[int, int, int, int]:
        """Residual blocks of the four stages."""
        return self.network.trba.config.blocks


def load_checkpoint(path: Path) -> TrainedReader:
    """The averaged weights of a run; raises ModelError where there are none."""
    if not path.exists():
        raise ModelError(f"{path}: no such checkpoint; train first")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        origin = state.get("origin")
        network = reader_from(state["average"])
    except (RuntimeError, KeyError, AttributeError) as error:
        raise ModelError(f"{path}: no checkpoint of a reader: {error}") from error
    return TrainedReader(
        network,
        int(state["done"]),
        float(state["spent"]) / 60,
        Origin.parse(origin) if origin else None,
    )


def load_weights(path: Path) -> TrainedReader:
    """The reader, or what skims for it, kept beside exported networks; raises ModelError."""
    if not path.exists():
        raise ModelError(f"{path}: no such file; export first")
    try:
        return TrainedReader(reader_from(in_single(load_file(str(path)))))
    except (RuntimeError, KeyError) as error:
        raise ModelError(f"{path}: other layout: {error}") from error


def reader_from(state: Mapping[str, Any]) -> BothHeads:
    """The network whose sizes the tensors have, in eval mode."""
    channels = len(state["trba.FeatureExtraction.ConvNet.conv4_2.weight"])
    classes, hidden = state["trba.Prediction.generator.weight"].shape
    config = TrbaConfig(
        CROP_HEIGHT,
        CROP_WIDTH,
        int(classes),
        channels / _PUBLISHED_CHANNELS,
        int(hidden),
        _blocks(state),
        any(name.startswith(SPLINE) for name in state),
    )
    network = BothHeads(config)
    network.load_state_dict(state)
    return network.eval()


def _blocks(names: Mapping[str, Any]) -> tuple[int, int, int, int]:
    found = [re.search(r"\.layer(\d)\.(\d+)\.", name) for name in names]
    last = [0, 0, 0, 0]
    for match in found:
        if match:
            stage, block = int(match[1]) - 1, int(match[2])
            last[stage] = max(last[stage], block + 1)
    return last[0], last[1], last[2], last[3]


Head = Callable[[BothHeads, Tensor, Tokenizer], list[str]]


@torch.no_grad()
def by_attention(reader: BothHeads, features: Tensor, tokenizer: Tokenizer) -> list[str]:
    """The attention decoder's greedy reading of (B, T, size) features."""
    rows = reader.trba.Prediction.greedy(features, TRACED_STEPS).softmax(-1).cpu().numpy()
    return [tokenizer.decode(row).text for row in rows]


@torch.no_grad()
def by_ctc(reader: BothHeads, features: Tensor, tokenizer: Tokenizer) -> list[str]:
    """The CTC head's greedy reading of (B, T, size) features."""
    rows = reader.ctc(features).log_softmax(-1).cpu().numpy()
    return [collapsed(tokenizer.fold_frames(row), tokenizer) for row in rows]


def collapsed(frames: NDArray[np.float32], tokenizer: Tokenizer) -> str:
    """(T, classes) scores to text: the best class of each frame, repeats once, blanks left out.

    Class 0 is the blank. Equal characters with a blank between them are two.
    """
    return "".join(tokenizer.characters[c - 2] for c in ctc_best(frames[None])[0] if c != STOP)


HEADS: dict[str, Head] = {"attention": by_attention, "ctc": by_ctc}


@torch.no_grad()
def features_of(reader: BothHeads, crops: Sequence[Grey]) -> Tensor:
    """HxW grey crops to (B, T, size) features."""
    inputs = np.stack([recogniser_input(crop) for crop in crops])
    return reader.trba.encode(torch.from_numpy(inputs))


def read_all(reader: BothHeads, crops: Sequence[Grey], head: Head = by_attention) -> list[str]:
    """The text of each HxW grey crop, in order."""
    return [text for texts in _batches(reader, crops, head) for text in texts]


def _batches(reader: BothHeads, crops: Sequence[Grey], head: Head) -> Iterator[list[str]]:
    tokenizer = Tokenizer()
    for start in range(0, len(crops), READ_AT_ONCE):
        yield head(reader, features_of(reader, crops[start : start + READ_AT_ONCE]), tokenizer)
