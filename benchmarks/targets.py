"""What the reader of crops is to reach, beside what it reached in a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.comparison import BATCH, ReaderFigures, SetFigures
from benchmarks.confidence import ConfidenceFigures
from benchmarks.figures import ALL, REAL, Figures
from benchmarks.readers import OURS
from benchmarks.tables import percent, table

_NO_REAL = "no real crops (--real FOLDER)"
_NOT_BOTH = "needs real and drawn crops (--real FOLDER)"
_NO_BATCH = f"fewer than {BATCH} real crops (--real FOLDER)"
_HAIR = 1e-9  # shares are sums of floats


@dataclass(frozen=True, slots=True)
class Unit:
    """How a figure, and how far it is from its target, are written."""

    figure: Callable[[float], str]
    distance: Callable[[float], str]


SHARE = Unit(percent, lambda far: f"{far * 100:.1f} points")
MILLISECONDS = Unit(lambda ms: f"{ms:.1f} ms", lambda far: f"{far:.1f} ms")
ERROR = Unit(lambda error: f"{error:.3f}", lambda far: f"{far:.3f}")


@dataclass(frozen=True, slots=True)
class Target:
    """One figure's target: at least `limit`, or at most that; `absent` is said without a figure."""

    what: str
    at_least: bool
    limit: float
    unit: Unit
    found: Callable[[Figures], float | None]
    absent: str = _NO_REAL

    def row(self, figures: Figures) -> list[str]:
        """What is wanted, what was measured, and whether that will do."""
        wanted = f"{'>=' if self.at_least else '<='} {self.unit.figure(self.limit)}"
        measured = self.found(figures)
        if measured is None:
            return [self.what, wanted, "-", f"not measured: {self.absent}"]
        return [self.what, wanted, self.unit.figure(measured), self.verdict(measured)]

    def verdict(self, measured: float) -> str:
        """Met or not met, and by how much."""
        ahead = measured - self.limit if self.at_least else self.limit - measured
        word = "met" if ahead >= -_HAIR else "not met"
        return f"{word}, by {self.unit.distance(abs(ahead))}"


def _set(figures: Figures, title: str) -> SetFigures | None:
    return next((one for one in figures.crops if one.title == title), None)


def _ours(found: SetFigures | None) -> ReaderFigures | None:
    """The row of our reader with its rules, which is what `--crop` answers."""
    rows = found.readers if found else ()
    return next((r for r in rows if (r.reader, r.counted) == (OURS, "with rules")), None)


def _real(figure: Callable[[ReaderFigures], float | None]) -> Callable[[Figures], float | None]:
    def found(figures: Figures) -> float | None:
        row = _ours(_set(figures, REAL))
        return figure(row) if row else None

    return found


def _trusted(
    title: str, figure: Callable[[ConfidenceFigures], float]
) -> Callable[[Figures], float | None]:
    def found(figures: Figures) -> float | None:
        return next((figure(o) for o in figures.crop_confidence if o.title == title), None)

    return found


TARGETS = (
    Target("exact match, real crops", True, 0.96, SHARE, _real(lambda row: row.exact)),
    Target("right among the first 3, real", True, 0.98, SHARE, _real(lambda row: row.first3)),
    Target("exact as printed, real", True, 0.93, SHARE, _real(lambda row: row.as_printed)),
    Target("one crop, p50, real", False, 7.0, MILLISECONDS, _real(lambda row: row.ms_p50)),
    Target(
        f"a batch of {BATCH}, p50, real",
        *(False, 30.0, MILLISECONDS, _real(lambda row: row.batch_ms), _NO_BATCH),
    ),
    Target(
        "calibration error, drawn and real",
        *(False, 0.03, ERROR, _trusted(ALL, lambda one: one.error), _NOT_BOTH),
    ),
    Target(
        "wrong at the threshold that keeps 80 %, drawn and real",
        *(False, 0.01, SHARE, _trusted(ALL, lambda one: one.at_80_percent.wrong), _NOT_BOTH),
    ),
    Target(
        "wrong at the threshold that keeps 80 %, real",
        *(False, 0.01, SHARE, _trusted(REAL, lambda one: one.at_80_percent.wrong)),
    ),
)


def report(figures: Figures) -> str:
    """A row a target."""
    return table(["target", "wanted", "measured", "verdict"], [one.row(figures) for one in TARGETS])
