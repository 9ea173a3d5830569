"""From the scores of a reading to the probability that it is right.

The scores of `stylecode.ranking.rank`, and the means that close reading makes of them, order
readings well but are not frequencies. A logistic model weighs the first code's score, how far it is
ahead of the second, and how many views agree on it (Platt, "Probabilistic Outputs for Support
Vector Machines", 1999); a non-decreasing map makes frequencies of that (Zadrozny and Elkan,
"Transforming Classifier Scores into Accurate Multiclass Probability Estimates", 2002). Both are
fitted on drawn pictures that neither training nor the benchmarks see (`python -m training
calibrate`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recognizer.errors import ModelError
from stylecode import RankedCode

_FLOOR = 1e-3  # scores are not told apart below


@dataclass(frozen=True, slots=True)
class Scored:
    """Codes of one picture with their scores, best first.

    `agreement` is the share of the views of it, 0..1, that find the first the likeliest.
    """

    codes: tuple[RankedCode, ...]
    agreement: float = 1.0

    @property
    def signs(self) -> tuple[float, ...]:
        """What tells whether the first code is right; empty where there is none.

        The log-odds of its score, the nats by which it is ahead of the second, and the agreement.
        """
        if not self.codes:
            return ()
        score = min(max(self.codes[0].confidence, _FLOOR), 1 - _FLOOR)
        second = max(self.codes[1].confidence if len(self.codes) > 1 else 0.0, _FLOOR)
        ahead = max(0.0, math.log(score / second))
        return math.log(score / (1 - score)), ahead, self.agreement


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the signs of a right reading, and a piecewise linear map of their evidence.

    `weights` belong to the three signs of `Scored`, the fourth is the constant. The map has
    `scores` ascending in 0..1 and `shares` of right readings, non-decreasing.
    """

    scores: tuple[float, ...] = (0.0, 1.0)
    shares: tuple[float, ...] = (0.0, 1.0)
    weights: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)

    @classmethod
    def of(cls, manifest: Mapping[str, Any], kind: str) -> Calibration:
        """The map of `crop` or `photo` in a manifest; the identity where there is none.

        Raises ModelError where it is broken.
        """
        entry = manifest.get("calibration", {}).get(kind)
        if entry is None:
            return cls()
        try:
            parts = (entry["scores"], entry["shares"], entry["weights"])
            found = cls(*(tuple(map(float, part)) for part in parts))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"manifest.json: calibration of {kind}: {error!r}") from error
        if not found.sound:
            raise ModelError(f"manifest.json: calibration of {kind} does not rise from 0 to 1")
        return found

    @property
    def sound(self) -> bool:
        """Whether the map goes from 0..1 into 0..1 and never falls, and no weight is missing."""
        rising = bool(np.all(np.diff(self.scores) > 0) and np.all(np.diff(self.shares) >= 0))
        both = len(self.scores) == len(self.shares) >= 2 and len(self.weights) == 4
        return both and rising and self.shares[0] >= 0 and self.shares[-1] <= 1

    def evidence(self, signs: Sequence[float]) -> float:
        """The logistic model's answer in 0..1."""
        *weights, constant = self.weights
        total = constant + sum(w * sign for w, sign in zip(weights, signs, strict=True))
        return 1 / (1 + math.exp(-total))

    def probability(self, signs: Sequence[float]) -> float:
        """The share of right readings among those with such signs."""
        return float(np.interp(self.evidence(signs), self.scores, self.shares))

    def applied(self, scored: Scored) -> tuple[RankedCode, ...]:
        """Codes of one picture, best first, with probabilities for scores.

        They stay in order, and at most one is right: the others share what the first leaves, by
        their scores.
        """
        if not scored.codes:
            return ()
        first = self.probability(scored.signs)
        whole = sum(code.confidence for code in scored.codes)
        others = [(1 - first) * code.confidence / max(whole, _FLOOR) for code in scored.codes[1:]]
        shares = [first, *(min(first, other) for other in others)]
        return tuple(
            replace(code, confidence=share)
            for code, share in zip(scored.codes, shares, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The calibrations of what is read on photos and on pictures of one code."""

    photos: Calibration = Calibration()
    crops: Calibration = Calibration()

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> Calibrated:
        """Those in a manifest; raises ModelError where one is broken."""
        return cls(Calibration.of(manifest, "photo"), Calibration.of(manifest, "crop"))


UNCALIBRATED = Calibrated()
