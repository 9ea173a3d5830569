"""What skims a photo's lines: trained after the reader, beside its heads, and exported with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from datasets.crops.draw import CropSource
from datasets.fonts.fonts import FontPool
from recognizer.errors import ModelError
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.reading.input import skimming_width
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import Tokenizer
from tests.training.layers import layers
from training.reader.batches import parted
from training.reader.reader import ReaderTraining
from training.reader.reading import load_checkpoint, load_weights
from training.reader.recipes import READERS, SKIMMERS
from training.runs.heads import alike
from training.steps import export_readers
from training.workshop import Workshop


@pytest.fixture
def workshop(workshop: Workshop) -> Workshop:
    return replace(workshop, version="v2", samples=2, batch=2, validation=2)


def test_crops_are_parted_by_the_room_they_need(pool: FontPool) -> None:
    crops = [*CropSource(pool).draw(np.random.default_rng(3), 12)]
    found = [*parted(crops, Tokenizer(), 4)]
    widths = [batch.crops.shape[3] for batch in found]
    assert [len(batch.crops) for batch in found] == [4, 4, 4]
    assert widths == sorted(widths)
    assert widths[-1] == max(skimming_width(crop.pixels) for crop in crops)


def test_what_skims_leaves_the_heads_alone(workshop: Workshop) -> None:
    plan = replace(workshop.reader_plan("v2"), start=None)
    begun = ReaderTraining(plan, torch.device("cpu"))
    begun.state.save(workshop.reader_checkpoint("v2"))
    ReaderTraining(workshop.reader_plan(SKIMMERS["v2"]), torch.device("cpu")).run()
    reader, skimmer = (
        load_checkpoint(workshop.reader_checkpoint(version)) for version in ("v2", SKIMMERS["v2"])
    )
    assert skimmer.blocks == READERS["v2-skim"].blocks
    assert not skimmer.network.trba.config.rectified
    assert alike(reader.network, skimmer.network)
    moved = "trba.SequenceModeling.1.linear.bias"
    assert not torch.equal(reader.network.state_dict()[moved], skimmer.network.state_dict()[moved])

    export_readers(workshop)
    recogniser = Recogniser(ModelFiles(workshop.weights), threads=2)
    crops = [np.full((20, width), 200, np.uint8) for width in (300, 20, 90, 500, 41)]
    assert len(recogniser.skim(crops)) == len(crops)
    name = "reader-encoder-int8.onnx"  # as fast as what is shipped: no layer's kind besides
    assert layers(workshop.weights / name).keys() == layers(WEIGHTS / name).keys()
    again = load_weights(workshop.weights / "skimmer.safetensors").network
    assert again.trba.config == skimmer.network.trba.config

    begun.average.state["ctc.bias"] += 1
    begun.state.save(workshop.reader_checkpoint("v2"))
    with pytest.raises(ModelError, match="trained for another reader"):
        export_readers(workshop)
