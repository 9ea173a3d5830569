"""What a chart of prices shows: lines of prices by day, and how its axes are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

JOINED_WITHIN = timedelta(days=3)
"""Points further apart than this are not joined."""

CHART_WIDTH, CHART_HEIGHT = 1080, 810
"""Pixels."""

MOST_CHART_LINES = 6


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A name (`latin` where no font has its letters), and prices in won by day, oldest first."""

    name: str
    points: tuple[tuple[date, int], ...]
    latin: str = ""


@dataclass(frozen=True, slots=True)
class AxisTexts:
    """How dates (as strftime has it) and amounts ("{}" is the number) are written at the axes.

    `ten_thousands` is for whole thousands from ten thousand won on; "" where people do not count
    by these.
    """

    year: str = "%Y"
    month: str = "%b"
    day: str = "%b %d"
    amount: str = "₩{}"
    ten_thousands: str = ""

    def written(self, won: float) -> str:
        """An amount."""
        whole = round(won)
        if self.ten_thousands and whole >= 10_000 and whole % 1_000 == 0:
            return self.ten_thousands.format(f"{whole / 10_000:,g}")
        return self.amount.format(f"{whole:,}")


LATIN = AxisTexts()
"""What every font can write."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    `latin` is the title where no font has the letters of `title`, `lowest` the name of the line
    over all lines ("" for none).
    """

    title: str
    lines: tuple[PriceLine, ...]
    axes: AxisTexts = LATIN
    latin: str = ""
    lowest: str = ""


def segments(points: Sequence[tuple[date, int]]) -> Iterable[Sequence[tuple[date, int]]]:
    """The parts of a line that may be joined."""
    part: list[tuple[date, int]] = []
    for point in points:
        if part and point[0] - part[-1][0] > JOINED_WITHIN:
            yield part
            part = []
        part.append(point)
    if part:
        yield part


def lowest_of(lines: Iterable[PriceLine], name: str, latin: str = "") -> PriceLine:
    """The lowest price of each day over all lines."""
    days: dict[date, int] = {}
    for line in lines:
        for day, won in line.points:
            days[day] = min(won, days.get(day, won))
    return PriceLine(name, tuple(sorted(days.items())), latin)
