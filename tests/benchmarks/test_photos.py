"""The bench of whole photos: what counts as right, readers side by side, the serving process."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import serving
from benchmarks.errors import ReaderFailed
from benchmarks.pictures import photos, scenes
from benchmarks.pictures.photos import (
    OurPhotos,
    RivalPhotos,
    compare_photos,
    photo_readers,
    read_photos,
)
from benchmarks.pictures.scenes import KindFigures, PhotoResult, SentPhoto, scene_figures
from benchmarks.rivals import RAPID_1, RAPID_3
from benchmarks.rivals.types import Answer, TextLine
from benchmarks.serving import RivalServing, ServingFigures
from datasets.fonts.fonts import FontPool
from recognizer.pipeline import Pipeline

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
TAG = SentPhoto("tag", SAMPLE, ("DD1391-100", "DD1391 100"), 30.0)
SMALL, BARE = replace(TAG, letter_px=14.0), SentPhoto("none", SAMPLE, (), 30.0, "receipt")


class Rival:
    """Reads one line on every photo, until it dies."""

    def __init__(self, name: str, text: str, dies_after: int = 99) -> None:
        self.name, self._text, self._left = name, text, dies_after

    def read_crop(self, path: Path) -> Answer:
        return self.read_photo(path)

    def batch_ms(self, paths: object) -> float | None:
        return None

    def read_photo(self, path: Path) -> Answer:
        self._left -= 1
        if self._left < 0:
            raise ReaderFailed("it died")
        return Answer((TextLine(self._text, 0.99, 100, 100, 30),), 300.0)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(threads=1)


def test_figures_tell_large_letters_and_kinds_without_a_code_apart() -> None:
    wrong = ("CW2288-111", "CW2288-112", "CW2288-113")
    found = scene_figures(
        "it",
        [
            PhotoResult(TAG, ("DD1391 100",), ("STYLE DD1391 100",), 100.0),
            PhotoResult(TAG, (*wrong[:2], "DD1391-100"), (), 200.0),
            PhotoResult(SMALL, (*wrong, "DD1391-100"), ("dd1391-100",), 300.0),
            PhotoResult(BARE, (), (), 400.0),
            PhotoResult(BARE, wrong[:1], (), 500.0),
            PhotoResult(replace(BARE, kind="thing"), (), (), 600.0),
        ],
    )
    assert (found.coded, found.large, found.bare) == (3, 2, 3)
    assert found.first == pytest.approx(1 / 3)
    assert found.first_large == 1 / 2
    assert found.first3 == found.in_a_line == pytest.approx(2 / 3)
    assert found.bare_kinds == (KindFigures("receipt", 2, 0.5), KindFigures("thing", 1, 1.0))
    assert found.none_found == pytest.approx(2 / 3)
    assert scene_figures("it", [PhotoResult(BARE, (), (), 1.0)]).first is None
    assert "| receipt" in scenes.report(found)


def test_readers_take_turns_and_one_that_dies_has_no_figures(pipeline: Pipeline) -> None:
    unasked = [Rival(release.alone, "", 0) for release in (RAPID_1, RAPID_3)]
    rivals = [Rival("good", "DD1391-100"), Rival("bad", "", 2), *unasked]
    readers = photo_readers(pipeline, rivals)
    assert [reader.name for reader in readers] == ["ours", "good", "bad"]
    found, failed = compare_photos(readers, [TAG, BARE])
    assert [one.reader for one in found] == ["ours", "good"]
    assert failed == {"bad": "failed: it died"}
    ours, good = found
    assert (ours.first, good.first, good.none_found) == (1.0, 1.0, 0.0)
    assert photos.speed_ratio(found, "good") == good.ms_p50 / ours.ms_p50
    assert 300.0 <= good.ms_p50 < 400.0  # with our rules for its lines
    assert photos.speed_ratio(found, "bad") is None
    told = photos.report("drawn photos", found, failed)
    assert "drawn photos, 1 with a code and 1 without" in told
    assert "failed: it died" in told


def test_the_sample_is_read_from_its_file(pipeline: Pipeline) -> None:
    (result,) = read_photos(OurPhotos(pipeline), [TAG])
    assert result.right_within(1)
    assert result.ms > 0
    assert not RivalPhotos(Rival("it", "MADE IN VIETNAM")).read(TAG).codes


def test_photos_are_drawn_into_files_with_their_truth(pool: FontPool, tmp_path: Path) -> None:
    drawn = scenes.drawn_photos(pool, 3, 11, 20.0, tmp_path)
    assert [bool(photo.truths) for photo in drawn] == [True, True, True, False]
    assert all(photo.path.read_bytes()[:2] == b"\xff\xd8" and photo.kind for photo in drawn)
    assert min(photo.letter_px for photo in drawn[:3]) >= 20
    assert scenes.first_of(drawn, 2) == drawn[:2]
    assert len(scenes.first_of(drawn, 3)) == 4


def test_the_serving_process_reads_a_folder_one_by_one_and_all_at_once(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        shutil.copy(SAMPLE, tmp_path / name)
    found = serving.measure(sorted(tmp_path.iterdir()), 4, threads=1)
    assert (found.count, found.different, found.waiting) == (4, 3, 3)
    assert 0 < found.ms_p50 <= found.ms_p95
    assert found.waiting_per_second is not None
    assert found.waiting_per_second > 0
    assert found.peak_mb is not None
    assert 50 < found.half_mb <= found.whole_mb <= found.peak_mb
    assert "photos a second, 3 different ones waiting" in serving.report(found)


def test_a_rivals_serving_stands_beside_ours() -> None:
    ours = ServingFigures(4, 100.0, 150.0, 290.0, 291.0, 9.0, 2, 2, 12.0, 301.0)
    rival = RivalServing("the rival", 2, 1.25, 612.0)
    told = serving.report(ours, "real shoe photos", rival)
    assert "serving, 4 real shoe photos, 2 different" in told
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in told.split("\n")]
    assert lines[0][1:] == ["ours", "the rival, one after the other"]
    assert lines[-2] == ["photos a second, 2 different ones waiting", "12.0", "1.2"]
    assert lines[-1] == ["peak memory of the whole, MB", "301", "612"]
