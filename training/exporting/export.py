"""From trained networks to the onnx files that serving loads, and the safetensors kept beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from recognizer.models import SUMS, sums_of
from recognizer.networks.tagcraft import MAPS, TagCraft
from recognizer.networks.trba import Attention
from recognizer.reading.tokenizer import GO, Tokenizer
from recognizer.records.files import write_whole
from recognizer.types import Pixels
from training.exporting.quantise import quantise, take_bytes
from training.exporting.served import BLACK, ServedTagCraft
from training.runs.checkpoint import in_single
from training.runs.heads import TwoHeads

TRACED_STEPS = 26
PERCENTILE = 99.99  # of an activation's values that its eight bits span

Trained = Mapping[str, float] | None
"""How many samples a run has seen, in how many minutes."""


class BothHeads(TwoHeads):
    """Both heads at work, as the encoder's onnx file has them."""

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Sequence features (B, T, hidden), attention keys, CTC log-probabilities."""
        features = self.trba.encode(crops)
        keys = self.trba.Prediction.attention_cell.i2h(features)
        return features, keys, self.ctc(features).log_softmax(-1)


class _DecoderStep(nn.Module):
    def __init__(self, attention: Attention) -> None:
        super().__init__()
        self.attention = attention

    def forward(
        self, features: Tensor, keys: Tensor, hidden: Tensor, cell: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        logits, (hidden, cell) = self.attention.step(features, keys, (hidden, cell), last)
        return logits.softmax(dim=1), hidden, cell


def export_reader(  # noqa: PLR0913 (what the manifest is to say)
    reader: BothHeads,
    folder: Path,
    version: str,
    tokenizer: Tokenizer,
    trained: Trained = None,
    *,
    real: Sequence[Sequence[object]] = (),
) -> None:
    """Write encoder and decoder as onnx and the weights as safetensors; update the manifest.

    `trained` is what the manifest then says of its run; without, it says what it said before.
    `real` are the sources of photographed crops that it learned from: name, licence, number.

    Weight matrices are rounded to half precision first, so that all files hold the same numbers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _keep(reader, folder / "reader.safetensors")
    config = reader.trba.config
    path = folder / "reader-encoder.onnx"
    _export_encoder(reader, path)
    step = _DecoderStep(reader.trba.Prediction)
    with torch.no_grad():
        features, keys, _ = reader(_crops(reader))
    zero = torch.zeros(2, config.hidden)
    last = torch.full((2,), GO, dtype=torch.long)
    names = ["features", "keys", "hidden", "cell", "last"]
    outputs = ["probabilities", "new_hidden", "new_cell"]
    free = {name: {0: "batch"} for name in [*names, *outputs]}
    free |= {name: {0: "batch", 1: "frames"} for name in names[:2]}
    _export(step, (features, keys, zero, zero, last), folder / "reader-decoder.onnx", names, free)
    entry = {
        "version": version,
        "encoder": path.name,
        "decoder": "reader-decoder.onnx",
        "characters": tokenizer.characters,
        "height": config.height,
        "width": config.width,
        "hidden": config.hidden,
        "channels": config.channels,
        "blocks": list(config.blocks),
        "steps": TRACED_STEPS,
    }
    sources = {"real": [list(one) for one in real]}
    record(folder, "reader", {**entry, **sources, **_told(trained, folder, "reader")})


def export_skimmer(
    skimmer: BothHeads | None, reader: BothHeads, folder: Path, drawn: Iterable[NDArray[np.float32]]
) -> None:
    """Write the encoder that skims the many lines of a photo in int8; add it to the manifest.

    It is the `skimmer`'s, or else the `reader`'s own, which has been exported and whose heads it
    has. `drawn` are batches of crops (B, 1, H, W) that show the ranges of its activations.
    """
    path = folder / "reader-encoder-int8.onnx"
    kept = folder / "skimmer.safetensors"
    kept.unlink(missing_ok=True)
    if skimmer is not None:
        _keep(skimmer, kept)
    _export_encoder(skimmer or reader, path)
    quantise(path, path, ({"crops": batch} for batch in drawn), _spline_and_first, PERCENTILE)
    _halve_stored(path)
    entry = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reader"]
    record(folder, "reader", {**entry, "skimming_encoder": path.name})


def _keep(reader: BothHeads, path: Path) -> None:
    """Write the weights, matrices in half precision, and round the network's own to them."""
    state = _state(reader.eval().cpu(), torch.float16)
    reader.load_state_dict(in_single(state))
    save_file(state, str(path))


def _crops(reader: BothHeads) -> Tensor:
    config = reader.trba.config
    return torch.zeros(2, 1, config.height, config.width)


def _export_encoder(reader: BothHeads, path: Path) -> None:
    """Write the encoder; without a spline it takes crops of any width."""
    outputs = ["features", "keys", "ctc"]
    free = {name: {0: "batch"} for name in ["crops", *outputs]}
    if not reader.trba.config.rectified:
        free["crops"][3] = "width"
        for name in outputs:
            free[name][1] = "frames"
    _export(reader, (_crops(reader),), path, ["crops"], free)
    _halve_stored(path)


