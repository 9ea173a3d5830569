"""Figures of a run of the bench that nobody made."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.figures import ALL, DRAWN, REAL, Figures
from benchmarks.pictures.comparison import ReaderFigures, SetFigures
from benchmarks.pictures.confidence import Verdict, measure
from benchmarks.pictures.scenes import KindFigures, SceneFigures
from benchmarks.rivals import RapidWhole
from benchmarks.serving import ServingFigures

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
RAPID = replace(PHOTOS, reader=RapidWhole.name, first=0.713, ms_p50=1443.6)


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
    found.real_photos = [PHOTOS] if real else []
    found.photo_confidence = measure("photos", outcomes)
    found.serving = ServingFigures(
        *(100, 350.0, 420.0, 290.0, 291.0, 2.8),
        *(80, 60, 10.5, 351.0),
    )
    return found
