"""`pumbeon learn …`: names and flags. What a step needs is imported when it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "learn from what people corrected: data sets, labels, versions of the reader"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The steps of learning, as a command's own commands."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    step = steps.add_parser("collect", help="consented photos into a new data set")
    step.add_argument("set", metavar="SET", help="name of the new set")
    step.add_argument("--brand", default="", help="of this brand alone")
    step.add_argument("--channel", default="", help="of this channel alone")
    step.add_argument("--since", default="", metavar="DAY", help="such as 2026-12-01")
    step = steps.add_parser("clean", help="doubts about the rows of a set, into a new one")
    step.add_argument("set", metavar="SET")
    step.add_argument("into", metavar="NEW", help="name of the new set")
    steps.add_parser("sets", help="the sets, what is in them, and who learned from them")
    steps.add_parser("purge", help="have those leave all sets who took consent back; now")
    step = steps.add_parser("select", help="what an operator should look at next")
    step.add_argument("number", type=int, metavar="N")
    steps.add_parser("autolabel", help="label what both readers and a shop agree on")
    step = steps.add_parser("export", help="a set for other tools")
    step.add_argument("set", metavar="SET")
    step.add_argument("folder", type=Path, metavar="FOLDER")
    step.add_argument("--format", choices=("label-studio", "folder"), default="label-studio")
    step = steps.add_parser("import", help="labels of Label Studio's JSON or of a folder")
    step.add_argument("path", type=Path, metavar="PATH")
    step.add_argument("--author", required=True, help="whose word it is")
    work = _work()
    step = steps.add_parser("train", parents=[work], help="teach the reader a set")
    step.add_argument("set", metavar="SET")
    step.add_argument("version", metavar="VERSION", help="name of the new version")
    step = steps.add_parser("judge", parents=[work], help="a taught version against the current")
    step.add_argument("set", metavar="SET")
    step.add_argument("version", metavar="VERSION")
    steps.add_parser("versions", help="the versions in the store, and which one serves")
    step = steps.add_parser("promote", help="have a version serve")
    step.add_argument("version", metavar="VERSION")
    step.add_argument("--anyway", action="store_true", help="though it was judged to be no better")
    steps.add_parser("rollback", help="have the version before serve again")
    steps.add_parser("watch", parents=[work], help="go back where people correct too much; once")
    steps.add_parser("cycle", parents=[work], help="all of it, from collecting to promoting")


def _work() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    runs = "checkpoints, weights and logs (default: %(default)s)"
    parser.add_argument("--runs", type=Path, default=Path("runs/learning"), help=runs)
    parser.add_argument("--fonts", type=Path, default=Path(".cache/fonts"), help="to draw with")
    told = "labelled crops that every version is judged on; may be given again"
    parser.add_argument("--frozen", type=Path, action="append", default=[], help=told)
    parser.add_argument("--samples", type=int, default=24_000, help="crops that are learned from")
    parser.add_argument("--minutes", type=float, help="teach each network for so long instead")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--crops", type=int, default=1500, help="drawn crops to calibrate on")
    parser.add_argument("--photos", type=int, default=150, help="drawn photos to calibrate on")
    parser.add_argument("--threads", type=int, default=2, help="processor cores")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status. Errors are told in one line on standard error."""
    try:
        from training.learning.commands import done  # noqa: PLC0415 -- torch and more
    except ImportError as error:
        told = f"{error.name or error} is not installed, and learning needs it"
        print(f"{told}: pip install -e '.[torch]' in the checkout", file=sys.stderr)
        return 1
    return done(options)
