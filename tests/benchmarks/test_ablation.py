"""What a pass is worth: pictures are read without it only where it was taken."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.__main__ import main
from benchmarks.pictures import left_out
from benchmarks.pictures.left_out import ALL_ON, NO_WITNESS, AblatedPicture, Ablation, LeftOut
from datasets.fonts.fonts import FontPool
from recognizer.pipeline import Pipeline
from storage.shares import Share
from tests.fakes.photographs import OTHER, SAMPLE, crop_folder, photo_folder


@pytest.fixture(scope="module")
def ablation() -> Ablation:
    return Ablation(Pipeline.load(threads=1))


def test_a_sure_photo_is_read_again_without_the_witness_alone(
    ablation: Ablation, tmp_path: Path
) -> None:
    """And a blank one without each pass that looked for a code on it."""
    blank = tmp_path / "blank.jpg"
    cv2.imwrite(str(blank), np.full((480, 640, 3), 200, np.uint8))
    pictures = [
        AblatedPicture(SAMPLE, "tags", (OTHER,)),
        AblatedPicture(blank, "no code", ()),
    ]
    rows = {row.name: row for row in ablation.of_photos(pictures)}
    assert rows[ALL_ON].right == {"tags": Share(1, 1), "no code": Share(1, 1)}
    assert rows[NO_WITNESS].again == 2
    assert rows["tiles"].again == 1
    assert rows["recut"].again == 0
    assert rows["recut"].ms == rows[ALL_ON].ms
    assert "first lines" not in rows


def test_a_pipeline_without_a_pass_leaves_it_out(ablation: Ablation) -> None:
    for name, pipeline in ablation.lesser.items():
        assert pipeline.photos.settings.left_out == {name}
        assert pipeline.recogniser is ablation.whole.recogniser
    assert set(ablation.lesser) == {one.name for one in ablation.whole.photos.plan[1:]}
    assert not ablation.blind.witness.ready


def test_gains_and_losses_are_told_beside_what_all_passes_reach() -> None:
    rows = [
        LeftOut(ALL_ON, 0, {"shoes": Share(14, 15), "no code": Share(24, 24)}, 200.0),
        LeftOut("tiles", 6, {"shoes": Share(11, 15), "no code": Share(24, 24)}, 150.0),
        LeftOut("recut", 2, {"shoes": Share(15, 15), "no code": Share(23, 24)}, 190.0),
    ]
    told = left_out.report(rows).split("\n")
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in told]
    assert cells[0][1:4] == ["read again", "shoes (15)", "no code (24)"]
    assert cells[2:] == [
        ["nothing", "all", "14", "24", "200", "100 %"],
        ["tiles", "6", "11 (-3)", "24", "150", "75 %"],
        ["recut", "2", "15 (+1)", "23 (-1)", "190", "95 %"],
    ]


def test_the_command_prints_real_and_drawn_pictures(
    tmp_path: Path, pool: FontPool, fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, crops = photo_folder(tmp_path / "photos", pool), crop_folder(tmp_path / "crops")
    real = ["--real", str(photos), "--real", str(crops)]
    told = ["ablation", *real, "--scenes", "3", "--threads", "1", "--fonts", str(fonts)]
    assert main(told) == 0
    of_photos, of_crops, of_drawn = capsys.readouterr().out.split("| right without")[1:]
    assert "shoes, other half (" in of_photos
    assert "no code, choosing half (1)" in of_photos
    assert "garments, choosing half (1)" in of_photos
    assert "crops, choosing half (1) | crops, other half (1)" in of_crops
    assert "tiles" not in of_crops
    assert "drawn (3) | drawn, no code (1)" in of_drawn
    for rows in (of_photos, of_crops, of_drawn):
        assert NO_WITNESS in rows
