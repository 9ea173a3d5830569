from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from benchmarks.comparison import SetFigures, reader_figures
from benchmarks.confidence import Outcome, measure
from benchmarks.crops import CropResult, LabelledCrop
from benchmarks.figures import Figures


def test_all_figures_come_back_from_the_file(tmp_path: Path) -> None:
    crop = LabelledCrop("a", np.zeros((2, 4, 3), np.uint8), ("DD1391-100",))
    row = reader_figures("ours", "with rules", [CropResult(crop, ("DD1391-100",), 0.9, 5.0)], None)
    figures = Figures("a machine", "2026-01-31", 2, {"reader": "trba-v1"}, {"Other": "1.0"})
    figures.crops.append(SetFigures("real", 1, (row,), {"other": "not installed"}))
    figures.crop_confidence.append(measure("real", [Outcome(0.9, True), Outcome(0.0, False)]))
    path = tmp_path / "figures.json"
    figures.write(path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["models"] == {"reader": "trba-v1"}
    assert told["crops"][0]["readers"][0]["exact"] == 1.0
    assert told["crops"][0]["missing"] == {"other": "not installed"}
    assert told["crop_confidence"][0]["bins"][-1]["share_right"] == 1.0
    assert told["photo_confidence"] is None
    assert "a machine; 2 threads; 2026-01-31; trba-v1, Other 1.0" in figures.headline()
