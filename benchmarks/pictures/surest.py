"""The surest of all real pictures: how many of them are wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.pictures.confidence import LET_THROUGH, Verdict
from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.readers import OURS
from benchmarks.pictures.real_photos import RealRow, is_of_choosing_half
from benchmarks.pictures.scenes import PhotoResult
from benchmarks.tables import table
from datasets.real.measured import LabelledPhoto
from storage.shares import Share

SURELY_WRONG = "surest 80 % of all upright ones: wrong"
SUREST = (0.5, 0.6, 0.7, LET_THROUGH, 0.9, 1.0)  # shares of the pictures


@dataclass(frozen=True, slots=True)
class Surest:
    """Of so much of the pictures, the surest first, how many are wrong in either half."""

    kept: float
    choosing: Share
    other: Share


@dataclass(frozen=True, slots=True)
class HalfVerdict:
    """What was shown first, and of which half the picture is."""

    choosing: bool
    verdict: Verdict


def of_photos(photos: Sequence[LabelledPhoto], results: Sequence[PhotoResult]) -> list[HalfVerdict]:
    """Photos with a code, and those without one that were given one: nothing else is shown."""
    return [
        HalfVerdict(photo.choosing, Verdict(result.confidence, result.right_within(1)))
        for photo, result in zip(photos, results, strict=True)
        if photo.truths or result.codes
    ]


def of_crops(results: Iterable[CropResult]) -> list[HalfVerdict]:
    """All crops."""
    return [
        HalfVerdict(is_of_choosing_half(one.crop), Verdict(one.confidence, one.right_within(1)))
        for one in results
    ]


def curve(verdicts: Sequence[HalfVerdict]) -> list[Surest]:
    """A point for each share that is kept."""
    choosing = [one.verdict for one in verdicts if one.choosing]
    other = [one.verdict for one in verdicts if not one.choosing]
    return [Surest(kept, wrong_of(choosing, kept), wrong_of(other, kept)) for kept in SUREST]


def wrong_of(verdicts: Sequence[Verdict], kept: float) -> Share:
    """The wrong ones among the surest; of equally sure ones the wrong come first."""
    ordered = sorted(verdicts, key=lambda one: (-one.confidence, one.right))
    count = math.ceil(kept * len(ordered) - 1e-9)  # products of floats are a hair off
    return Share.of(not one.right for one in ordered[:count])


def row(points: Sequence[Surest]) -> RealRow:
    """That of four fifths, for the table of real photographs."""
    point = next(one for one in points if one.kept == LET_THROUGH)
    return RealRow(SURELY_WRONG, OURS, point.choosing, point.other)


def report(points: Sequence[Surest]) -> str:
    """A row a share; nothing of nothing."""
    if not points:
        return ""
    rows = [[f"{one.kept * 100:.0f} %", str(one.choosing), str(one.other)] for one in points]
    return table(["surest of the real pictures: wrong", "choosing half", "other half"], rows)
