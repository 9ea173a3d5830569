"""From the score of a reading to the probability that it is right.

The scores of `stylecode.rank`, and the means that close reading makes of them, order readings well
but are not frequencies. A non-decreasing map, fitted on drawn pictures that neither training nor
the benchmarks see (`python -m training calibrate`), makes them so.

Source: Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability
Estimates" (2002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recognizer.errors import ModelError
from stylecode import RankedCode


@dataclass(frozen=True, slots=True)
class Calibration:
    """A piecewise linear map: `scores` ascending, `shares` (of right readings) non-decreasing."""

    scores: tuple[float, ...] = (0.0, 1.0)
    shares: tuple[float, ...] = (0.0, 1.0)

    @classmethod
    def of(cls, manifest: Mapping[str, Any], kind: str) -> Calibration:
        """The map of `crop` or `photo` in a manifest; the identity where there is none.

        Raises ModelError where it is broken.
        """
        entry = manifest.get("calibration", {}).get(kind)
        if entry is None:
            return cls()
        try:
            found = cls(tuple(map(float, entry["scores"])), tuple(map(float, entry["shares"])))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"manifest.json: calibration of {kind}: {error!r}") from error
        if not found.sound:
            raise ModelError(f"manifest.json: calibration of {kind} does not rise from 0 to 1")
        return found

    @property
    def sound(self) -> bool:
        """Whether it is a map from 0..1 into 0..1 that never falls."""
        rising = bool(np.all(np.diff(self.scores) > 0) and np.all(np.diff(self.shares) >= 0))
        both = len(self.scores) == len(self.shares) >= 2
        return both and rising and self.shares[0] >= 0 and self.shares[-1] <= 1

    def probability(self, score: float) -> float:
        """The share of right readings among those of this score."""
        return float(np.interp(score, self.scores, self.shares))

    def applied(self, codes: Sequence[RankedCode]) -> tuple[RankedCode, ...]:
        """Codes of one picture, best first, with probabilities for scores.

        They stay in order, and at most one is right: the others share what the first leaves.
        """
        left, most = 1.0, 1.0
        calibrated: list[RankedCode] = []
        for code in codes:
            most = min(most, left, self.probability(code.confidence))
            left -= most
            calibrated.append(replace(code, confidence=most))
        return tuple(calibrated)
