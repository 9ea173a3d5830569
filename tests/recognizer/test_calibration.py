from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.calibration import Calibration
from recognizer.errors import ModelError
from stylecode import RankedCode

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