def _spline_and_first(nodes: Sequence[onnx.NodeProto]) -> list[str]:
    """The convolutions that place the spline, and the first that sees the crop."""
    convolutions = [node.name for node in nodes if node.op_type == "Conv"]
    spline = [name for name in convolutions if "Transformation" in name]
    return [*spline, next(name for name in convolutions if name not in spline)]


def export_finder(
    net: TagCraft, folder: Path, version: str, photos: Iterable[Pixels], trained: Trained = None
) -> None:
    """Write the finder as onnx in int8 and as safetensors in half precision; update the manifest.

    The onnx file takes one photo's bytes (1, H, W, 4), RGB and one that counts for nothing, and
    gives its maps (1, H/2, W/2, 5). `photos` are some dozens (H, W, 3) that were drawn for
    training: they show the ranges of the activations.
    """
    net = net.eval().cpu()
    folder.mkdir(parents=True, exist_ok=True)
    state = _state(net, torch.float16)
    net.load_state_dict(in_single(state))
    save_file(state, str(folder / "finder.safetensors"))
    axes = {"photo": {1: "height", 2: "width"}, "maps": {1: "half_height", 2: "half_width"}}
    path = folder / "finder.onnx"
    torch.onnx.export(
        ServedTagCraft(net), (torch.zeros(1, 96, 128, 4),), str(path),
        input_names=["photo"], output_names=["maps"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
        training=torch.onnx.TrainingMode.PRESERVE,
    )  # fmt: skip
    quantise(path, path, ({"photo": _centred(photo)} for photo in photos), _head)
    take_bytes(path)
    entry = {"version": version, "file": path.name, "maps": list(MAPS), "channels": net.channels}
    record(folder, "finder", {**entry, **_told(trained, folder, "finder")})


def _centred(photo: Pixels) -> NDArray[np.float32]:
    """A photo as `ServedTagCraft` takes it; the colours reach from 0 to 255."""
    four = np.zeros((*photo.shape[:2], 4), np.float32)
    four[..., :3] = photo
    four[0, 0, 3] = 255
    return four[None] - BLACK


def _head(nodes: Sequence[onnx.NodeProto]) -> list[str]:
    """What makes the maps: in eight bits it would cost accuracy, and it takes next to no time."""
    kinds = [node.op_type for node in nodes]
    return [node.name for node in nodes[kinds.index("MatMul") :]]


def _export(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    names: list[str],
    free: Mapping[str, Mapping[int, str]],
) -> None:
    """Write a network; `free` names its inputs and outputs, and their axes of any length."""
    # The older exporter keeps an LSTM one onnx node; the newer one unrolls or wraps it.
    torch.onnx.export(
        module, inputs, str(path),
        input_names=names, output_names=[name for name in free if name not in names],
        dynamic_axes=free, opset_version=17, dynamo=False,
        # Weights as they are; onnxruntime folds the batch normalisation into them when it loads.
        training=torch.onnx.TrainingMode.PRESERVE,
    )  # fmt: skip


def _halve_stored(path: Path) -> None:
    """Store large float tensors that lose nothing by it in half precision, each behind a Cast.

    onnxruntime folds the casts when it loads the file, so it computes in single precision all
    the same; the file is little more than half the size. Statistics and the spline's constants
    are no round numbers and stay as they are.
    """
    model = onnx.load(str(path))
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        values = onnx.numpy_helper.to_array(tensor)
        with np.errstate(over="ignore"):  # what is too large for half precision stays as it is
            half = values.astype(np.float16)
        if values.dtype != np.float32 or values.size < 1024 or (half != values).any():
            continue
        stored = f"{tensor.name}__half"
        graph.initializer.remove(tensor)
        graph.initializer.append(onnx.numpy_helper.from_array(half, stored))
        casts.append(
            onnx.helper.make_node("Cast", [stored], [tensor.name], to=onnx.TensorProto.FLOAT)
        )
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _state(module: nn.Module, kind: torch.dtype) -> dict[str, Tensor]:
    """The module's tensors, weight matrices in the given precision.

    Statistics and the spline's constants stay as they are: rounded, they would move the crop.
    """
    weights = {name for name, value in module.named_parameters() if value.dim() > 1}
    return {
        name: (value.to(kind) if name in weights else value).contiguous().clone()
        for name, value in module.state_dict().items()
    }


def _told(trained: Trained, folder: Path, name: str) -> dict[str, Any]:
    """What the manifest says of a network's run: what is known now, or was known before."""
    if trained is None:
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        trained = manifest.get(name, {}).get("trained")
    return {"trained": dict(trained)} if trained else {}


def record(folder: Path, name: str, entry: Mapping[str, Any]) -> None:
    """Put one entry into the manifest of `folder`, written whole; the others stay."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    manifest[name] = dict(entry)
    manifest[SUMS] = sums_of(folder)
    write_whole(path, json.dumps(manifest, indent=2, sort_keys=True) + "\n")
