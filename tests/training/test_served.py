"""The finder as it is served: the trained network's maps, from the photo's bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from recognizer.errors import ModelError
from recognizer.finding.finder import OnnxMaps, finder_input
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.networks.tagcraft import MAPS, TagCraft
from training.exporting.quantise import take_bytes
from training.exporting.served import BLACK, ServedTagCraft


def test_it_draws_the_maps_of_the_trained_network() -> None:
    torch.manual_seed(1)
    net = TagCraft((4, 6, 6, 8, 8)).eval()
    first = net.stem[0]
    assert isinstance(first, torch.nn.Conv2d)
    centre = torch.zeros(3, 3)
    centre[1, 1] = 1.0
    first.weight.data *= centre  # what lies around the photo differs, and is not seen so
    photo = np.random.default_rng(2).integers(0, 256, (96, 160, 3), np.uint8)
    four = np.full((1, 96, 160, 4), 77.0, np.float32)  # the fourth channel counts for nothing
    four[0, ..., :3] = photo.astype(np.float32) - BLACK
    with torch.no_grad():
        theirs = net(torch.from_numpy(finder_input(photo)))
        ours = ServedTagCraft(net).eval()(torch.from_numpy(four))
    assert ours.shape == (1, 48, 80, len(MAPS))
    assert torch.allclose(ours, theirs, atol=1e-4)


def test_a_file_that_takes_no_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.onnx").write_bytes((WEIGHTS / "reader-encoder.onnx").read_bytes())
    entry = {"finder": {"version": "old", "file": "old.onnx"}}
    (tmp_path / "manifest.json").write_text(json.dumps(entry), encoding="utf-8")
    with pytest.raises(ModelError, match=r"old\.onnx takes tensor\(float\), no bytes"):
        OnnxMaps(ModelFiles(tmp_path), threads=1)


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_bytes_are_taken_as_they_are_or_not_at_all(tmp_path: Path, step: float) -> None:
    path = tmp_path / "one.onnx"
    floats, helper = onnx.TensorProto.FLOAT, onnx.helper
    constants = [
        helper.make_tensor("step", floats, [], [step]),
        helper.make_tensor("zero", onnx.TensorProto.UINT8, [], [BLACK]),
    ]
    nodes = [
        helper.make_node("QuantizeLinear", ["photo", "step", "zero"], ["bytes"]),
        helper.make_node("DequantizeLinear", ["bytes", "step", "zero"], ["maps"]),
    ]
    ends = [helper.make_tensor_value_info(name, floats, [4]) for name in ("photo", "maps")]
    graph = helper.make_graph(nodes, "one", ends[:1], ends[1:], constants)
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8),
        str(path),
    )
    if step != 1.0:
        with pytest.raises(ValueError, match=r"is 0\.5, not 1"):
            take_bytes(path)
        return
    take_bytes(path)
    session = ModelFiles(tmp_path).session(path.name, 1)
    photo = np.array([0, 1, 116, 255], np.uint8)
    assert session.run(None, {"photo": photo})[0].tolist() == [-116, -115, 0, 139]
