from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import reports
from benchmarks.errors import FiguresUnreadable
from benchmarks.figures import Figures
from tests.fakes.figures import figures


def test_all_figures_come_back_from_the_file(tmp_path: Path) -> None:
    found, path = figures(), tmp_path / "figures.json"
    found.write(path)
    assert Figures.read(path) == found
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["models"] == {"finder": "craft-v1", "reader": "trba-v1"}
    assert told["crops"][0]["readers"][1]["exact"] == 0.955
    assert told["crops"][0]["missing"] == {"Tesseract": "not installed"}
    assert told["crop_confidence"][0]["bins"][-1]["share_right"] == 0.95
    found.rivals = {"Other": "1.0"}
    assert "a machine; 2 threads; 2026-01-31; craft-v1, trba-v1, Other 1.0" in found.headline()


@pytest.mark.parametrize("text", ["not json", "{}", '{"machine": 1, "date": "x"}', "[]"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "figures.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FiguresUnreadable, match=r"figures\.json"):
        Figures.read(path)
    with pytest.raises(FiguresUnreadable, match="nowhere"):
        Figures.read(tmp_path / "nowhere")


def test_reports_hold_all_that_was_measured_and_nothing_else() -> None:
    crops = reports.of_crops(figures())
    for told in (
        "real, other half, 88 crops",
        "drawn, unseen fonts, 88 crops",
        "the rival",
        "not installed",
    ):
        assert told in crops
    for told in ("calibration error", "bins, real and drawn", "threshold"):
        assert told in crops
    photos = reports.of_photos(figures())
    assert photos.startswith("| real photographs ")
    for told in ("13 of 15, 87 % (62–96)", "70 ", "4.00", "surest of the real", "| target"):
        assert told in photos
    for told in ("84.3 %", "71.3 %", "401 / 707", "serving, 100 photos", "| receipt", "3.6"):
        assert told in photos
    nothing = Figures("a machine", "2026-01-31", 2, {})
    assert reports.of_photos(nothing) == ""
    assert reports.of_crops(nothing) == ""
