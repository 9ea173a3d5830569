"""Where the marks of small charts stand, for pages to draw as SVG with text in their own fonts.

Across, places are per cent of the width, so that a chart fills any page and its letters keep their
size; down, they are pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEFT_PERCENT = 13.0
"""For the axis' numbers: 41 px of the narrowest panel, wide enough for 10,000."""
PLOT_TOP, PLOT_BOTTOM = 24.0, 164.0  # px: the unit stands above, the times stand below
_MOST_TICKS = 4  # above 0: more lines say no more at this height
_MOST_LABELS = 5  # times that stand beside each other at 280 px
_WIDEST_PERCENT = 9.0  # of a column, so that one alone is no wall
_ROUNDING = 1e-9  # far below what can be seen, far above what floating point loses
_COLUMN_SHARE = 0.78  # of its place: columns stay apart


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a chart; `at` None: there is none. `low` and `high` are its interval."""

    name: str
    at: float | None
    told: str  # the value with its name, in words
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, or a time below it: where, and what stands there."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value: its column from `left` to `left + width`, up to `top`; its interval's ends."""

    left: float
    width: float
    top: float
    told: str
    high_top: float | None = None
    low_top: float | None = None

    @property
    def middle(self) -> float:
        """Where its dot stands."""
        return self.left + self.width / 2

    @property
    def height(self) -> float:
        """Of its column."""
        return PLOT_BOTTOM - self.top


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Values in their order; as dots where they have intervals, which need not begin at 0."""

    ticks: tuple[Tick, ...]
    times: tuple[Tick, ...]
    marks: tuple[PlacedValue, ...]
    dots: bool


def time_chart(
    values: Sequence[Value], written: Callable[[float], str], *, whole: bool = False
) -> TimeChart:
    """Where everything stands; `written` tells a number of the axis, `whole` allows no halves."""
    dots = any(value.high is not None for value in values)
    ends = [end for one in values for end in (one.at, one.low, one.high) if end is not None]
    most, least = max(ends, default=0.0), min(ends, default=0.0) if dots else 0.0
    step = _step(most - least, whole=whole)
    first = math.floor(least / step + _ROUNDING)
    last = max(first + 1, math.ceil(most / step - _ROUNDING))

    def down(number: float) -> float:
        above = (number / step - first) / (last - first)
        return round(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * above, 1)

    ticks = tuple(
        Tick(down(number * step), written(number * step)) for number in range(first, last + 1)
    )
    room = (100 - LEFT_PERCENT) / max(len(values), 1)
    width = min(room * _COLUMN_SHARE, _WIDEST_PERCENT)
    lefts = [LEFT_PERCENT + room * (place + 0.5) - width / 2 for place in range(len(values))]
    marks = tuple(
        PlacedValue(
            round(left, 3),
            round(width, 3),
            down(one.at),
            one.told,
            None if one.high is None else down(one.high),
            None if one.low is None else down(one.low),
        )
        for left, one in zip(lefts, values, strict=True)
        if one.at is not None
    )
    times = tuple(
        Tick(round(lefts[place] + width / 2, 3), values[place].name)
        for place in _labelled(len(values))
    )
    return TimeChart(ticks, times, marks, dots)


def _step(most: float, *, whole: bool) -> float:
    """1, 2 or 5 times a power of ten, so that few of them reach so far."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most / _MOST_TICKS))
    step = next(
        factor * power
        for factor in (1, 2, 5, 10)
        if factor * power * _MOST_TICKS >= most * (1 - _ROUNDING)
    )
    return max(step, 1.0) if whole else step


def _labelled(count: int) -> list[int]:
    """Which times are told: all of few, else some as far apart as can be, first and last included.

    Some in between are left out rather than told in uneven steps.
    """
    if count <= _MOST_LABELS:
        return list(range(count))
    every = math.ceil((count - 1) / (_MOST_LABELS - 1))
    return list(range(count - 1, -1, -every))[::-1]
