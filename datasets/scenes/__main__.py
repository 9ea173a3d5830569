"""`python -m datasets.scenes preview|sample`: look at drawn scenes, or draw the sample photo."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2

from datasets.errors import FontError
from datasets.fonts.fonts import SYSTEM_FONTS, FontPool
from datasets.scenes import draw_scene
from datasets.scenes.preview import contact_sheet


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m datasets.scenes", description=__doc__)
    parser.add_argument("--fonts", type=Path, action="append", help="font folder (repeatable)")
    commands = parser.add_subparsers(dest="command", required=True)
    preview = commands.add_parser("preview", help="a contact sheet with the quads drawn in")
    preview.add_argument("--count", type=int, default=24)
    preview.add_argument("--out", type=Path, required=True)
    preview.add_argument("--seed", type=int, default=0)
    preview.add_argument("--difficulty", type=float, default=0.5)
    preview.add_argument("--split", choices=("train", "held_out"), default="train")
    preview.add_argument("--plain", action="store_true", help="without the quads")
    sample = commands.add_parser("sample", help="the clear tag photo that the web chat offers")
    sample.add_argument("out", type=Path)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        pool = FontPool.load(options.fonts or [SYSTEM_FONTS])
    except FontError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "sample":
        from datasets.scenes.sample import sample_tag  # noqa: PLC0415

        options.out.write_bytes(sample_tag(pool))
    else:
        seeds = range(options.seed, options.seed + options.count)
        scenes = [draw_scene(seed, pool, options.difficulty, options.split) for seed in seeds]
        sheet = contact_sheet(scenes, quads=not options.plain)
        cv2.imwrite(str(options.out), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))
    print(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
