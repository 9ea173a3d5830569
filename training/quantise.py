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
    kept: Callable[[Sequence[str]], Collection[str]],
    percentile: float | None = None,
) -> None:
    """Write the onnx file `source` to `target` with its convolutions and LSTMs in int8.

    `pictures` are the network's inputs by name that show the ranges of its activations, `kept`
    picks, of the names of all convolutions in order, those that stay in single precision. With
    `percentile` (0..100) rare extremes are cut off from the ranges. Weights use seven of the eight
    bits, because AVX2 without VNNI adds two products in sixteen bits, which eight would overflow.
    """
    with TemporaryDirectory() as scratch:
        folded, still = Path(scratch) / "folded.onnx", Path(scratch) / "still.onnx"
        _fold(source, folded)
        nodes = onnx.load(str(folded)).graph.node
        convolutions = [node.name for node in nodes if node.op_type == "Conv"]
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
            nodes_to_exclude=list(kept(convolutions)),
            calibrate_method=CalibrationMethod.Percentile
            if percentile
            else CalibrationMethod.MinMax,
            extra_options={"CalibPercentile": percentile} if percentile else {},
        )
        quantize_dynamic(
            str(still),
            str(target),
            op_types_to_quantize=["LSTM", "MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


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
