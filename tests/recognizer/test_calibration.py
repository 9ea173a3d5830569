from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.calibration import Calibration, Scored
from recognizer.errors import ModelError
from stylecode import RankedCode

SHARES = st.floats(0, 1, allow_nan=False)


def entry(
    scores: list[float], shares: list[float], weights: tuple[float, ...] = (1, 0, 0, 0)
) -> dict[str, object]:
    return {"calibration": {"crop": {"scores": scores, "shares": shares, "weights": weights}}}


def scored(*scores: float, agreement: float = 1.0) -> Scored:
    codes = (RankedCode(f"AB{i}", score, 0, 0, 3) for i, score in enumerate(scores))
    return Scored(tuple(codes), agreement)


def test_without_a_map_scores_stay_as_they_are() -> None:
    assert Calibration.of({}, "crop").applied(scored(0.4))[0].confidence == pytest.approx(0.4)
    assert Calibration.of({}, "crop").applied(Scored(())) == ()


@pytest.mark.parametrize(
    "broken",
    [
        entry([0, 1], [0.5]),
        entry([0], [0]),
        entry([0, 1, 1], [0, 0.5, 1]),
        entry([0, 1], [1, 0]),
        entry([0, 1], [0, 1.5]),
        entry([0, 1], [0, 1], (1, 0)),
        {"calibration": {"crop": {"scores": [0, 1], "shares": [0, 1]}}},
        {"calibration": {"crop": {"scores": [0, "x"], "shares": [0, 1], "weights": [1, 0, 0, 0]}}},
    ],
)
def test_a_broken_map_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="calibration"):
        Calibration.of(broken, "crop")


@given(st.lists(SHARES, max_size=6))
def test_codes_keep_their_order_and_share_one_certainty(scores: list[float]) -> None:
    calibration = Calibration((0.0, 0.2, 1.0), (0.0, 0.7, 0.95))
    pictures = scored(*sorted(scores, reverse=True))
    found = calibration.applied(pictures)
    confidences = [code.confidence for code in found]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1 + 1e-9
    if found:
        assert confidences[0] == pytest.approx(calibration.probability(pictures.signs))


def test_a_rival_and_views_that_differ_make_a_reading_less_sure() -> None:
    weighing = Calibration(weights=(1.0, 0.5, 2.0, -2.0))
    alone = weighing.applied(scored(0.6))[0].confidence
    assert weighing.applied(scored(0.6, 0.5))[0].confidence < alone
    assert weighing.applied(scored(0.6, agreement=0.4))[0].confidence < alone
