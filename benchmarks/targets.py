"""What crops and whole photos are to reach, beside what they reached in a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.figures import ALL, REAL, Figures
from benchmarks.pictures.comparison import BATCH, ReaderFigures, SetFigures
from benchmarks.pictures.confidence import ConfidenceFigures
from benchmarks.pictures.photos import speed_ratio
from benchmarks.pictures.readers import OURS
from benchmarks.pictures.scenes import SceneFigures
from benchmarks.rivals import RapidWhole
from benchmarks.serving import ServingFigures
from benchmarks.tables import percent, table

_NO_REAL = "no real crops (--real FOLDER)"
_NOT_BOTH = "needs real and drawn crops (--real FOLDER)"
_NO_BATCH = f"fewer than {BATCH} real crops (--real FOLDER)"
_NO_PHOTOS = "no drawn photos (--scenes 0)"
_NO_RAPID = "no RapidOCR beside us"
_NO_SERVING = "serving was not measured (--photos 0)"
_HAIR = 1e-9  # shares are sums of floats


@dataclass(frozen=True, slots=True)
class Unit:
    """How a figure, and how far it is from its target, are written."""

    figure: Callable[[float], str]
    distance: Callable[[float], str]


AS_SHARE = Unit(percent, lambda far: f"{far * 100:.1f} points")
MILLISECONDS = Unit(lambda ms: f"{ms:.1f} ms", lambda far: f"{far:.1f} ms")
ERROR = Unit(lambda error: f"{error:.3f}", lambda far: f"{far:.3f}")
TIMES = Unit(lambda times: f"{times:.1f} times", lambda far: f"{far:.1f}")
RATE = Unit(lambda rate: f"{rate:.1f} a second", lambda far: f"{far:.1f}")
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


CROP_TARGETS = (
    Target("exact match, real crops", True, 0.96, AS_SHARE, _real(lambda row: row.exact)),
    Target("right among the first 3, real", True, 0.98, AS_SHARE, _real(lambda row: row.first3)),
    Target("exact as printed, real", True, 0.93, AS_SHARE, _real(lambda row: row.as_printed)),
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
        *(False, 0.01, AS_SHARE, _trusted(ALL, lambda one: one.at_80_percent.wrong), _NOT_BOTH),
    ),
    Target(
        "wrong at the threshold that keeps 80 %, real",
        *(False, 0.01, AS_SHARE, _trusted(REAL, lambda one: one.at_80_percent.wrong)),
    ),
)


def _photos(figure: Callable[[SceneFigures], float | None]) -> Callable[[Figures], float | None]:
    return lambda figures: next((figure(one) for one in figures.photos), None)


def _real_photos(figures: Figures) -> float | None:
    return next((one.first for one in figures.real_photos if one.reader == OURS), None)


def _faster(figures: Figures) -> float | None:
    return speed_ratio(figures.photos_beside, RapidWhole.name)


def _served(figure: Callable[[ServingFigures], float | None]) -> Callable[[Figures], float | None]:
    return lambda figures: figure(figures.serving) if figures.serving else None


PHOTO_TARGETS = (
    Target(
        "drawn photos: first is right",
        *(True, 0.95, AS_SHARE, _photos(lambda one: one.first), _NO_PHOTOS),
    ),
    Target(
        "the same, letters >= 20 px high",
        *(True, 0.98, AS_SHARE, _photos(lambda one: one.first_large), _NO_PHOTOS),
    ),
    Target(
        "right among the first 3",
        *(True, 0.98, AS_SHARE, _photos(lambda one: one.first3), _NO_PHOTOS),
    ),
    Target(
        "photos without a code: none found",
        *(True, 0.97, AS_SHARE, _photos(lambda one: one.none_found), _NO_PHOTOS),
    ),
    Target("real crops as whole photos", True, 0.93, AS_SHARE, _real_photos),
    Target(
        "photo to candidates, p50",
        *(False, 130.0, MILLISECONDS, _photos(lambda one: one.ms_p50), _NO_PHOTOS),
    ),
    Target(
        "photo to candidates, p95",
        *(False, 250.0, MILLISECONDS, _photos(lambda one: one.ms_p95), _NO_PHOTOS),
    ),
    Target("faster than RapidOCR, p50", True, 3.5, TIMES, _faster, _NO_RAPID),
    Target(
        "throughput of one process, photos waiting",
        *(True, 10.0, RATE, _served(lambda one: one.waiting_per_second), _NO_SERVING),
    ),
    Target(
        "memory of the serving process",
        *(False, 350.0, MEGABYTES, _served(lambda one: one.peak_mb), _NO_SERVING),
    ),
)


def of_crops(figures: Figures) -> str:
    """A row a target of the reader of crops."""
    return _report(CROP_TARGETS, figures)


def of_photos(figures: Figures) -> str:
    """A row a target of whole photos and of serving."""
    return _report(PHOTO_TARGETS, figures)


def _report(targets: Sequence[Target], figures: Figures) -> str:
    rows = [target.row(figures) for target in targets]
    return table(["target", "wanted", "measured", "verdict"], rows)
