"""The onnx files read what torch reads: on drawn crops of all kinds, in log-probabilities."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from datasets.crops.draw import CropSource
from datasets.fonts.fonts import FontPool
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import Floats
from tests.examples import THOROUGH
from training.exporting.export import BothHeads
from training.reader.batches import draw_batch
from training.reader.reading import load_weights

CROPS, BATCH = (1000 if THOROUGH else 250), 50
WORTH_COMPARING = 1e-6  # what is less likely is the noise of single precision


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(ModelFiles())


@pytest.fixture(scope="module")
def reader() -> BothHeads:
    return load_weights(WEIGHTS / "reader.safetensors").network


@pytest.fixture(scope="module")
def batches(recogniser: Recogniser, pool: FontPool) -> list[Floats]:
    rng, source = np.random.default_rng(11), CropSource(pool)
    drawn = (
        draw_batch(rng, source, recogniser.tokenizer, BATCH, difficulty=1.0)
        for _ in range(CROPS // BATCH)
    )
    return [batch.crops.numpy() for batch in drawn]


@pytest.mark.timeout(600)  # crops by the hundred through torch
def test_onnx_reads_what_torch_reads(
    recogniser: Recogniser, reader: BothHeads, batches: list[Floats]
) -> None:
    apart = 0.0
    for crops in batches:
        ours = recogniser.probabilities(crops)
        with torch.no_grad():
            logits = reader.trba(torch.from_numpy(crops), ours.shape[1])
            theirs = logits.softmax(-1).numpy()
        for mine, other in zip(ours, theirs, strict=True):
            read = recogniser.tokenizer.decode(mine)
            assert read.text == recogniser.tokenizer.decode(other).text
            until = len(read.text) + 1  # what follows [stop] is of no use to anybody
            apart = max(apart, _apart(mine[:until], other[:until]))
    assert apart < 1e-2


def test_the_ctc_head_is_the_same_too(
    recogniser: Recogniser, reader: BothHeads, batches: list[Floats]
) -> None:
    crops = batches[0]
    with torch.no_grad():
        _, _, theirs = reader(torch.from_numpy(crops))
    ours = recogniser.encode_inputs(crops).ctc
    assert _apart(np.exp(ours), np.exp(theirs.numpy()), least=1e-4) < 1e-2


def _apart(ours: Floats, theirs: Floats, least: float = WORTH_COMPARING) -> float:
    """The largest difference in log-probability, where either finds a character possible."""
    worth = np.maximum(ours, theirs) > least
    return float(np.abs(np.log(ours[worth] + 1e-12) - np.log(theirs[worth] + 1e-12)).max())


def test_skimming_in_eight_bits_reads_nearly_the_same(
    recogniser: Recogniser, batches: list[Floats]
) -> None:
    drawn = np.concatenate([batch[:, 0] for batch in batches])
    crops = [((crop + 1) * 127.5).round().astype(np.uint8) for crop in drawn]
    both = list(zip(recogniser.read(crops), recogniser.skim(crops), strict=True))
    legible = [(a.text, b.text) for a, b in both if a.confidence > 0.95]
    assert len(legible) > 100
    assert sum(a == b for a, b in legible) / len(legible) > 0.95
    sure = [(a.text, b.text) for a, b in both if min(a.confidence, b.confidence) > 0.9]
    assert len(sure) > 100
    assert [(a, b) for a, b in sure if a != b] == []
    assert any(a.confidence != b.confidence for a, b in both)
