from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.calibration import Calibration
from recognizer.errors import ModelError
from stylecode import RankedCode
from training.calibrate import fit

SHARES = st.floats(0, 1, allow_nan=False)


def entry(scores: list[float], shares: list[float]) -> dict[str, object]:
    return {"calibration": {"crop": {"scores": scores, "shares": shares}}}


def codes(*scores: float) -> list[RankedCode]:
    return [RankedCode(f"AB{i}", score, 0, 0, 3) for i, score in enumerate(scores)]


def test_without_a_map_scores_stay_as_they_are() -> None:
    assert Calibration.of({}, "crop").probability(0.4) == pytest.approx(0.4)


@pytest.mark.parametrize(
    "broken",
    [
        entry([0, 1], [0.5]),
        entry([0], [0]),
        entry([0, 1, 1], [0, 0.5, 1]),
        entry([0, 1], [1, 0]),
        entry([0, 1], [0, 1.5]),
        {"calibration": {"crop": {"scores": [0, 1]}}},
        {"calibration": {"crop": {"scores": [0, "x"], "shares": [0, 1]}}},
    ],
)
def test_a_broken_map_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="calibration"):
        Calibration.of(broken, "crop")


@given(st.lists(SHARES, max_size=6))
def test_codes_keep_their_order_and_share_one_certainty(scores: list[float]) -> None:
    calibration = Calibration((0.0, 0.2, 1.0), (0.0, 0.7, 0.95))
    found = calibration.applied(codes(*sorted(scores, reverse=True)))
    confidences = [code.confidence for code in found]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1 + 1e-9
    if found:
        assert confidences[0] == pytest.approx(calibration.probability(max(scores)))


@given(st.integers(0, 1000))
def test_a_fitted_map_is_sound_and_tells_frequencies(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random(3000)
    right = rng.random(3000) < np.sqrt(scores)  # scores that are too modest
    calibration = fit(scores.tolist(), right.tolist())
    assert calibration.sound
    for score in (0.2, 0.5, 0.8):
        assert calibration.probability(score) == pytest.approx(np.sqrt(score), abs=0.15)


def test_certainty_is_never_claimed() -> None:
    calibration = fit([0.9] * 100, [True] * 100)
    assert calibration.probability(1.0) < 1


def test_too_few_readings_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        fit([0.5] * 30, [True] * 30)
