"""`python -m datasets.sheet OUT.png`: a sheet of drawn crops, beside real ones where given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.draw import CropSource
from datasets.crops.settings import CURRENT, VERSIONS
from datasets.errors import FontError
from datasets.fonts.fonts import FETCHED, FontPool, font_folders
from datasets.labelled import labelled_crops

Grey = NDArray[np.uint8]
_CELL_WIDTH, _CELL_HEIGHT = 260, 90  # pixels of a cell, less its edge
_CELL_EDGE, _CELLS_A_ROW, _GROUND = 6, 6, 128


def sheet(crops: Sequence[Grey], columns: int = _CELLS_A_ROW) -> Grey:
    """HxW grey crops in a grid, each scaled into a cell."""
    wide, tall = _CELL_WIDTH + _CELL_EDGE, _CELL_HEIGHT + _CELL_EDGE
    rows = -(-len(crops) // columns)
    grid = np.full((rows * tall, columns * wide), _GROUND, np.uint8)
    for place, crop in enumerate(crops):
        scale = min(_CELL_WIDTH / crop.shape[1], _CELL_HEIGHT / crop.shape[0])
        size = (max(1, int(crop.shape[1] * scale)), max(1, int(crop.shape[0] * scale)))
        small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
        top, left = place // columns * tall, place % columns * wide
        grid[top : top + size[1], left : left + size[0]] = small
    return grid


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m datasets.sheet", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--version", choices=sorted(VERSIONS), default=CURRENT.version)
    parser.add_argument("--difficulty", type=float, default=1.0, help="0 easy, 1 hard")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fonts", type=Path, default=FETCHED)
    parser.add_argument("--real", type=Path, help="folder of real crops, shown first")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheet; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        pool = FontPool.load(font_folders(options.fonts))
    except FontError as error:
        print(error, file=sys.stderr)
        return 1
    source = CropSource(pool, VERSIONS[options.version])
    rng = np.random.default_rng(options.seed)
    crops = [crop.pixels for crop in source.draw(rng, options.count, options.difficulty)]
    real = [crop.grey for crop in labelled_crops(options.real)] if options.real else []
    cv2.imwrite(str(options.out), sheet([*real, *crops]))
    print(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
