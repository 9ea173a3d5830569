"""`python -m training`: the whole training from nothing, or one step of it.

`all` fetches fonts, trains both networks on drawn tags, exports them, measures them and writes
the model cards. Each step goes on where it stopped; nothing is trained twice.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from recognizer.errors import RecognizerError
from recognizer.models import WEIGHTS
from training.font_errors import FontError
from training.font_fetch import fetch
from training.fonts import SYSTEM_FONTS
from training.steps import (
    Workshop,
    export_networks,
    train_finder,
    train_reader,
    write_cards,
)

STEPS = ("fonts", "finder", "reader", "export", "cards")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=("all", *STEPS))
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="checkpoints and logs")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the networks go")
    parser.add_argument("--fonts", type=Path, default=Path(".cache/fonts"), help="font folder")
    parser.add_argument("--minutes", type=float, help="train each network for so long instead")
    parser.add_argument("--samples", type=int, help="train each network on so many samples")
    parser.add_argument("--threads", type=int, help="processor cores (default: all)")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--version", default="v1", help="version name for the exported networks")
    parser.add_argument("--real", type=Path, help="folder of real crops to measure on, too")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps; returns the exit status."""
    options = _parser().parse_args(arguments)
    steps = STEPS if options.step == "all" else (options.step,)
    workshop = Workshop(
        runs=options.runs,
        weights=options.weights,
        fonts=(options.fonts, SYSTEM_FONTS),
        version=options.version,
        minutes=options.minutes,
        samples=options.samples,
        threads=options.threads,
        workers=options.workers,
        seed=options.seed,
        real=options.real,
    )
    try:
        for step in steps:
            _run(step, workshop, options.fonts)
    except (FontError, RecognizerError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(step: str, workshop: Workshop, fonts: Path) -> None:
    print(f"== {step}", flush=True)
    if step == "fonts":
        print(f"{fetch(fonts)} fonts in {fonts}")
    elif step == "finder":
        train_finder(workshop)
    elif step == "reader":
        train_reader(workshop)
    elif step == "export":
        export_networks(workshop)
    else:
        write_cards(workshop)


if __name__ == "__main__":
    raise SystemExit(main())
