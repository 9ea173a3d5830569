"""`python -m benchmarks`: our readers and others side by side, as tables.

Crops of one code (real ones with `--real`, and drawn ones), whole photos, how far confidences can
be trusted, and time and memory of serving. Rivals that are missing get a row that says so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2

from benchmarks.figures import Figures
from benchmarks.readers import opened_rivals
from benchmarks.rivals.rapidocr import PYTHON
from benchmarks.run import Run
from benchmarks.tables import machine
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from training.font_errors import FontError
from training.fonts import SYSTEM_FONTS, FontPool


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--fonts", type=Path, default=Path(".cache/fonts"))
    parser.add_argument("--real", type=Path, help="folder of real crops with labels.tsv")
    parser.add_argument("--crops", type=int, default=500, help="drawn crops to read")
    parser.add_argument("--scenes", type=int, default=200, help="drawn photos to read")
    parser.add_argument("--beside", type=int, default=60, help="of these, also read by the rivals")
    parser.add_argument("--letters", type=float, default=16, help="least letter height in pixels")
    parser.add_argument("--photos", type=int, default=100, help="photos for time and memory")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--threads", type=int, default=2, help="for each reader that gains from more than one"
    )
    parser.add_argument("--no-rivals", action="store_true", help="measure our readers alone")
    parser.add_argument("--rapidocr", type=Path, default=PYTHON, help="Python that has RapidOCR")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--verbose", action="store_true", help="list what was read wrongly")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    options = _parser().parse_args(arguments)
    pipeline = Pipeline.load(ModelFiles(options.weights), options.threads)
    cv2.setNumThreads(options.threads)
    models = {"finder": pipeline.finder.version, "reader": pipeline.recogniser.version}
    figures = Figures(machine(), f"{datetime.now(UTC):%Y-%m-%d}", options.threads, models)
    with (
        opened_rivals(options.rapidocr, options.threads, not options.no_rivals) as rivals,
        tempfile.TemporaryDirectory() as folder,
    ):
        figures.rivals = rivals.versions
        print(f"{figures.headline()}\n", flush=True)
        run = Run(pipeline, rivals, figures, Path(folder), options.verbose)
        status = _measure(run, options)
    if options.json:
        figures.write(options.json)
    return status


def _measure(run: Run, options: argparse.Namespace) -> int:
    if options.real:
        run.real_crops(options.real)
    try:
        pool = FontPool.load((options.fonts, SYSTEM_FONTS))
    except FontError as error:
        print(f"{error}\nRun `python -m training fonts` first.", file=sys.stderr)
        return 1
    if options.crops:
        run.drawn_crops(pool, options.crops, options.seed)
    run.crop_confidence()
    if options.scenes:
        run.drawn_photos(pool, options.scenes, options.seed, options.letters)
    if options.scenes and options.beside and run.rivals.found:
        beside = min(options.beside, options.scenes)
        run.photos_beside(pool, beside, options.seed, options.letters)
    if options.photos:
        run.serving(options.photos, options.weights)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
