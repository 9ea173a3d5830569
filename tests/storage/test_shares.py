from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.shares import Share, wilson


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share_and_lies_between_none_and_all(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0.0 <= low <= high <= 1.0
    share = Share(right, right + wrong).value
    assert share is None or low <= share <= high


def test_intervals_are_those_of_the_textbook() -> None:
    assert wilson(5, 5) == pytest.approx((0.5655, 1.0), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(14, 15) == pytest.approx((0.7018, 0.9881), abs=1e-4)
    few, many = wilson(80, 88), wilson(800, 880)
    assert many[1] - many[0] < 0.4 * (few[1] - few[0])


def test_a_share_is_told_with_its_count_and_interval() -> None:
    assert str(Share.of([True] * 14 + [False])) == "14 of 15, 93 % (70–99)"
    assert str(Share(0, 0)) == "-"
    assert Share(0, 0).value is None
    assert Share(1, 2) + Share(2, 3) == Share(3, 5)
