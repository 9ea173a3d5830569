"""`python -m benchmarks.networks`: what the networks alone cost, and other engines for them.

Times the shipped finder beside CRAFT at several widths (untrained: only their time is of interest),
and the shipped reader's encoder, in onnxruntime and, where it is installed, in OpenVINO with and
without bfloat16. For the encoder it says how often the other engine reads the same text. What skims
a photo's lines is timed by the width of its crops, in turns with the reader's encoder.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.tables import percent, quantile, table
from datasets.crops.draw import CropSource
from datasets.fonts.fonts import FETCHED, FontPool, font_folders
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.networks.craft import CRAFT
from recognizer.reading.encoding import Encoder
from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH, STEP, recogniser_input
from recognizer.records.place import machine, today

Floats = NDArray[np.float32]
Input = Floats | NDArray[np.uint8]
Network = Callable[[Input], Sequence[Floats]]
Photos = Callable[[int, int], Input]
WIDTHS = (0.5, 0.25)
SHAPES = ((640, 480), (960, 736))
BATCHES = (1, 8)
TOGETHER = 5  # lines that a thread skims at once, often


def onnx_network(path: Path, threads: int) -> Network:
    """A file's network in onnxruntime, as it is served."""
    session = ModelFiles(path.parent).session(path.name, threads)
    name = session.get_inputs()[0].name
    return lambda array: [np.asarray(one) for one in session.run(None, {name: array})]


def openvino_network(path: Path, threads: int, precision: str) -> Network:
    """The same in OpenVINO, computing in `precision` ("f32" or "bf16")."""
    import openvino  # noqa: PLC0415 (a comparison only; not installed with the rest)

    options = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": threads}
    core = openvino.Core()
    compiled = core.compile_model(core.read_model(path), "CPU", options)
    return lambda array: [np.asarray(one) for one in compiled([array]).values()]


def engines(path: Path, threads: int) -> Iterator[tuple[str, Network]]:
    """The engines at hand for a file."""
    yield "onnxruntime", onnx_network(path, threads)
    if importlib.util.find_spec("openvino"):
        for precision in ("f32", "bf16"):
            yield f"OpenVINO {precision}", openvino_network(path, threads, precision)


def median_ms(network: Network, array: Input, runs: int) -> float:
    """The median time after one run that does not count."""
    network(array)
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        network(array)
        times.append((time.perf_counter() - started) * 1000)
    return quantile(times, 0.5)


def finders(folder: Path, weights: Path) -> Iterator[tuple[str, Path, Photos]]:
    """The shipped finder, and CRAFT at several widths, exported into `folder`.

    Each with what makes a photo of a width and height as it takes them.
    """
    yield "ours", weights / ModelFiles(weights).manifest()["finder"]["file"], _bytes
    for width in WIDTHS:
        path = folder / f"craft-{width}.onnx"
        torch.onnx.export(
            CRAFT(width).eval(), (torch.zeros(1, 3, 64, 64),), str(path), input_names=["photo"],
            dynamic_axes={"photo": {2: "height", 3: "width"}}, dynamo=False,
        )  # fmt: skip
        yield f"CRAFT, width {width}", path, _normalised


def _bytes(width: int, height: int) -> Input:
    return np.random.default_rng(0).integers(0, 256, (1, height, width, 4), np.uint8)


def _normalised(width: int, height: int) -> Input:
    return np.random.default_rng(0).normal(size=(1, 3, height, width)).astype(np.float32)


def finder_table(weights: Path, threads: int, runs: int) -> str:
    """Milliseconds a photo by network, engine and size."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, path, drawn in finders(Path(folder), weights):
            for engine, network in engines(path, threads):
                times = [f"{median_ms(network, drawn(*size), runs):.0f}" for size in SHAPES]
                rows.append([name, engine, *times])
    return table(["finder, ms a photo", "engine", *(f"{w}x{h}" for w, h in SHAPES)], rows)


def encoder_table(weights: Path, fonts: tuple[Path, ...], threads: int, runs: int) -> str:
    """Milliseconds by batch, and the share of drawn crops that the CTC head reads the same."""
    source, rng = CropSource(FontPool.load(fonts)), np.random.default_rng(5)
    batches = [
        np.stack([recogniser_input(crop.pixels) for crop in source.draw(rng, 8)])
        for _ in range(max(1, runs))
    ]
    path = weights / ModelFiles(weights).manifest()["reader"]["encoder"]
    rows: list[list[str]] = []
    first: list[Floats] = []
    for engine, network in engines(path, threads):
        times = [f"{median_ms(network, batches[0][:size], runs):.1f}" for size in BATCHES]
        heard = [network(batch)[-1].argmax(-1) for batch in batches]
        first = first or heard
        same = [(a == b).all(axis=1) for a, b in zip(heard, first, strict=True)]
        rows.append([engine, *times, percent(float(np.concatenate(same).mean()))])
    title = f"reader's encoder, {CROP_HEIGHT}x{CROP_WIDTH}, ms for"
    return table([title, *(f"{size}" for size in BATCHES), "same frames"], rows)


def skimmer_table(weights: Path, threads: int, runs: int) -> str:
    """Milliseconds a crop by its width, and the share of what the reader's encoder takes."""
    files = ModelFiles(weights)
    entry = files.manifest()["reader"]
    close, fast = (
        Encoder(files.session(entry[name], threads)) for name in ("encoder", "skimming_encoder")
    )
    widths = range(2 * STEP, CROP_WIDTH + 1, STEP) if fast.narrowing else [CROP_WIDTH]
    encoders = [(close, CROP_WIDTH), *((fast, width) for width in widths)]
    timed: list[list[float]] = [[] for _ in encoders]
    for _ in range(runs):
        for times, (encoder, width) in zip(timed, encoders, strict=True):
            times.append(median_ms(_encoding(encoder), _crops(width), 1) / TOGETHER)
    reader, *skimmed = (quantile(times, 0.5) for times in timed)
    rows = [["reader's", f"{CROP_WIDTH}", f"{reader:.1f}", "1.00"]]
    for (_, width), took in zip(encoders[1:], skimmed, strict=True):
        rows.append(["skimming", f"{width}", f"{took:.1f}", f"{took / reader:.2f}"])
    return table([f"encoder, {TOGETHER} crops at once", "width", "ms a crop", "share"], rows)


def _encoding(encoder: Encoder) -> Network:
    return lambda array: [encoder.of(np.asarray(array, np.float32)).ctc]


def _crops(width: int) -> Floats:
    shape = (TOGETHER, 1, CROP_HEIGHT, width)
    return np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.networks", description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--fonts", type=Path, default=FETCHED)
    options = parser.parse_args(arguments)
    print(f"{machine()}; {options.threads} threads; {today()}\n")
    print(finder_table(options.weights, options.threads, options.runs), end="\n\n")
    fonts = font_folders(options.fonts)
    print(encoder_table(options.weights, fonts, options.threads, options.runs), end="\n\n")
    print(skimmer_table(options.weights, 1, options.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
