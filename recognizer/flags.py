"""Reading photos as a command of a program: its flags, and what it does.

`python -m recognizer read` and `pumbeon read` are it. Importing this is cheap; the networks and
their runtime are imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from recognizer.settings import RecognizerSettings

READ_HELP = "read the style codes on photos"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags of `run`."""
    parser.add_argument("photos", nargs="+", metavar="PHOTO", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--crop", action="store_true", help="the picture is one code, cut out")
    parser.add_argument(
        "--why", action="store_true", help="also what spoke for and against each code"
    )
    parser.add_argument(
        "--threads", type=_threads, default=2, help="processor cores to use; default: %(default)s"
    )
    parser.add_argument(
        "--detector",
        choices=("own", "easyocr"),
        help="easyocr: the published CRAFT weights, downloaded where missing (needs torch); "
        "default: RECOGNIZER_DETECTOR",
    )
    parser.add_argument(
        "--witness",
        choices=("ppocr", "none"),
        help="who reads doubtful lines, too; default: RECOGNIZER_WITNESS",
    )


def run(settings: RecognizerSettings, options: argparse.Namespace) -> int:
    """Read all photos: 0, or 1 where one could not be read or the networks cannot be had."""
    # onnxruntime and, with easyocr, torch
    from recognizer.detectors import Detector, open_pipeline  # noqa: PLC0415
    from recognizer.errors import RecognizerError  # noqa: PLC0415
    from recognizer.files import read_file  # noqa: PLC0415

    name = options.detector or settings.recognizer_detector
    witness = options.witness or settings.recognizer_witness
    file = settings.recognizer_detector_file if name == "easyocr" else None
    try:
        pipeline = open_pipeline(
            threads=options.threads, detector=Detector(name, file), witness=witness
        )
    except RecognizerError as error:
        print(f"cannot load the networks: {error}", file=sys.stderr)
        return 1
    good = [
        read_file(pipeline, path, as_json=options.json, crop=options.crop, why=options.why)
        for path in options.photos
    ]
    return 0 if all(good) else 1


def _threads(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("must be 1 to 256")
    return number
