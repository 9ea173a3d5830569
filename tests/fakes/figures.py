"""Figures of a run of the bench that nobody made."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.figures import ALL, DRAWN, REAL, Figures, RealFigures
from benchmarks.pictures import real_photos, surest
from benchmarks.pictures.comparison import ReaderFigures, SetFigures
from benchmarks.pictures.confidence import Verdict, measure
from benchmarks.pictures.real_photos import PhotoTimes, RealRow
from benchmarks.pictures.scenes import KindFigures, SceneFigures
from benchmarks.rivals import RAPID_3
from benchmarks.serving import RivalServing, ServingFigures
from storage.shares import Share

OURS = ReaderFigures(
    reader="ours",
    counted="with rules",
    exact=0.955,
    interval=(0.9, 0.99),
    first3=0.98,
    as_printed=0.94,
    edit_distance=0.01,
    ms_p50=6.5,
    ms_p95=41.0,
    batch_ms=31.5,
)
RIVAL = replace(OURS, reader="the rival", exact=0.875, first3=None)
PHOTOS = SceneFigures(
    *("ours", 6, 2, 0.843, 0.9, 0.95, 0.5, 401.0, 707.0),
    *(5, 0.985, (KindFigures("receipt", 2, 0.5),)),
)
RAPID = replace(PHOTOS, reader=RAPID_3.name, first=0.713, ms_p50=1443.6)
SERVED = ServingFigures(70, 250.0, 600.0, 330.0, 331.0, 4.0, 35, 35, 5.0, 390.0)
TURNED = (12, 12, 13)  # of 15, by 90, 180 and 270 degrees


def real_figures() -> RealFigures:
    """Of 35 shoe photos, 4 garments, 47 without a code and 88 crops."""
    told = (
        (real_photos.SHOES, "ours", Share(19, 20), Share(13, 15)),
        (real_photos.SHOES, RAPID_3.name, Share(14, 20), Share(12, 15)),
        (real_photos.GARMENTS, "ours", Share(1, 1), Share(2, 4)),
        (real_photos.NONE_FOUND, "ours", Share(23, 23), Share(24, 24)),
        (real_photos.CROPS_FIRST, "ours", Share(47, 47), Share(40, 41)),
    )
    rows = [RealRow(*row) for row in told]
    for degrees, right in zip(real_photos.TURNS, TURNED, strict=True):
        what = real_photos.turned_by(degrees).what
        rows.append(RealRow(what, "ours", Share(18, 20), Share(right, 15)))
    verdicts = [Verdict(0.99, True)] * 9 + [Verdict(0.5, False)]
    shown = [surest.HalfVerdict(half, one) for half in (True, False) for one in verdicts]
    curve = surest.curve(shown)
    times = [PhotoTimes("ours", 70, 250.0, 900.0), PhotoTimes(RAPID_3.name, 70, 1000.0, 990.0)]
    beside = RivalServing(RAPID_3.name, 35, 1.25, 612.0)
    missing = {"Tesseract": "not installed"}
    return RealFigures([*rows, surest.row(curve)], curve, times, SERVED, beside, missing)


def figures(real: bool = True, reader: str = "trba-v1", ours: ReaderFigures = OURS) -> Figures:
    """Figures of drawn crops and photos, and of real crops where wanted."""
    found = Figures("a machine", "2026-01-31", 2, {"finder": "craft-v1", "reader": reader})
    rows = (replace(ours, counted="as read"), ours, RIVAL)
    missing = {"Tesseract": "not installed"}
    titles = [REAL, DRAWN] if real else [DRAWN]
    found.crops = [SetFigures(title, 88, rows, missing) for title in titles]
    outcomes = [Verdict(0.95, True)] * 19 + [Verdict(0.95, False), Verdict(0.1, False)]
    sets = [*titles, ALL] if real else titles
    found.crop_confidence = [measure(title, outcomes) for title in sets]
    found.photos = [PHOTOS]
    found.photos_beside = [PHOTOS, RAPID]
    found.photos_missing = missing
    found.real = real_figures() if real else None
    found.photo_confidence = measure("photos", outcomes)
    found.serving = ServingFigures(
        *(100, 350.0, 420.0, 290.0, 291.0, 2.8),
        *(80, 60, 10.5, 351.0),
    )
    return found
