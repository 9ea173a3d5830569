"""`python -m benchmarks.cards`: the model cards, with the figures of a run of the bench.

Without `--figures` the bench runs first, as `python -m benchmarks` does by itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cards.cards import write_cards
from benchmarks.errors import BenchmarkError
from benchmarks.figures import Figures
from benchmarks.run import Plan, measure
from datasets.errors import DatasetError
from datasets.fonts.fonts import FETCHED, font_folders
from recognizer.errors import RecognizerError
from recognizer.models import WEIGHTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the cards; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cards", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the networks")
    parser.add_argument("--fonts", type=Path, default=FETCHED, help="font folder")
    real = "folder of labelled crops or photos to measure on, too; may be given again"
    parser.add_argument("--real", type=Path, action="append", default=[], help=real)
    parser.add_argument("--threads", type=int, default=2, help="processor cores")
    told = "what `python -m benchmarks --json FILE` wrote (default: measure now)"
    parser.add_argument("--figures", type=Path, metavar="FILE", help=told)
    options = parser.parse_args(arguments)
    places = (options.weights, font_folders(options.fonts), tuple(options.real))
    plan = Plan(*places, threads=options.threads)
    try:
        figures = Figures.read(options.figures) if options.figures else measure(plan)
        for path in write_cards(options.weights, figures):
            print(path)
    except (BenchmarkError, DatasetError, RecognizerError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
