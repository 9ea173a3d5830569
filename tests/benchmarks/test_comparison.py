from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.errors import ReaderFailed
from benchmarks.pictures.comparison import Comparison, edit_distance, reader_figures, report
from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.readers import OURS, FiledCrop, RivalReader, file_crops, ranked_lines
from benchmarks.rivals import Answer, TextLine
from datasets.labelled import LabelledCrop, labelled_crops, without_label


def _crop(name: str, *truths: str) -> LabelledCrop:
    pixels = np.zeros((4, 9, 3), np.uint8)
    pixels[..., 0] = 255  # red, to see that files keep the order of colours
    return LabelledCrop(name, pixels, truths)


class FakeRival:
    """Reads the same line on every crop; dies after some."""

    name = "fake"

    def __init__(self, text: str, dies_after: int = 1000) -> None:
        self.text, self.left = text, dies_after
        self.batches: list[int] = []

    def read_crop(self, path: Path) -> Answer:
        self.left -= 1
        if self.left < 0:
            raise ReaderFailed("out of breath")
        return Answer((TextLine(self.text, 0.9),), 5.0)

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        self.batches.append(len(paths))
        return 20.0

    def read_photo(self, path: Path) -> Answer | None:
        return None


def test_a_rivals_text_counts_as_read_and_with_our_rules(tmp_path: Path) -> None:
    filed = file_crops([_crop("a", "DD1391-100")], tmp_path)
    result = RivalReader(FakeRival("STYLE: DDI391 100")).read(filed[0])
    assert result.codes == ("DD1391-100",)
    assert result.right_within(1)
    assert not result.as_printed  # the rival saw no dash
    assert result.as_read.codes == ("STYLE: DDI391 100",)
    assert not result.as_read.right_within(1)
    assert edit_distance(result) == 0
    assert edit_distance(result.as_read) == pytest.approx(6 / 14)


def test_lines_without_a_code_rank_to_nothing() -> None:
    assert ranked_lines([], crop=True) == ()
    assert ranked_lines([TextLine("", 0.0)], crop=True) == ()


def test_reading_nothing_is_wrong_and_as_far_off_as_can_be() -> None:
    nothing = CropResult(_crop("a", "DD1391-100"), (), 0.0, 1.0)
    figures = reader_figures("fake", "as read", [nothing, nothing.as_read], None)
    assert (figures.exact, figures.as_printed, figures.edit_distance) == (0.0, 0.0, 1.0)
    assert figures.batch_ms is None


def test_as_printed_keeps_case_and_punctuation_but_no_spaces() -> None:
    crop = _crop("a", "dd1391 - 100")
    for printed, right in (("dd1391-100", True), ("DD1391-100", False), ("dd1391 100", False)):
        result = CropResult(crop, ("DD1391-100",), 0.5, 1.0, printed, printed)
        assert result.right_within(1)
        assert result.as_printed == result.as_read.as_printed == right


def test_the_nearest_truth_counts() -> None:
    result = CropResult(_crop("a", "CP9448", "ART CP9448"), ("ART CP9449",), 0.5, 1.0)
    assert edit_distance(result) == pytest.approx(1 / 9)


def test_only_ours_have_a_right_among_the_first_three() -> None:
    result = CropResult(_crop("a", "D-3"), ("D-1", "D-2", "D-3"), 0.5, 1.0, "D1")
    ours = reader_figures(OURS, "with rules", [result], 30.0)
    assert (ours.exact, ours.first3, ours.batch_ms) == (0.0, 1.0, 30.0)
    assert reader_figures(OURS, "as read", [result.as_read], 30.0).first3 is None
    assert reader_figures("fake", "with rules", [result], 30.0).first3 is None


def test_files_hold_the_same_pixels(tmp_path: Path) -> None:
    filed = file_crops([_crop("a", "x")], tmp_path)
    blue_first = cv2.imread(str(filed[0].path))
    assert blue_first is not None
    assert blue_first[0, 0].tolist() == [0, 0, 255]


def test_every_reader_reads_every_crop_and_only_whole_batches_are_timed(tmp_path: Path) -> None:
    filed = file_crops([_crop(str(i), "DD1391-100") for i in range(19)], tmp_path)
    rival = FakeRival("DD1391-100")
    compared = Comparison([RivalReader(rival)], {"other": "not installed"})
    compared.run(filed)
    figures = compared.figures("drawn")
    assert [result.crop.name for result in compared.results["fake"]] == [str(i) for i in range(19)]
    assert rival.batches == [8, 8, 8]  # the first to warm up
    assert [(one.counted, one.exact) for one in figures.readers] == [
        ("as read", 1.0),
        ("with rules", 1.0),
    ]
    told = report(figures)
    assert "drawn, 19 crops" in told
    assert "not installed" in told


def test_who_fails_on_the_way_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    filed: list[FiledCrop] = file_crops([_crop(str(i), "DD1391-100") for i in range(16)], tmp_path)
    good, bad = FakeRival("DD1391-100"), FakeRival("DD1391-100", dies_after=10)
    bad.name = "breathless"
    compared = Comparison([RivalReader(bad), RivalReader(good)], {})
    compared.run(filed)
    figures = compared.figures("drawn")
    assert figures.missing == {"breathless": "failed: out of breath"}
    assert {one.reader for one in figures.readers} == {"fake"}
    assert figures.count == 16


def test_a_label_in_front_may_be_left_out() -> None:
    assert without_label("STYLE NO. DD1391-100") == "DD1391-100"
    assert without_label("MTL#VN0A2XSZW00") == "VN0A2XSZW00"
    assert without_label(": 3FA12988A") == "3FA12988A"
    for whole in ("SN59876", "ARTX7 3", "DD1391 100", "1098X100.707", "NO7", "STYLE"):
        assert without_label(whole) == whole


def test_either_column_of_the_labels_will_do(tmp_path: Path) -> None:
    crop = file_crops([_crop("a", "x")], tmp_path)[0]
    (tmp_path / "labels.tsv").write_text(f"file\tcode\n{crop.path.name}\tDD1391-100\n")
    found = labelled_crops(tmp_path)
    assert [one.truths for one in found] == [("DD1391-100",)]
    assert found[0].pixels[0, 0].tolist() == [255, 0, 0]
    (tmp_path / "labels.tsv").write_text("file\tcode\ngone.png\tDD1391-100\n")
    with pytest.raises(FileNotFoundError, match=r"gone\.png"):
        labelled_crops(tmp_path)
