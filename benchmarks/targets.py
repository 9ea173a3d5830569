"""What the product is to reach, beside what it reached in a run.

Of real photographs it is the half that nothing was chosen on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.figures import Figures
from benchmarks.pictures import real_photos, surest
from benchmarks.pictures.readers import OURS
from benchmarks.pictures.real_photos import PhotoTimes
from benchmarks.pictures.scenes import SceneFigures
from benchmarks.rivals import RAPID_3
from benchmarks.tables import percent, table
from storage.shares import Share

_NO_REAL = "no such real photographs (--real FOLDER)"
_NO_RAPID = "no RapidOCR 3 beside us on real photos (--real FOLDER)"
_NO_DRAWN = "no drawn photos (--scenes 0)"
_NO_SERVING = "serving was not measured (--photos 0, no --real FOLDER)"
_HAIR = 1e-9  # shares are sums of floats


@dataclass(frozen=True, slots=True)
class Unit:
    """How a figure, and how far it is from its target, are written."""

    figure: Callable[[float], str]
    distance: Callable[[float], str]


AS_SHARE = Unit(percent, lambda far: f"{far * 100:.1f} points")
AS_POINTS = Unit(lambda gain: f"{gain * 100:.1f} points", lambda far: f"{far * 100:.1f} points")
TIMES = Unit(lambda times: f"{times:.1f} times", lambda far: f"{far:.1f}")
MEGABYTES = Unit(lambda size: f"{size:.0f} MB", lambda far: f"{far:.0f} MB")


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


Found = Callable[[Figures], float | None]


def _real(what: str) -> Found:
    """The other half's share: nothing was chosen on it."""

    def found(figures: Figures) -> float | None:
        row = figures.real.row(what) if figures.real else None
        return row.other.value if row else None

    return found


def _turned(figures: Figures) -> float | None:
    """How much more, of 1, is right of all the turned photos together than of the upright ones."""
    if figures.real is None:
        return None
    rows = [figures.real.row(real_photos.turned_by(degrees).what) for degrees in real_photos.TURNS]
    turned = sum((row.other for row in rows if row), Share(0, 0)).value
    upright = _real(real_photos.SHOES)(figures)
    return None if turned is None or upright is None else turned - upright


def _slower(quantile: Callable[[PhotoTimes], float]) -> Found:
    """How many times our time the newest RapidOCR took for the same photos."""

    def found(figures: Figures) -> float | None:
        times = {one.reader: quantile(one) for one in figures.real.times} if figures.real else {}
        both = {OURS, RAPID_3.name} <= set(times)
        return times[RAPID_3.name] / times[OURS] if both else None

    return found


def _more_a_second(figures: Figures) -> float | None:
    """How many times as many photos of those that wait."""
    ours = figures.real.serving if figures.real else None
    theirs = figures.real.rival_serving if figures.real else None
    if ours is None or theirs is None or ours.waiting_per_second is None:
        return None
    return ours.waiting_per_second / theirs.per_second


def _memory(figures: Figures) -> float | None:
    """The most that serving took, on real or drawn photos."""
    served = (figures.real.serving if figures.real else None, figures.serving)
    return max((one.peak_mb for one in served if one and one.peak_mb), default=None)


def _drawn(figure: Callable[[SceneFigures], float | None]) -> Found:
    return lambda figures: next((figure(one) for one in figures.photos), None)


ALL_TARGETS = (
    Target("real crops: first is right", True, 0.988, AS_SHARE, _real(real_photos.CROPS_FIRST)),
    Target("real shoe photos: first is right", True, 0.95, AS_SHARE, _real(real_photos.SHOES)),
    Target("real garments: first is right", True, 0.8, AS_SHARE, _real(real_photos.GARMENTS)),
    Target("real, without a code: none found", True, 0.98, AS_SHARE, _real(real_photos.NONE_FOUND)),
    Target("shoe photos turned, against upright", True, -0.03, AS_POINTS, _turned),
    Target(
        "surest 80 % of real pictures: wrong", False, 0.01, AS_SHARE, _real(surest.SURELY_WRONG)
    ),
    Target(
        "RapidOCR 3's time for a shoe photo, p50",
        *(True, 5.0, TIMES, _slower(lambda one: one.ms_p50), _NO_RAPID),
    ),
    Target(
        "RapidOCR 3's time for a shoe photo, p95",
        *(True, 1.0, TIMES, _slower(lambda one: one.ms_p95), _NO_RAPID),
    ),
    Target("photos a second beside RapidOCR 3", True, 4.0, TIMES, _more_a_second, _NO_RAPID),
    Target("memory of the serving process", False, 500.0, MEGABYTES, _memory, _NO_SERVING),
    Target(
        "drawn photos: first is right",
        *(True, 0.97, AS_SHARE, _drawn(lambda one: one.first), _NO_DRAWN),
    ),
    Target(
        "drawn photos without a code: none found",
        *(True, 0.97, AS_SHARE, _drawn(lambda one: one.none_found), _NO_DRAWN),
    ),
)


def report(figures: Figures) -> str:
    """A row a target; of real photographs, what the other half reached."""
    rows = [target.row(figures) for target in ALL_TARGETS]
    return table(["target", "wanted", "measured", "verdict"], rows)
