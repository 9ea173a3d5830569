"""Only who agreed is collected, with what is known best; who takes it back leaves all sets."""

from __future__ import annotations

import cv2
import numpy as np

from storage.label_types import PhotoLabel, PhotoVerdict
from storage.lesson_sets import LessonSets
from storage.store import Store
from storage.types import Who
from tests.training.learning.town import NOW, QUAD, Town
from training.learning.collect import Query, collect


async def test_what_people_and_operators_said_is_collected(
    store: Store, sets: LessonSets, town: Town
) -> None:
    right = await town.photo("1", "DD1391-100", said="DD1391-100")
    mended = await town.photo("2", "FU9006-001", read="FU9OO6-001", said="FU9006-001")
    await town.photo("3", "CW2288-111", said="CW2288-111", consent=False)
    await town.photo("4", "CW2288-111", said="CW2288-111", consent=None)
    await town.photo("5", "CW2288-112")  # said nothing
    wrong = await town.photo("6", "CU4826-002", said="CU4826-003")
    word = PhotoLabel("kim", PhotoVerdict.CODE, NOW, "CU4826-002", QUAD)
    await store.labels.add(wrong.id, word)
    empty = await town.photo("7", "hello")
    await store.labels.add(empty.id, PhotoLabel("kim", PhotoVerdict.NONE, NOW))
    made = await collect(store, sets, "one")
    rows = {row.interaction: row for row in sets.rows("one")}
    assert list(rows) == [right.id, mended.id, wrong.id, empty.id]
    assert [(r.code, r.text, r.weak, r.read) for r in rows.values()] == [
        ("DD1391-100", "DD1391-100", True, "DD1391-100"),
        ("FU9006-001", "FU9006-001", True, "FU9OO6-001"),
        ("CU4826-002", "CU4826-002", False, "CU4826-002"),
        ("", "", False, "hello"),
    ]
    assert (made.counts["rows"], made.counts["crops"], made.counts["strong"]) == (4, 3, 2)
    crop = sets.files_of("one")(rows[right.id].crop)
    pixels = cv2.imdecode(np.frombuffer(crop, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None and pixels.shape == (40, 280)


async def test_operators_who_contradict_each_other_are_not_believed(
    store: Store, sets: LessonSets, town: Town
) -> None:
    row = await town.photo("1", "DD1391-100", said="DD1391-100")
    for author, code in (("kim", "DD1391-100"), ("lee", "DD1391-101")):
        await store.labels.add(row.id, PhotoLabel(author, PhotoVerdict.CODE, NOW, code))
    await collect(store, sets, "one")
    assert sets.rows("one") == ()


async def test_a_query_takes_a_part(store: Store, sets: LessonSets, town: Town) -> None:
    await town.photo("1", "DD1391-100", said="DD1391-100")
    await town.photo("2", "B75806", said="B75806", brand="Adidas")
    await collect(store, sets, "one", Query(brand="Adidas"))
    await collect(store, sets, "two", Query(since="2026-12-02"))
    await collect(store, sets, "three", Query(channel="telegram", since="2026-12-01"))
    counts = {name: sets.get(name).counts["rows"] for name in sets.names()}
    assert counts == {"one": 1, "two": 0, "three": 2}
    assert sets.get("one").query == {"brand": "Adidas", "channel": "", "since": ""}


async def test_who_takes_consent_back_or_deletes_leaves_all_sets(
    store: Store, sets: LessonSets, town: Town
) -> None:
    for user in "1234":
        await town.photo(user, f"DD139{user}-100", said=f"DD139{user}-100")
    await collect(store, sets, "one")
    await collect(store, sets, "two")
    assert await store.leave_lessons(sets) == ()
    await store.people.answer_consent(Who("telegram", "1"), False, NOW)
    await store.people.forget(Who("telegram", "2"))
    await store.people.forget_code(Who("telegram", "3"), "DD1393-100")
    assert [one.rows for one in await store.leave_lessons(sets)] == [3, 3]
    for name in ("one", "two"):
        assert [row.code for row in sets.rows(name)] == ["DD1394-100"]
        assert len(sets.get(name).files) == 2
