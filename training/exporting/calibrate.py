"""Fit the reader's calibration on drawn pictures that training and benchmarks do not see.

They are in the fonts kept apart for measuring, as the benchmarks' are: in fonts that it learned
from, the reader is surer than a stranger's tag lets it be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize

from datasets.fonts.fonts import FontPool
from datasets.labelled import crops_of_all_kinds
from datasets.scenes.evalset import TAG_LETTERS_PX, coded_and_bare
from datasets.truths import is_right
from recognizer.calibration import Calibration
from recognizer.finding.finder import Finder, OnnxMaps
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.witness import WitnessReader
from recognizer.types import CodeReading, Photo
from training.errors import TooFewReadingsError
from training.exporting.export import record

CROPS, PHOTOS = 3000, 300
FIT_SEED = 1_000_003  # the benchmarks draw with small ones
BLOCK = 50  # readings at least behind each point of the map

RIDGE = 1e-3  # on the weights: the signs go together

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Signs = tuple[float, ...]
Readings = Iterator[tuple[Signs, bool]]


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
    pipeline = Pipeline(
        Finder(OnnxMaps(files, threads)),
        Recogniser(files, threads),
        witness=WitnessReader(threads),
    )
    fitted = {}
    if crops:
        fitted["crop"] = fit(*_parted(_crop_readings(pipeline, pool, crops)))
    if photos:
        fitted["photo"] = fit(*_parted(_photo_readings(pipeline, pool, photos)))
    maps = {kind: asdict(one) for kind, one in fitted.items()}
    # Read now: the fitting took minutes.
    record(weights, "calibration", {**files.manifest().get("calibration", {}), **maps})
    return fitted


def fit(signs: Sequence[Signs], right: Sequence[bool]) -> Calibration:
    """The logistic model of the signs, and the non-decreasing map of its answers that fits best.

    Raises TooFewReadingsError for fewer than two blocks of readings.
    """
    if len(signs) < 2 * BLOCK:
        raise TooFewReadingsError(f"{len(signs)} readings are too few to calibrate on")
    weighing = Calibration(weights=_weights(np.asarray(signs), np.asarray(right)))
    scores, shares = _map([weighing.evidence(one) for one in signs], right)
    return replace(weighing, scores=scores, shares=shares)


def _weights(signs: Floats, right: Flags) -> tuple[float, ...]:
    """Of the signs, none of them below 0, and of the constant: those of least logistic loss."""
    inputs = np.column_stack([signs, np.ones(len(signs))])
    sides = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> float:
        odds = sides * (inputs @ weights)
        return float(np.logaddexp(0, -odds).mean() + RIDGE * (weights**2).sum())

    start, bounds = np.array([1.0, 0.0, 0.0, 0.0]), [(0, None)] * 3 + [(None, None)]
    return tuple(float(w) for w in minimize(loss, start, bounds=bounds).x)


def _map(scores: Sequence[float], right: Sequence[bool]) -> tuple[Signs, Signs]:
    """Points and their shares of right readings, by centred isotonic regression.

    Adjacent violators are pooled, and each pool is one point at its middle, so that readings of
    different evidence keep different probabilities (Oron and Flournoy, 2017).

    Readings are first gathered in blocks of equal size: a single lucky reading is no probability.
    What was pooled counts one more right and one more wrong reading (Laplace), so that nothing is
    certain.
    """
    order = np.argsort(scores, kind="stable")
    blocks = np.array_split(order, len(order) // BLOCK)
    middles = [float(np.mean(np.asarray(scores)[block])) for block in blocks]
    sizes = np.array([len(block) for block in blocks])
    hits = np.array([np.sum(np.asarray(right)[block]) for block in blocks])
    pools = isotonic_regression(hits / sizes, weights=sizes).blocks
    spans = list(pairwise(pools))
    shares = [(hits[a:b].sum() + 1) / (sizes[a:b].sum() + 2) for a, b in spans]
    centres = [float(np.mean(middles[a:b])) for a, b in spans]
    return _through(centres, np.maximum.accumulate(shares).tolist())


def _through(scores: Sequence[float], shares: Sequence[float]) -> tuple[Signs, Signs]:
    """The map through these points, from 0 and half-way to certainty; equal scores are one."""
    points = {0.0: 0.0}
    points.update({round(s, 5): round(p, 5) for s, p in zip(scores, shares, strict=True)})
    points.setdefault(1.0, round((1 + max(points.values())) / 2, 5))
    return tuple(points), tuple(points.values())


def _parted(readings: Readings) -> tuple[list[Signs], list[bool]]:
    found = list(readings)
    return [signs for signs, _ in found], [right for _, right in found]


def _crop_readings(pipeline: Pipeline, pool: FontPool, count: int) -> Readings:
    """The signs of each crop's first code, where any was read, and whether it is right."""
    for crop in crops_of_all_kinds(pool, count, FIT_SEED):
        yield from _judged(pipeline.read_crop(Photo(crop.pixels)), crop.truths)


def _photo_readings(pipeline: Pipeline, pool: FontPool, count: int) -> Readings:
    """Of photos with and without a code; what is found on the latter is wrong."""
    for scene in coded_and_bare(pool, count, FIT_SEED, TAG_LETTERS_PX):
        truths = (scene.code, scene.printed) if scene.code else ()
        yield from _judged(pipeline.read(Photo(scene.image)), truths)


def _judged(reading: CodeReading, truths: Sequence[str]) -> Readings:
    if reading.candidates:
        yield reading.signs, is_right(reading.candidates[0].code, truths)


def told(fitted: dict[str, Calibration]) -> str:
    """A line for each map: its weights, and the least and greatest probability it gives."""
    return "\n".join(
        f"{kind}: weights {', '.join(f'{weight:.2f}' for weight in one.weights)}; "
        f"probabilities {one.shares[1]:.3f} to {one.shares[-1]:.3f}"
        for kind, one in fitted.items()
    )
