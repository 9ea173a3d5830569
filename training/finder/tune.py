"""`python -m training.finder.tune`: which thresholds on the finder's maps serve reading best.

The maps of drawn photos in held-out fonts (other seeds than the bench's and the calibration's) are
drawn once; then one setting after the other is moved, the others as they are. What counts is the
share of codes that are read in one of the lines that look most like a code, and, where that is the
same, how few lines there are to read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from datasets.fonts.fonts import FETCHED, FontPool, font_folders
from datasets.scenes.evalset import held_out_scenes
from recognizer.finding.finder import Finder, OnnxMaps
from recognizer.finding.regions import RegionSettings, find_regions
from recognizer.finding.words import Maps
from recognizer.looking.line_reading import likeliest_first
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.photo.photo import grey_of
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import rectified_crop
from recognizer.types import Photo, Pixels
from stylecode import key

TUNE_SEED = 2_000_003
LINES = 3  # of each photo, the likeliest
GRID: dict[str, tuple[float, ...]] = {
    "text": (0.3, 0.4, 0.45, 0.55),
    "low_text": (0.15, 0.2, 0.25, 0.3, 0.4),
    "link": (0.15, 0.2, 0.25, 0.3, 0.4),
    "air_across": (0.1, 0.15, 0.2, 0.25, 0.3),
    "air_along": (0.05, 0.1, 0.15, 0.2, 0.3),
    "join_gap": (0.7, 1.0, 1.3, 1.6, 2.0),
}


@dataclass(frozen=True, slots=True)
class SeenMaps:
    """A photo in grey, its maps, pixels of the photo for one of the maps, and the code on it."""

    grey: Pixels
    maps: Maps
    scale: float
    printed: str


@dataclass(frozen=True, slots=True)
class Tuned:
    """The share of codes read in a likely line, and the mean number of lines, by settings."""

    settings: RegionSettings
    read: float
    lines: float

    @property
    def order(self) -> tuple[float, float]:
        """Best first."""
        return -self.read, self.lines


def seen(finder: Finder, pool: FontPool, photos: int) -> Iterator[SeenMaps]:
    """The maps of drawn photos."""
    for scene in held_out_scenes(pool, photos, TUNE_SEED, 12.0):
        photo = Photo(scene.image)
        scale = finder.scale(photo)
        grey = grey_of(scene.image)
        yield SeenMaps(grey, finder.maps(photo, scale), 2 / scale, scene.printed)


def outcome(photos: Sequence[SeenMaps], recogniser: Recogniser, settings: RegionSettings) -> Tuned:
    """What these settings come to."""
    right, lines = 0, 0
    for one in photos:
        regions = find_regions(one.maps, one.scale, settings)
        lines += len(regions)
        likely = sorted(regions, key=likeliest_first)[:LINES]
        texts = recogniser.read([rectified_crop(one.grey, region.quad) for region in likely])
        right += any(key(one.printed) in key(text.text) for text in texts)
    return Tuned(settings, right / len(photos), lines / len(photos))


def with_value(settings: RegionSettings, name: str, value: float) -> RegionSettings:
    """The settings with one of them changed."""
    if name == "join_gap":
        return replace(settings, join_gap=value)
    return replace(settings, words=replace(settings.words, **{name: value}))


def tuned(
    photos: Sequence[SeenMaps], recogniser: Recogniser, start: RegionSettings
) -> Iterator[tuple[str, float, Tuned, bool]]:
    """Each setting's values in turn, with what they come to and whether they are kept."""
    best = outcome(photos, recogniser, start)
    yield "as it is", 0.0, best, True
    for name, values in GRID.items():
        for value in values:
            tried = outcome(photos, recogniser, with_value(best.settings, name, value))
            better = tried.order < best.order
            best = tried if better else best
            yield name, value, tried, better


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each value that was tried; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.finder.tune", description=__doc__)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--fonts", type=Path, default=FETCHED)
    options = parser.parse_args(arguments)
    files = ModelFiles(options.weights)
    finder = Finder(OnnxMaps(files, options.threads))
    photos = list(seen(finder, FontPool.load(font_folders(options.fonts)), options.photos))
    recogniser = Recogniser(files, options.threads)
    rows = [
        f"{name:12} {value:<6g} {found.read:7.1%} {found.lines:6.1f} {'kept' if kept else ''}"
        for name, value, found, kept in tuned(photos, recogniser, finder.settings)
    ]
    print(f"setting      value  read in {LINES} likely lines, lines", *rows, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
