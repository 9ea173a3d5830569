"""`python -m benchmarks ablation`: what each pass of the plan, and the witness, is worth and costs.

Real photographs (with `--real`, the halves apart), then drawn ones. What is worth less than half a
point on real ones and costs time may go, with its code.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2

from benchmarks.pictures import left_out, scenes
from benchmarks.pictures.readers import file_crops
from benchmarks.run import Plan
from datasets.errors import DatasetError
from datasets.fonts.fonts import FETCHED, FontPool, font_folders
from datasets.real.measured import RealSets
from recognizer.errors import ModelError
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.records.place import machine, today

ABLATED = 120  # drawn photos with a code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    usual = Plan(fonts=())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks ablation",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    told = "folder of labelled crops or photos, with labels.tsv; may be given again"
    parser.add_argument(
        "--real", type=Path, action="append", default=[], metavar="FOLDER", help=told
    )
    told = "drawn photos with a code, and a third as many without one"
    parser.add_argument("--scenes", type=int, default=ABLATED, help=told)
    parser.add_argument("--letters", type=float, default=usual.letters, help="least height, pixels")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of what is drawn")
    parser.add_argument("--threads", type=int, default=usual.threads, help="of each network")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of other networks")
    parser.add_argument("--fonts", type=Path, default=FETCHED, help="folder of fonts")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; returns the exit status."""
    options = _options(arguments)
    try:
        sets = RealSets.of(options.real)
        fonts = font_folders(options.fonts)
        pool = FontPool.load(fonts) if options.scenes else None
        pipeline = Pipeline.load(ModelFiles(options.weights), options.threads)
    except (DatasetError, ModelError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    cv2.setNumThreads(options.threads)
    print(f"{machine()}; {options.threads} threads; {today()}\n")
    with tempfile.TemporaryDirectory() as folder:
        _measure(left_out.Ablation(pipeline), sets, pool, options, Path(folder))
    return 0


def _measure(
    ablation: left_out.Ablation,
    sets: RealSets,
    pool: FontPool | None,
    options: argparse.Namespace,
    folder: Path,
) -> None:
    if sets.photos:
        _show(ablation.of_photos(left_out.of_real_photos(sets.photos)))
    if sets.crops:
        files = [filed.path for filed in file_crops(sets.crops, folder)]
        _show(ablation.of_crops(left_out.of_real_crops(sets.crops, files)))
    if pool:
        drawn = scenes.drawn_photos(pool, options.scenes, options.seed, options.letters, folder)
        _show(ablation.of_photos(left_out.of_drawn(drawn)))


def _show(rows: Sequence[left_out.LeftOut]) -> None:
    print(f"{left_out.report(rows)}\n", flush=True)
