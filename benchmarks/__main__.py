"""`python -m benchmarks`: accuracy, latency and memory of the shipped networks, as tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import crops, scenes, serving
from benchmarks.tables import machine
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from training.font_errors import FontError
from training.fonts import SYSTEM_FONTS, FontPool


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--fonts", type=Path, default=Path(".cache/fonts"))
    parser.add_argument("--real", type=Path, help="folder of real crops with labels.tsv")
    parser.add_argument("--crops", type=int, default=500, help="drawn crops to read")
    parser.add_argument("--scenes", type=int, default=200, help="drawn photos to read")
    parser.add_argument("--letters", type=float, default=16, help="least letter height in pixels")
    parser.add_argument("--photos", type=int, default=100, help="photos for time and memory")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--verbose", action="store_true", help="list what was read wrongly")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    options = _parser().parse_args(arguments)
    pipeline = Pipeline.load(ModelFiles(options.weights))
    print(f"{machine()}\n", flush=True)
    if options.real:
        _print_crops("real", pipeline, crops.labelled_crops(options.real), options.verbose)
    try:
        pool = FontPool.load((options.fonts, SYSTEM_FONTS))
    except FontError as error:
        print(f"{error}\nRun `python -m training fonts` first.", file=sys.stderr)
        return 1
    if options.crops:
        drawn = crops.drawn_crops(pool, options.crops, options.seed, 1.0)
        _print_crops("drawn, unseen fonts", pipeline, drawn, options.verbose)
    if options.scenes:
        shown = scenes.coded_and_bare(pool, options.scenes, options.seed, options.letters)
        results = scenes.read_scenes(pipeline, shown)
        print(f"{scenes.report(results)}\n", flush=True)
        if options.verbose:
            print("\n".join(scenes.faults(results)))
    print(serving.report(options.photos, options.weights), flush=True)
    return 0


def _print_crops(
    title: str, pipeline: Pipeline, found: Sequence[crops.LabelledCrop], verbose: bool
) -> None:
    results = crops.read_crops(pipeline, found)
    print(f"{crops.report(title, results)}\n", flush=True)
    if verbose:
        print("\n".join(crops.faults(results)))


if __name__ == "__main__":
    raise SystemExit(main())
