"""Fit the reader's calibration on drawn pictures that training and benchmarks do not see.

They are in the fonts kept apart for measuring, as the benchmarks' are: in fonts that it learned
from, the reader is surer than a stranger's tag lets it be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from scipy.optimize import isotonic_regression

from benchmarks.crops import drawn_crops, read_crops
from benchmarks.scenes import coded_and_bare, read_scenes
from recognizer.calibration import Calibration
from recognizer.finder import Finder
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.recogniser import Recogniser
from training.errors import TooFewReadingsError
from training.fonts import FontPool

CROPS, PHOTOS = 3000, 300
SEED = 1_000_003  # the benchmarks draw with small ones
HARDNESS = (0.4, 0.7, 1.0)  # real tags are of all kinds
BLOCK = 25  # readings at least behind each point of the map

Readings = Iterator[tuple[float, bool]]


def calibrate(
    weights: Path, pool: FontPool, crops: int = CROPS, photos: int = PHOTOS, threads: int = 2
) -> dict[str, Calibration]:
    """Fit the maps for crops and photos and keep them in the manifest of `weights`.

    `photos` is how many with a code; a third as many without one are read, too. A kind of which
    there are to be none keeps the map it has. The manifest is written once, at the end. Raises
    TooFewReadingsError, ModelError.
    """
    files = ModelFiles(weights)
    # Without maps: scores are wanted, not what an older map made of them.
    pipeline = Pipeline(Finder(files, threads=threads), Recogniser(files, threads))
    fitted = {}
    if crops:
        fitted["crop"] = fit(*_parted(_crop_readings(pipeline, pool, crops)))
    if photos:
        fitted["photo"] = fit(*_parted(_photo_readings(pipeline, pool, photos)))
    _keep(files, fitted)
    return fitted


def fit(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The non-decreasing map that fits best in least squares (pool adjacent violators).

    Readings are first gathered in blocks of equal size: a single lucky reading is no probability.
    Each block's share counts one more right and one more wrong reading (Laplace), so that nothing
    is certain. Raises TooFewReadingsError for fewer than two blocks.
    """
    order = np.argsort(scores, kind="stable")
    blocks = np.array_split(order, len(order) // BLOCK) if len(order) >= 2 * BLOCK else []
    if not blocks:
        raise TooFewReadingsError(f"{len(order)} readings are too few to calibrate on")
    middles = [float(np.mean(np.asarray(scores)[block])) for block in blocks]
    shares = [(float(np.sum(np.asarray(right)[b])) + 1) / (len(b) + 2) for b in blocks]
    risen = isotonic_regression(shares, weights=[len(block) for block in blocks]).x
    return _through(middles, [float(share) for share in risen])


def _through(scores: Sequence[float], shares: Sequence[float]) -> Calibration:
    """The map through these points, flat beyond the last; scores that coincide are one point."""
    points = {0.0: 0.0}
    points.update({round(s, 5): round(p, 5) for s, p in zip(scores, shares, strict=True)})
    points.setdefault(1.0, max(points.values()))
    return Calibration(tuple(points), tuple(points.values()))


def _parted(readings: Readings) -> tuple[list[float], list[bool]]:
    found = list(readings)
    return [score for score, _ in found], [right for _, right in found]


def _crop_readings(pipeline: Pipeline, pool: FontPool, count: int) -> Readings:
    """The score of each crop's first code (0 where none was read), and whether it is right."""
    for number, hard in enumerate(HARDNESS):
        crops = drawn_crops(pool, count // len(HARDNESS), SEED + number, hard)
        for result in read_crops(pipeline, crops):
            yield result.confidence, result.right_within(1)


def _photo_readings(pipeline: Pipeline, pool: FontPool, count: int) -> Readings:
    """Of photos with and without a code; what is found on the latter is wrong."""
    scenes = coded_and_bare(pool, count, SEED, letters_px=12)
    for result in read_scenes(pipeline, scenes):
        if result.codes:
            yield result.confidence, result.right_within(1)


def _keep(files: ModelFiles, fitted: dict[str, Calibration]) -> None:
    """Write the manifest whole, or not at all."""
    manifest = files.manifest()  # read now: the fitting took minutes
    maps = {kind: asdict(one) for kind, one in fitted.items()}
    manifest["calibration"] = {**manifest.get("calibration", {}), **maps}
    path = files.folder / "manifest.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(path)


def told(fitted: dict[str, Calibration]) -> str:
    """What the maps say of some scores, a line for each map."""
    scores = (0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
    return "\n".join(
        f"{kind}: {', '.join(f'{s:.1f} → {one.probability(s):.3f}' for s in scores)}"
        for kind, one in fitted.items()
    )
