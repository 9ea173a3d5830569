"""`python -m training`: the whole training from nothing, one step of it, or what came of it.

`all` fetches fonts, trains both networks on drawn tags, exports and calibrates them. The reader
follows the recipe of its version, and trains the version that it starts from first. Each step goes
on where it stopped; nothing is trained twice.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from datasets.errors import DatasetError
from datasets.fonts.fetch import fetch
from datasets.fonts.fonts import FETCHED, font_folders
from recognizer.errors import RecognizerError
from recognizer.models import WEIGHTS
from stylecode.errors import StyleCodeError
from training.errors import TrainingError
from training.exporting import calibrate
from training.finder.finder import PEAK
from training.ranking.fit import WEIGHTS_FILE
from training.ranking.tags import TAGS
from training.reader.reading import TrainedReader, load_checkpoint, load_weights
from training.reader.recipes import LATEST, READERS
from training.steps import (
    calibrate_reader,
    compare_rival,
    export_networks,
    fit_ranking,
    record_version,
    train_finder,
    train_reader,
)
from training.workshop import Workshop

STEPS = {
    "fonts": "download the fonts that tags are drawn with",
    "finder": "train the finder",
    "reader": "train the reader by its version's recipe",
    "export": "both trained networks to onnx and safetensors",
    "calibrate": "fit what the exported reader's confidences mean",
}
TOLD_ERRORS = (DatasetError, TrainingError, RecognizerError, StyleCodeError)
MEASURED_CROPS = 1000  # drawn ones that versions and heads are compared on


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="step", required=True)
    training, measuring = [_common(), _limits()], [_common(), _measuring()]
    own = {"calibrate": [_common(), _calibrating()]}
    whole = [*training, _calibrating()]
    commands.add_parser("all", parents=whole, help="all steps below, one after the other")
    for name, told in STEPS.items():
        commands.add_parser(name, parents=own.get(name, training), help=told)
    one = commands.add_parser("measure", parents=measuring, help="measure a version, record it")
    one.add_argument("--status", choices=("shipped", "rejected"), required=True)
    one.add_argument("--note", default="", help="what is to be said of this version")
    told = "fit the weights of the ranking's signals, on tags read with the shipped networks"
    commands.add_parser("ranking", parents=[_common(), _weighing()], help=told)
    commands.add_parser("rival", parents=measuring, help="the CTC head alone beside the attention")
    return parser


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="checkpoints and logs")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the networks go")
    parser.add_argument("--fonts", type=Path, default=FETCHED, help="font folder")
    parser.add_argument("--threads", type=int, help="processor cores (default: all)")
    parser.add_argument(
        "--version", default=LATEST, help=f"of the reader (recipes: {', '.join(READERS)})"
    )
    parser.add_argument("--real", type=Path, help="folder of real crops to measure on, too")
    return parser


def _limits() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--minutes", type=float, help="train each network for so long instead")
    parser.add_argument("--samples", type=int, help="train each network on so many samples")
    parser.add_argument(
        "--learn", type=Path, help="folder of real crops that the reader learns from"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--finder-version", default="v4", help="name the finder is exported under")
    told = "checkpoint of an earlier run of the finder; a new one begins with its weights"
    parser.add_argument("--finder-start", type=Path, help=told)
    told = "the finder's highest learning rate; less where it begins with an earlier run's weights"
    parser.add_argument("--finder-peak", type=float, default=PEAK, help=told)
    told = "checkpoint whose weights are mixed into the exported finder's"
    parser.add_argument("--finder-with", type=Path, help=told)
    told = "the share of its own weights that the exported finder then has"
    parser.add_argument("--finder-share", type=float, default=0.7, help=told)
    parser.add_argument("--seed", type=int, default=1, help="the finder's; recipes have their own")
    return parser


def _calibrating() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    crops, photos = "drawn crops to calibrate on", "drawn photos with a code to calibrate on"
    parser.add_argument("--crops", type=int, default=calibrate.CROPS, help=crops)
    parser.add_argument("--photos", type=int, default=calibrate.PHOTOS, help=photos)
    return parser


def _weighing() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    told = "folder of labelled photos, of whose codes one half serves; may be given again"
    parser.add_argument("--photographs", type=Path, action="append", default=[], help=told)
    parser.add_argument("--photos", type=int, default=TAGS, help="drawn photos with a code")
    parser.add_argument("--into", type=Path, default=WEIGHTS_FILE, help="the file of weights")
    return parser


def _measuring() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--checkpoint", type=Path, help="default: the version's own run")
    source.add_argument("--exported", type=Path, help="folder with reader.safetensors instead")
    parser.add_argument("--crops", type=int, default=MEASURED_CROPS, help="drawn crops to read")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps; returns the exit status."""
    options = _parser().parse_args(arguments)
    given = {name: value for name, value in vars(options).items() if name in Workshop.__slots__}
    workshop = Workshop(**{**given, "fonts": font_folders(options.fonts)})
    try:
        for step in STEPS if options.step == "all" else (options.step,):
            print(f"== {step}", flush=True)
            _run(step, workshop, options)
    except (*TOLD_ERRORS, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(step: str, workshop: Workshop, options: argparse.Namespace) -> None:
    if step == "fonts":
        print(f"{fetch(options.fonts)} fonts in {options.fonts}")
    elif step == "finder":
        train_finder(workshop)
    elif step == "reader":
        train_reader(workshop)
    elif step == "export":
        export_networks(workshop)
    elif step == "calibrate":
        calibrate_reader(workshop, options.crops, options.photos)
    elif step == "ranking":
        folders = options.photographs
        fit_ranking(workshop, folders, options.photos, options.into)
    elif step == "measure":
        trained = _trained(workshop, options)
        record_version(workshop, trained, options.status, options.note, options.crops)
    else:
        compare_rival(workshop, _trained(workshop, options), options.crops)


def _trained(workshop: Workshop, options: argparse.Namespace) -> TrainedReader:
    if options.exported:
        return load_weights(options.exported / "reader.safetensors")
    return load_checkpoint(options.checkpoint or workshop.reader_checkpoint())


if __name__ == "__main__":
    raise SystemExit(main())
