"""Where the marks of a page's charts stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.bars import LEFT_PERCENT, PLOT_BOTTOM, PLOT_TOP, TimeChart, Value, time_chart


def counts(*numbers: float | None) -> TimeChart:
    values = [Value(f"{at}", number, f"{at}: {number}") for at, number in enumerate(numbers)]
    return time_chart(values, lambda number: f"{number:g}", whole=True)


def shares(*ends: tuple[float, float, float]) -> TimeChart:
    values = [Value("", at, "", low, high) for low, at, high in ends]
    return time_chart(values, lambda share: f"{share * 100:g}")


def axis(chart: TimeChart) -> list[str]:
    return [tick.text for tick in chart.ticks]


@pytest.mark.parametrize(
    ("most", "texts"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (102, ["0", "50", "100", "150"]),
        (4000, ["0", "1000", "2000", "3000", "4000"]),
    ],
)
def test_a_counts_axis_begins_at_nought_and_has_few_round_numbers(
    most: int, texts: list[str]
) -> None:
    assert axis(counts(0, most)) == texts


def test_columns_stand_on_the_ground_as_high_as_they_are_worth() -> None:
    chart = counts(0, 2, None, 4)
    assert [mark.top for mark in chart.marks] == [164, 94, 24]
    assert [mark.height for mark in chart.marks] == [0, 70, 140]
    assert [mark.told for mark in chart.marks] == ["0: 0", "1: 2", "3: 4"]
    assert not chart.dots


def test_dots_show_their_interval_on_an_axis_of_their_own() -> None:
    chart = shares((0.83, 0.9, 0.94), (0.88, 0.95, 0.99))
    assert axis(chart) == ["80", "85", "90", "95", "100"]
    assert chart.dots
    first = chart.marks[0]
    assert first.high_top is not None
    assert first.low_top is not None
    assert PLOT_TOP < first.high_top < first.top < first.low_top < PLOT_BOTTOM


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=40))
def test_everything_stays_on_the_plot(ends: list[tuple[float, float, float]]) -> None:
    chart = shares(*(tuple(sorted(one)) for one in ends))  # type: ignore[arg-type]
    assert 2 <= len(chart.ticks) <= 7
    assert (chart.ticks[0].place, chart.ticks[-1].place) == (PLOT_BOTTOM, PLOT_TOP)
    for mark in chart.marks:
        assert mark.left >= LEFT_PERCENT
        assert mark.left + mark.width <= 100.001
        for place in (mark.top, mark.high_top, mark.low_top):
            assert place is not None
            assert PLOT_TOP <= place <= PLOT_BOTTOM


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, []), (1, [0]), (5, [0, 1, 2, 3, 4]), (7, [0, 2, 4, 6]), (90, [20, 43, 66, 89])],
)
def test_the_newest_time_is_told_and_others_at_even_distances(count: int, told: list[int]) -> None:
    assert [tick.text for tick in counts(*[1] * count).times] == [str(place) for place in told]
