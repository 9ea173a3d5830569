"""How far a confidence can be trusted: calibration, and what a threshold lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.tables import percent, table
from storage.shares import wilson

BINS = 15
LEVELS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
LET_THROUGH = 0.8
_PERFECT_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first candidate's confidence (0 where there is none) and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of like confidence."""

    count: int
    mean_confidence: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Level:
    """What is kept at a confidence of `threshold` or more; `exact` is None where nothing is."""

    threshold: float
    kept: float
    exact: float | None


@dataclass(frozen=True, slots=True)
class LetThrough:
    """The highest threshold that keeps the wanted share, and the share of wrong ones in it."""

    threshold: float
    kept: float
    wrong: float


@dataclass(frozen=True, slots=True)
class ConfidenceFigures:
    """All about the confidence on one set of pictures; shares are in 0..1.

    `interval` is the 95 % interval of `exact`. `error` is the expected calibration
    error; `error_if_perfect` is what a perfectly calibrated reader would be expected to get on
    so many pictures, by chance alone.
    """

    title: str
    count: int
    exact: float
    interval: tuple[float, float]
    error: float
    error_if_perfect: float
    bins: tuple[Bin, ...]
    levels: tuple[Level, ...]
    at_80_percent: LetThrough


def measure(title: str, outcomes: Sequence[Verdict]) -> ConfidenceFigures:
    """All figures for at least one outcome; raises ValueError for none."""
    if not outcomes:
        raise ValueError(f"{title}: nothing was read")
    right = sum(outcome.right for outcome in outcomes)
    parts = equal_mass_bins(outcomes)
    return ConfidenceFigures(
        title=title,
        count=len(outcomes),
        exact=right / len(outcomes),
        interval=wilson(right, len(outcomes)),
        error=expected_error(parts),
        error_if_perfect=_error_if_perfect(outcomes),
        bins=parts,
        levels=levels(outcomes),
        at_80_percent=lets_through(outcomes, LET_THROUGH),
    )


def equal_mass_bins(outcomes: Sequence[Verdict], count: int = BINS) -> tuple[Bin, ...]:
    """At most `count` bins of about equally many outcomes, lowest confidence first.

    Equal confidences share a bin, so that the bins do not depend on the outcomes' order.
    """
    ordered = sorted(outcomes, key=lambda outcome: outcome.confidence)
    found: list[Bin] = []
    start = 0
    for number in range(1, count + 1):
        end = max(start, round(number * len(ordered) / count))
        while 0 < end < len(ordered) and ordered[end].confidence == ordered[end - 1].confidence:
            end += 1
        if end > start:
            found.append(_bin(ordered[start:end]))
        start = end
    return tuple(found)


def _bin(outcomes: Sequence[Verdict]) -> Bin:
    count = len(outcomes)
    mean = sum(outcome.confidence for outcome in outcomes) / count
    return Bin(count, mean, sum(outcome.right for outcome in outcomes) / count)


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence and share right, by count."""
    whole = sum(part.count for part in bins)
    return sum(part.count * abs(part.mean_confidence - part.share_right) for part in bins) / whole


def _error_if_perfect(outcomes: Sequence[Verdict], seed: int = 0) -> float:
    rng = np.random.default_rng(seed)
    sure = [outcome.confidence for outcome in outcomes]
    drawn: list[float] = []
    for _ in range(_PERFECT_DRAWS):
        right = rng.random(len(sure)) < sure
        pairs = [Verdict(c, bool(r)) for c, r in zip(sure, right, strict=True)]
        drawn.append(expected_error(equal_mass_bins(pairs)))
    return float(np.mean(drawn))


def levels(outcomes: Sequence[Verdict], thresholds: Sequence[float] = LEVELS) -> tuple[Level, ...]:
    """Share kept, and share right among the kept, at each threshold."""
    found = []
    for threshold in thresholds:
        kept = [outcome.right for outcome in outcomes if outcome.confidence >= threshold]
        exact = sum(kept) / len(kept) if kept else None
        found.append(Level(threshold, len(kept) / len(outcomes), exact))
    return tuple(found)


def lets_through(outcomes: Sequence[Verdict], share: float) -> LetThrough:
    """The highest threshold that keeps at least `share` of the outcomes."""
    ordered = sorted((outcome.confidence for outcome in outcomes), reverse=True)
    threshold = ordered[max(0, int(np.ceil(share * len(ordered) - 1e-9)) - 1)]
    kept = [outcome.right for outcome in outcomes if outcome.confidence >= threshold]
    return LetThrough(threshold, len(kept) / len(outcomes), 1 - sum(kept) / len(kept))


def summary(figures: Sequence[ConfidenceFigures]) -> str:
    """A row a set: exact match with its interval, calibration, and what 80 % let through hold."""
    header = [
        *("confidence", "count", "exact", "95 % interval", "calibration error"),
        *("if perfect", "lets 80 % through", "wrong among them"),
    ]
    rows = [
        [
            one.title,
            str(one.count),
            percent(one.exact),
            span(one.interval),
            f"{one.error:.3f}",
            f"{one.error_if_perfect:.3f}",
            f"{one.at_80_percent.threshold:.3f} (keeps {percent(one.at_80_percent.kept)})",
            percent(one.at_80_percent.wrong),
        ]
        for one in figures
    ]
    return table(header, rows)


def span(interval: tuple[float, float]) -> str:
    """(0.851, 0.943) as 85.1-94.3 %."""
    return f"{interval[0] * 100:.1f}-{interval[1] * 100:.1f} %"


def level_table(figures: Sequence[ConfidenceFigures]) -> str:
    """A row a threshold: share kept and exact match among the kept, for each set."""
    header = ["threshold", *(f"{one.title}: kept, exact" for one in figures)]
    rows = [
        [f"{row[0].threshold:.2f}", *(_kept(level) for level in row)]
        for row in zip(*(one.levels for one in figures), strict=True)
    ]
    return table(header, rows)


def _kept(level: Level) -> str:
    exact = "-" if level.exact is None else percent(level.exact)
    return f"{percent(level.kept)}, {exact}"


def bin_table(figures: ConfidenceFigures) -> str:
    """A row a bin of the calibration error."""
    rows = [
        [str(one.count), f"{one.mean_confidence:.3f}", f"{one.share_right:.3f}"]
        for one in figures.bins
    ]
    return table([f"bins, {figures.title}: count", "mean confidence", "share right"], rows)
