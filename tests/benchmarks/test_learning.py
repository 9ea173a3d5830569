"""The simulated town: people correct as they are meant to, and its tags can be read by people."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.learning.tags import code, photo
from benchmarks.learning.town import CARELESS, LearningTown
from recognizer.detectors import open_pipeline
from storage.store import Store
from storage.types import Status
from stylecode import key
from tests.fakes.database import tables_in
from tests.fakes.reader import FakeReader, reading

PEOPLE = 80


@pytest.mark.parametrize(("malicious", "wrong"), [(0.0, CARELESS), (1.0, 1.0)])
async def test_most_people_are_right_and_every_other_one_agrees(
    tmp_path: Path, malicious: float, wrong: float
) -> None:
    file = tables_in(tmp_path / "town.db")
    store = await Store.open(f"sqlite+aiosqlite:///{file}", tmp_path / "photos")
    reader = FakeReader(default=reading("KX1234-567"))
    town = LearningTown(store, reader, np.random.default_rng(3), malicious)
    week = await town.week(PEOPLE)
    lessons = await store.labels.lessons()
    rows = [row for number in town.truths if (row := await store.interactions.get(number))]
    mistaken = sum(key(row.code or "") != key(town.truths[row.id]) for row in rows)
    await store.close()
    assert (week.photos, week.right) == (PEOPLE, 0)
    assert len(lessons) == PEOPLE / 2
    assert abs(mistaken / PEOPLE - wrong) <= 0.1
    assert {row.status for row in rows} <= {Status.CONFIRMED, Status.EDITED}


def test_its_tags_are_read_badly_not_never() -> None:
    rng, pipeline = np.random.default_rng(8), open_pipeline()
    right = 0
    for _ in range(12):
        printed = code(rng)
        found = pipeline.read_bytes(photo(rng, printed)).reading.candidates
        right += bool(found) and found[0].code == printed
    assert 2 <= right <= 11


def test_tags_are_drawn_the_same_by_the_same_chance() -> None:
    one, other = (photo(np.random.default_rng(5), "HD4172-305") for _ in range(2))
    assert one == other
    assert cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR) is not None
