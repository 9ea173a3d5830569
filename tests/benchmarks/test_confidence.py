from __future__ import annotations

from dataclasses import astuple

import pytest

from benchmarks.pictures.confidence import (
    Bin,
    Level,
    Verdict,
    bin_table,
    equal_mass_bins,
    expected_error,
    lets_through,
    level_table,
    levels,
    measure,
    summary,
)


def _outcomes(*pairs: tuple[float, int]) -> list[Verdict]:
    return [Verdict(confidence, bool(right)) for confidence, right in pairs]


def test_the_error_of_two_bins_by_hand() -> None:
    found = equal_mass_bins(_outcomes((0.9, 1), (0.2, 0), (0.8, 1), (0.4, 1)), count=2)
    assert [astuple(part) for part in found] == [
        pytest.approx((2, 0.3, 0.5)),
        pytest.approx((2, 0.85, 1.0)),
    ]
    assert expected_error(found) == pytest.approx(0.5 * 0.2 + 0.5 * 0.15)


def test_bins_are_weighed_by_their_count() -> None:
    bins = (Bin(3, 0.5, 0.9), Bin(1, 0.5, 0.5))
    assert expected_error(bins) == pytest.approx(0.3)


def test_confidence_that_keeps_its_word_has_no_error() -> None:
    outcomes = _outcomes(*[(0.75, 1)] * 3, (0.75, 0), *[(1.0, 1)] * 4, *[(0.0, 0)] * 4)
    assert expected_error(equal_mass_bins(outcomes, count=3)) == pytest.approx(0.0)


def test_wrong_and_sure_is_an_error_of_one() -> None:
    assert expected_error(equal_mass_bins(_outcomes(*[(1.0, 0)] * 20))) == pytest.approx(1.0)


def test_equal_confidences_share_a_bin_in_any_order() -> None:
    outcomes = _outcomes(*[(0.0, 0)] * 5, *[(0.9, 1)] * 9, (0.9, 0))
    found = equal_mass_bins(outcomes, count=15)
    assert found == equal_mass_bins(outcomes[::-1], count=15)
    assert [part.count for part in found] == [5, 10]
    assert expected_error(found) == pytest.approx(0.0)


def test_no_more_bins_than_outcomes_and_none_lost() -> None:
    for count in (1, 2, 14, 15, 16, 88):
        outcomes = _outcomes(*[(number / count, number % 2) for number in range(count)])
        found = equal_mass_bins(outcomes)
        assert sum(part.count for part in found) == count
        assert len(found) == min(count, 15)


def test_levels_keep_what_is_at_least_as_sure() -> None:
    outcomes = _outcomes((0.0, 0), (0.5, 0), (0.5, 1), (0.9, 1))
    assert levels(outcomes, (0.0, 0.5, 0.6, 0.95)) == (
        Level(0.0, 1.0, 0.5),
        Level(0.5, 0.75, 2 / 3),
        Level(0.6, 0.25, 1.0),
        Level(0.95, 0.0, None),
    )


def test_the_threshold_that_lets_80_percent_through() -> None:
    outcomes = _outcomes(*[(number / 10, number != 5) for number in range(1, 11)])
    found = lets_through(outcomes, 0.8)
    assert (found.threshold, found.kept) == (0.3, 0.8)
    assert found.wrong == pytest.approx(1 / 8)


def test_equal_confidences_are_let_through_together() -> None:
    found = lets_through(_outcomes((0.9, 1), (0.4, 1), (0.4, 1), (0.4, 0)), 0.5)
    assert (found.threshold, found.kept, found.wrong) == (0.4, 1.0, 0.25)


def test_a_set_is_measured_whole_and_printed() -> None:
    outcomes = _outcomes(*[(0.95, 1)] * 19, (0.95, 0), *[(0.0, 0)] * 5)
    found = measure("real", outcomes)
    assert (found.count, found.exact) == (25, 0.76)
    assert found.error == pytest.approx(0.0)
    assert 0 < found.error_if_perfect < 0.1
    assert found.at_80_percent.threshold == 0.95
    assert "5.0 %" in summary([found])
    assert "80.0 %, 95.0 %" in level_table([found])
    assert "0.950" in bin_table(found)


def test_nothing_read_is_no_set() -> None:
    with pytest.raises(ValueError, match="real"):
        measure("real", [])
