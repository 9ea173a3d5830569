"""What is not to be believed is told with a reason, and nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.crops.draw import CropSource
from datasets.fonts.fonts import FontPool
from recognizer.models import WEIGHTS
from storage.lesson_sets import LessonRow, LessonSets
from tests.training.learning.town import QUAD, tag
from training.learning.clean import clean, is_believed, told
from training.learning.collect import with_files
from training.learning.likeness import alike, looks_of
from training.learning.noise import LEAST_ODDS, unseen
from training.reader.reading import TrainedReader, load_weights


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return load_weights(WEIGHTS / "reader.safetensors")


def saved_again(jpeg: bytes, quality: int) -> bytes:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    pixels = cv2.resize(pixels, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def line(jpeg: bytes) -> bytes:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    (left, top), _, (right, bottom), _ = (np.asarray(QUAD) * pixels.shape[1] / 320).astype(int)
    return cv2.imencode(".png", pixels[top:bottom, left:right])[1].tobytes()


def test_photos_are_alike_where_their_lines_are_too() -> None:
    one, other = tag("DD1391-100"), tag("FU9006-001")
    again = saved_again(one, 40)
    looks = [looks_of(photo, line(photo)) for photo in (one, other, again)]
    assert alike(looks) == [[0, 2]]
    assert alike([looks_of(one), looks_of(b"none"), looks_of(one)]) == [[0, 2]]
    assert alike([]) == alike(looks[:1]) == []


def lesson(number: int, code: str, printed: str, weak: bool = True) -> LessonRow:
    return LessonRow(
        number, f"photos/{printed}-{number}.jpg", "code", code, code, quad=QUAD, weak=weak
    )


async def test_duplicates_and_contradictions_are_told(
    tmp_path: Path, reader: TrainedReader
) -> None:
    sets = LessonSets(str(tmp_path))
    rows = [
        lesson(1, "DD1391-100", "DD1391-100"),
        lesson(2, "DD1391-100", "DD1391-100"),
        lesson(3, "FU9006-001", "FU9006-001"),
        lesson(4, "FU9006-002", "FU9006-001"),
        lesson(5, "CW2288-111", "CW2288-111", weak=False),
        lesson(6, "CW2288-112", "CW2288-111"),
        lesson(7, "B75806", "B75806"),
    ]
    lessons = [
        with_files(row, saved_again_as(row.photo.partition("/")[2][:-6], row.interaction))
        for row in rows
    ]
    sets.add("raw", "", {}, [(replace(row, crop=row.crop), files) for row, files in lessons])
    made = clean(sets, "raw", "clean", reader.network)
    found = sets.rows("clean")
    kinds = {row.interaction: {d.partition(":")[0] for d in row.doubts} for row in found}
    assert made.counts["rows"] == len(rows)
    assert "duplicate" in kinds[2] and "duplicate" not in kinds[1]
    assert "contradiction" in kinds[3] and "contradiction" in kinds[4]
    assert "contradiction" in kinds[6] and "contradiction" not in kinds[5]
    assert kinds[7] == set()
    assert [row.interaction for row in found if is_believed(row)] == [1, 5, 7]
    assert "3 of 7 rows are believed" in told(found)


def saved_again_as(code: str, number: int) -> bytes:
    """Photos of one tag differ in their compression alone."""
    pixels = cv2.imdecode(np.frombuffer(tag(code), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 70 + 4 * number])[1].tobytes()


def test_a_reader_that_has_not_seen_them_doubts_made_up_labels(
    few_fonts: Path, reader: TrainedReader
) -> None:
    source = CropSource(FontPool.load((few_fonts,)))
    crops = [*source.draw(np.random.default_rng(3), 60, 0.3)]
    crops = [crop for crop in crops if len(crop.text) > 4][:40]
    texts = [crop.text for crop in crops]
    wrong = list(range(0, len(texts), 8))
    for at in wrong:
        texts[at] = texts[(at + 1) % len(texts)]
    heard = unseen(
        reader.network,
        [crop.pixels for crop in crops],
        texts,
        [str(at) for at in range(len(texts))],
    )
    odds = [one.odds for one in heard]
    assert min(odds[at] for at in wrong) > LEAST_ODDS
    right = [odds[at] for at in range(len(odds)) if at not in wrong]
    assert sum(value > LEAST_ODDS for value in right) <= len(right) // 10
    assert unseen(reader.network, [], [], []) == []
