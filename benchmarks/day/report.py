"""What happened on a simulated day, and whether it went well."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.tables import table

MOST_GROWTH_MB = 48.0  # of the process in the day's second half
MOST_NEW_HANDLES = 8  # open files and connections in the same time


@dataclass(frozen=True, slots=True)
class Size:
    """How large the process is: resident memory, open files and connections, tasks of the loop."""

    memory_mb: float
    handles: int
    tasks: int


@dataclass
class Day:
    """What happened. `unanswered` and `lost` say what went wrong."""

    people: int = 0
    photos: int = 0
    typed: int = 0
    presses: int = 0
    watches: int = 0
    alerts: int = 0
    unanswered: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: dict[str, int] = field(default_factory=dict)
    quotas: dict[str, int] = field(default_factory=dict)
    refusals: int = 0
    answered_ms: list[float] = field(default_factory=list)
    sizes: dict[int, Size] = field(default_factory=dict)  # at the end of each hour
    took_s: float = 0.0

    @property
    def over_quota(self) -> list[str]:
        """Services that were called more often than their quota allows."""
        return [name for name, calls in self.calls.items() if calls > self.quotas[name]]

    @property
    def growth_mb(self) -> float:
        """How much larger the process is at midnight than at noon."""
        return self.sizes[23].memory_mb - self.sizes[11].memory_mb

    @property
    def new_handles(self) -> int:
        """How many more files and connections are open at midnight than at noon."""
        return self.sizes[23].handles - self.sizes[11].handles

    def verdicts(self) -> list[tuple[str, str, bool]]:
        """What is wanted, what was measured, and whether it is met."""
        kept = f"{len(self.calls) - len(self.over_quota)} of {len(self.calls)} quotas"
        told = f"{self.alerts:,} alerts for {self.watches:,} watches"
        grown = f"{self.growth_mb:+.0f} MB, {self.new_handles:+d} open files"
        small = self.growth_mb <= MOST_GROWTH_MB and self.new_handles <= MOST_NEW_HANDLES
        missed = len(self.unanswered)
        return [
            ("every photo, text and press answered", f"{missed} not answered", not missed),
            ("no row, photo or code lost", f"{len(self.lost)} lost", not self.lost),
            ("quotas kept", kept, not self.over_quota),
            ("services asked as they want it", f"{self.refusals} refusals", not self.refusals),
            ("one alert for each watch", told, self.alerts == self.watches),
            ("no growth from noon to midnight", grown, small),
        ]

    @property
    def well(self) -> bool:
        """Whether every verdict is good."""
        return all(met for _, _, met in self.verdicts())


def report(day: Day) -> str:
    """The day in tables, its verdicts last."""
    p95 = quantiles(day.answered_ms, n=20)[-1]
    happened = [
        ["people", f"{day.people:,}"],
        ["photos", f"{day.photos:,}"],
        ["codes typed, buttons pressed", f"{day.typed:,}, {day.presses:,}"],
        ["ms to the answer, median and p95", f"{median(day.answered_ms):.0f}, {p95:.0f}"],
        ["seconds in all", f"{day.took_s:.0f}"],
    ]
    sources = sorted({source for source, _ in day.states})
    states = sorted({state for _, state in day.states})
    shown = [[one, *(f"{day.states[one, state]:,}" for state in states)] for one in sources]
    calls = [[name, f"{made:,}", f"{day.quotas[name]:,}"] for name, made in day.calls.items()]
    verdicts = [
        [wanted, measured, "met" if met else "not met"] for wanted, measured, met in day.verdicts()
    ]
    tables = [
        table(["a day", ""], happened),
        table(["answers shown", *states], shown),
        table(["service", "calls", "quota"], calls),
        table(["wanted", "measured", "verdict"], verdicts),
    ]
    return "\n\n".join([*tables, *day.unanswered[:5], *day.lost[:5]])
