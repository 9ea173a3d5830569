"""The layers of an onnx file in eight bits: a third of the time on processors with VNNI.

Post-training quantisation (Jacob et al., "Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference", 2018) by onnxruntime's own tool. Convolutions, and
what lies between them, are static: weights per output channel, activations with the ranges seen
on calibration pictures. LSTMs are dynamic: their activations' range is taken anew at each call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)

BETWEEN = ["Conv", "Relu", "Add", "Concat", "Resize", "MaxPool"]
"""Convolutions, and what would turn eight bits into floats and back between two of them."""


def quantise(
    source: Path,
    target: Path,
    pictures: Iterable[Mapping[str, NDArray[np.float32]]],
    kept: Callable[[Sequence[onnx.NodeProto]], Collection[str]],
    percentile: float | None = None,
) -> None:
    """Write the onnx file `source` to `target` with its convolutions and LSTMs in int8.

    `pictures` are the network's inputs by name that show the ranges of its activations, `kept`
    names, of all nodes in order, those that stay in single precision. With
    `percentile` (0..100) rare extremes are cut off from the ranges. Weights use seven of the eight
    bits, because AVX2 without VNNI adds two products in sixteen bits, which eight would overflow.
    """
    with TemporaryDirectory() as scratch:
        folded, still = Path(scratch) / "folded.onnx", Path(scratch) / "still.onnx"
        _fold(source, folded)
        whole = list(kept(onnx.load(str(folded)).graph.node))
        quantize_static(
            str(folded),
            str(still),
            _Pictures(pictures),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=BETWEEN,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=whole,
            calibrate_method=CalibrationMethod.Percentile
            if percentile
            else CalibrationMethod.MinMax,
            extra_options={"CalibPercentile": percentile} if percentile else {},
        )
        quantize_dynamic(
            str(still),
            str(target),
            op_types_to_quantize=["LSTM", "MatMul"],
            nodes_to_exclude=whole,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


def take_bytes(path: Path) -> None:
    """Rewrite a file whose only input is turned into bytes at once: it takes the bytes themselves.

    Raises ValueError where they would not be the numbers 0 to 255.
    """
    model = onnx.load(str(path))
    graph = model.graph
    first = next(node for node in graph.node if node.op_type == "QuantizeLinear")
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    if not np.isclose(constants[first.input[1]], 1.0):
        raise ValueError(f"{path}: a step of the input is {constants[first.input[1]]}, not 1")
    for node in graph.node:
        for place, name in enumerate(node.input):
            if name == first.output[0]:
                node.input[place] = first.input[0]
    graph.node.remove(first)
    graph.input[0].type.tensor_type.elem_type = onnx.TensorProto.UINT8
    del graph.value_info[:]
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _fold(path: Path, folded: Path) -> None:
    """Fold casts and batch normalisation into the weights, so that the ranges are the final ones.

    Raises what onnxruntime raises for a broken file.
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class _Pictures(CalibrationDataReader):  # type: ignore[misc]  # onnxruntime has no types
    def __init__(self, pictures: Iterable[Mapping[str, NDArray[np.float32]]]) -> None:
        self._feeds = iter(pictures)

    def get_next(self) -> Mapping[str, NDArray[np.float32]] | None:
        """The next picture, None after the last."""
        return next(self._feeds, None)
