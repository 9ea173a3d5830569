"""Fit the reader's calibration on drawn pictures that training and benchmarks do not see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import isotonic_regression

from benchmarks.crops import drawn_crops, read_crops
from benchmarks.scenes import coded_and_bare, read_scenes
from recognizer.calibration import Calibration
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from training.fonts import FontPool

SEED = 1_000_003  # the benchmarks draw with small ones
HARDNESS = (0.4, 0.7, 1.0)  # real tags are of all kinds
BLOCK = 25  # readings at least behind each point of the map


def calibrate(weights: Path, pool: FontPool, crops: int, photos: int) -> dict[str, Calibration]:
    """Fit the maps for crops and photos and write them into the manifest of `weights`."""
    path = weights / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest.pop("calibration", None)  # scores are wanted, not what an older map made of them
    path.write_text(_json(manifest), encoding="utf-8")
    pipeline = Pipeline.load(ModelFiles(weights))
    fitted = {}
    if crops:
        fitted["crop"] = fit(*_crop_scores(pipeline, pool, crops))
    if photos:
        fitted["photo"] = fit(*_photo_scores(pipeline, pool, photos))
    manifest["calibration"] = {
        kind: {"scores": one.scores, "shares": one.shares} for kind, one in fitted.items()
    }
    path.write_text(_json(manifest), encoding="utf-8")
    return fitted


def fit(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The non-decreasing map that fits best in least squares (pool adjacent violators).

    Readings are first gathered in blocks of equal size: a single lucky reading is no probability.
    Each block's share counts one more right and one more wrong reading (Laplace), so that nothing
    is certain. Raises ValueError for fewer than two blocks.
    """
    order = np.argsort(scores, kind="stable")
    blocks = np.array_split(order, len(order) // BLOCK) if len(order) >= 2 * BLOCK else []
    if not blocks:
        raise ValueError(f"{len(order)} readings are too few to calibrate on")
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


def _crop_scores(pipeline: Pipeline, pool: FontPool, count: int) -> tuple[list[float], list[bool]]:
    scores, right = [], []
    for number, hard in enumerate(HARDNESS):
        crops = drawn_crops(pool, count // len(HARDNESS), SEED + number, hard)
        for result in read_crops(pipeline, crops):
            scores.append(result.confidence)
            right.append(result.right_within(1))
    return scores, right


def _photo_scores(pipeline: Pipeline, pool: FontPool, count: int) -> tuple[list[float], list[bool]]:
    """Of photos with and without a code; what is found on the latter is wrong."""
    scenes = coded_and_bare(pool, count, SEED, letters_px=12)
    results = [result for result in read_scenes(pipeline, scenes) if result.codes]
    return [r.confidence for r in results], [r.right_within(1) for r in results]


def _json(manifest: object) -> str:
    return json.dumps(manifest, indent=2, sort_keys=True) + "\n"
