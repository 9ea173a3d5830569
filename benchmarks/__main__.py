"""`python -m benchmarks`: our readers and others side by side, as tables.

Real photographs first (with `--real`), then drawn crops and drawn whole photos, how far confidences
can be trusted, time, throughput and memory of serving, and each target. Rivals that are missing get
a row that says so. `python -m benchmarks ablation` says what each pass is worth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import ablation
from benchmarks.errors import MessagesUnreadable
from benchmarks.run import Plan, measure
from datasets.errors import FontError, RealDataError
from datasets.fonts.fonts import FETCHED, font_folders
from recognizer.errors import ModelError

COUNTS = {
    "crops": "drawn crops to read",
    "scenes": "drawn photos with a code to read, and a third as many without one",
    "beside": "of those with a code, also read by the rivals",
    "letters": "least letter height in pixels",
    "photos": "photos for throughput and memory of serving",
    "seed": "of what is drawn",
    "threads": "for each reader that gains from more than one",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        argument_default=argparse.SUPPRESS,  # what is not given is as the plan has it
    )
    usual = Plan()
    told = "folder of labelled crops or photos, with labels.tsv; may be given again"
    parser.add_argument("--real", type=Path, action="append", metavar="FOLDER", help=told)
    for name, told in COUNTS.items():
        default = getattr(usual, name)
        parser.add_argument(f"--{name}", type=type(default), default=default, help=told)
    parser.add_argument("--typed", type=Path, help="typed messages and what is meant, as TSV")
    parser.add_argument("--no-rivals", action="store_false", dest="rivals", help="ours alone")
    parser.add_argument("--rapidocr", type=Path, help="Python that has RapidOCR 1")
    parser.add_argument("--weights", type=Path, help="folder of other networks")
    parser.add_argument("--fonts", type=Path, default=FETCHED, help="folder of fonts")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--verbose", action="store_true", help="list what was read wrongly")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["ablation"]:
        return ablation.main(given[1:])
    options = vars(_parser().parse_args(given))
    path = options.pop("json", None)
    folders = {"fonts": font_folders(options["fonts"]), "real": tuple(options.get("real", ()))}
    plan = Plan(**{**options, **folders})
    try:
        figures = measure(plan)
    except FontError as error:
        print(f"{error}\nRun `python -m training fonts` first.", file=sys.stderr)
        return 1
    except (RealDataError, ModelError, FileNotFoundError, MessagesUnreadable) as error:
        print(error, file=sys.stderr)
        return 1
    if path:
        figures.write(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
