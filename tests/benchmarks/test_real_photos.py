"""The bench of real photographs: the halves apart; what the other one misses is never named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.__main__ import main
from benchmarks.figures import Figures
from benchmarks.pictures import real_photos, surest
from benchmarks.pictures.confidence import Verdict
from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.real_photos import PhotoTimes, RealRow
from benchmarks.pictures.scenes import PhotoResult
from benchmarks.pictures.surest import HalfVerdict
from datasets.fonts.fonts import FontPool
from datasets.labelled import LabelledCrop
from datasets.real.measured import LabelledPhoto
from storage.shares import Share
from tests.fakes.photographs import CHOOSING, OTHER, SAMPLE, crop_folder, photo_folder

NO_DRAWN = ["--crops", "0", "--scenes", "0", "--photos", "0", "--threads", "1"]


def photo(name: str, kind: str, *truths: str, choosing: bool) -> LabelledPhoto:
    return LabelledPhoto(Path(name), kind, truths, "clear" if truths else "", choosing)


PHOTOS = (
    photo("1.jpg", "tag", OTHER, choosing=False),
    photo("2.jpg", "box", OTHER, choosing=False),
    photo("3.jpg", "box", CHOOSING, choosing=True),
    photo("4.jpg", "garment", CHOOSING, choosing=True),
    photo("5.jpg", "negative", choosing=False),
    photo("6.jpg", "negative", choosing=True),
)


def results(*codes: Sequence[str]) -> list[PhotoResult]:
    sent = real_photos.sent(PHOTOS)
    return [
        PhotoResult(photo, tuple(read), (), 100.0 * at, 0.5)
        for at, (photo, read) in enumerate(zip(sent, codes, strict=True), 1)
    ]


def test_each_measure_counts_its_photos_and_the_halves_apart() -> None:
    read = results([OTHER], ["A1", "A2", OTHER], [CHOOSING], [], ["A1"], [])
    rows = real_photos.photo_rows(PHOTOS, {"ours": read})
    assert rows == [
        RealRow(real_photos.SHOES, "ours", Share(1, 1), Share(1, 2)),
        RealRow(real_photos.IN_THREE, "ours", Share(1, 1), Share(2, 2)),
        RealRow(real_photos.GARMENTS, "ours", Share(0, 1), Share(0, 0)),
        RealRow(real_photos.NONE_FOUND, "ours", Share(1, 1), Share(0, 1)),
    ]
    assert real_photos.photo_rows(PHOTOS[:3], {"it": read[:3]})[-1].what == real_photos.IN_THREE


def test_crops_count_by_the_half_of_their_code() -> None:
    pixels = np.zeros((4, 9, 3), np.uint8)
    read = [
        CropResult(LabelledCrop("a", pixels, (code, code)), codes, 0.9, 1.0)
        for code, codes in ((OTHER, (OTHER,)), (CHOOSING, ()), (CHOOSING, (CHOOSING,)))
    ]
    (row,) = real_photos.crop_rows({"ours": read})
    assert (row.choosing, row.other) == (Share(1, 2), Share(1, 1))
    assert [one.verdict.right for one in surest.of_crops(read)] == [True, False, True]


def test_a_miss_of_the_other_half_is_counted_and_never_named() -> None:
    told = real_photos.misses(PHOTOS, results([], ["A1"], ["A2", "A3"], [CHOOSING], ["A1"], ["A4"]))
    assert told == ["3.jpg: CW2288-111 read as A2, A3", "6.jpg: no code read as A4"]


def test_the_table_names_a_measure_once_and_says_who_is_missing() -> None:
    read = results([OTHER], [OTHER], [], [], [], [])
    rows = real_photos.photo_rows(PHOTOS, {"ours": read, "the rival": read})
    told = real_photos.report(rows, {"Tesseract": "not installed"}).split("\n")
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in told]
    assert cells[0] == ["real photographs", "reader", "choosing half", "other half (95 % interval)"]
    assert cells[2] == [
        *(real_photos.SHOES, "ours", "0 of 1, 0 % (0–79)", "2 of 2, 100 % (34–100)")
    ]
    assert cells[3][:2] == ["", "the rival"]
    assert cells[-1][:2] == ["Tesseract", "not installed"]
    assert real_photos.report([], {}) == real_photos.times_report([]) == surest.report([]) == ""


def test_times_are_told_beside_ours() -> None:
    ours = PhotoTimes.of("ours", results([], [], [], [], [], []))
    assert (ours.count, ours.ms_p50, ours.ms_p95) == (6, 400.0, 600.0)
    told = real_photos.times_report([ours, PhotoTimes("the rival", 6, 1000.0, 900.0)])
    assert "2.50" in told
    assert "1.50" in told


def test_the_surest_are_of_what_was_shown_and_the_wrong_come_first_among_equals() -> None:
    read = results([OTHER], [], ["A1"], [CHOOSING], [], ["A4"])
    shown = surest.of_photos(PHOTOS, read)
    assert [one.verdict.right for one in shown] == [True, False, False, True, False]
    verdicts = [Verdict(0.9, True)] * 4 + [Verdict(0.8, True), Verdict(0.8, False)]
    assert surest.wrong_of(verdicts, 0.5) == Share(0, 3)
    assert surest.wrong_of(verdicts, 0.8) == Share(1, 5)
    assert surest.wrong_of([], 0.8) == Share(0, 0)
    points = surest.curve([HalfVerdict(False, one) for one in verdicts])
    assert [point.other.right for point in points] == [0, 0, 1, 1, 1, 1]
    assert surest.row(points) == RealRow(surest.SURELY_WRONG, "ours", Share(0, 0), Share(1, 5))
    assert "1 of 6, 17 %" in surest.report(points)


def test_turned_photos_are_files_of_their_own_and_keep_their_half(tmp_path: Path) -> None:
    upright = LabelledPhoto(SAMPLE, "tag", (OTHER,), "clear", False)
    picture = cv2.imread(str(SAMPLE))
    assert picture is not None
    found = {
        degrees: real_photos.turned([upright], degrees, tmp_path)[0]
        for degrees in real_photos.TURNS
    }
    assert len({photo.path for photo in found.values()}) == 3
    assert {photo.truths for photo in found.values()} == {(OTHER,)}
    for degrees, quarters in ((90, 1), (180, 2), (270, 3)):
        turned = cv2.imread(str(found[degrees].path))
        assert turned is not None
        assert turned.shape == np.rot90(picture, quarters).shape
        difference = turned.astype(int) - np.rot90(picture, quarters)
        assert float(np.abs(difference).mean()) < 3
    with pytest.raises(FileNotFoundError):
        real_photos.turned([photo("gone.jpg", "tag", OTHER, choosing=True)], 90, tmp_path)


def test_the_whole_part_on_small_folders(
    tmp_path: Path, pool: FontPool, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, crops = photo_folder(tmp_path / "photos", pool), crop_folder(tmp_path / "crops")
    places = ["--real", str(photos), "--real", str(crops), "--json", str(tmp_path / "all.json")]
    assert main([*places, *NO_DRAWN, "--no-rivals", "--verbose"]) == 0
    told = capsys.readouterr().out
    assert told.index("| real photographs") < told.index("| target")
    figures = Figures.read(tmp_path / "all.json").real
    assert figures is not None
    counts = {row.what: (row.choosing.count, row.other.count) for row in figures.rows}
    assert sum(counts[real_photos.SHOES]) == 3
    assert sum(counts[real_photos.turned_by(180).what]) == 3
    assert counts[real_photos.GARMENTS] == (1, 0)  # the doubtful one is left out
    assert counts[real_photos.NONE_FOUND] == (1, 1)
    assert counts[real_photos.CROPS_FIRST] == (1, 1)
    box = figures.row(real_photos.SHOES)
    assert box is not None
    assert box.choosing.right < box.choosing.count  # it shows another code than its list says
    assert "003.jpg: CW2288-111 read as DD1391-100" in told
    assert "001.jpg" not in told
    assert [one.reader for one in figures.times] == ["ours"]
    assert figures.serving is not None
    assert (figures.serving.count, figures.serving.different) == (6, 3)
    assert figures.rival_serving is None


def test_a_folder_of_something_else_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "labels.tsv").write_text("file\ttext\na.png\tA1\n", encoding="utf-8")
    for command in ([], ["ablation"]):
        assert main([*command, "--real", str(tmp_path)]) == 1
        assert "labels.tsv: the first line has to name" in capsys.readouterr().err
