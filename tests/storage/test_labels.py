"""Readings are kept with their rows, labels beside them, and what is worth a look comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.label_types import PhotoLabel, PhotoVerdict
from storage.store import Store
from storage.types import (
    Interaction,
    Status,
    StoredCandidate,
    StoredReading,
    StoredRegion,
    Who,
)
from storage.worth import worth

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MINJI = Who("telegram", "1")
QUAD = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))
AGREED = StoredReading(
    (StoredRegion(QUAD, "DD1391-100", 0.99, ("DD1391-100", "DD1391 100")),),
    ((("known", 2.5), ("size", -0.25)),),
)
DOUBTED = StoredReading((StoredRegion(QUAD, "DD1391-100", 0.9, ("DD1391-100", "DD1391-1OO")),))


async def photo(
    store: Store,
    who: Who = MINJI,
    confidence: float = 0.99,
    reading: StoredReading | None = AGREED,
    consent: bool | None = True,
) -> Interaction:
    if consent is not None:
        await store.people.answer_consent(who, consent, NOW)
    rows = await store.labels.lessons()
    row, _ = await store.interactions.begin(who, f"e{len(rows)}-{confidence}-{who.user}", NOW)
    digest = await store.photos.put(f"jpeg {row.id}".encode())
    seen = ((1.2, 1.8), (30.3, 2.1), (29.8, 12.4), (0.6, 11.9))
    candidates = (StoredCandidate("DD1391-100", confidence, seen),)
    row = replace(row, photo=digest, candidates=candidates, reading=reading)
    await store.interactions.save(row)
    return row


def said(author: str = "operator", code: str = "DD1391-100", days: int = 0) -> PhotoLabel:
    return PhotoLabel(author, PhotoVerdict.CODE, NOW + timedelta(days=days), code, QUAD)


async def test_a_reading_is_kept_with_its_row_and_outlives_later_saves(store: Store) -> None:
    row = await photo(store)
    assert await store.labels.reading(row.id) == AGREED
    again = await store.interactions.get(row.id)
    assert again and again.reading is None
    await store.interactions.save(replace(again, status=Status.CONFIRMED, code="DD1391-100"))
    assert await store.labels.reading(row.id) == AGREED
    assert await store.labels.reading(row.id + 1) == StoredReading()


async def test_the_queue_has_consented_photos_the_most_telling_first(store: Store) -> None:
    unsure = await photo(store, confidence=0.6)
    sure = await photo(store)
    await photo(store, Who("web", "2"), 0.2, consent=False)
    await photo(store, Who("web", "3"), 0.2, consent=None)
    other = await photo(store, reading=DOUBTED, confidence=0.95)
    await store.interactions.save(replace(other, status=Status.EDITED, code="DD1391-101"))
    queue = await store.labels.queue(10)
    assert [(one.interaction, one.reasons) for one in queue] == [
        (other.id, ("person", "readers")),
        (unsure.id, ("unsure",)),
        (sure.id, ()),
    ]
    assert await store.labels.waiting() == 3
    await store.people.answer_consent(MINJI, False, NOW)
    assert await store.labels.queue(10) == ()
    assert await store.labels.lessons() == ()


async def test_an_operators_word_ends_it_until_another_contradicts(store: Store) -> None:
    row = await photo(store, confidence=0.3)
    assert await store.labels.add(row.id, said("auto")) is True
    assert await store.labels.add(row.id, replace(said(), weak=True, author="weak")) is True
    await store.labels.add(row.id, said("kim"))
    assert await store.labels.queue(10) == ()
    await store.labels.add(row.id, said("lee", "DD1391-101"))
    (again,) = await store.labels.queue(10)
    assert again.reasons[0] == "labels" and again.worth > 3
    assert await store.labels.queue(10, author="lee") == ()
    await store.labels.add(row.id, said("lee", days=1))
    assert await store.labels.queue(10) == ()
    labels = await store.labels.of(row.id)
    assert [(label.author, label.code) for label in labels] == [
        ("auto", "DD1391-100"),
        ("weak", "DD1391-100"),
        ("kim", "DD1391-100"),
        ("lee", "DD1391-101"),
        ("lee", "DD1391-100"),
    ]


async def test_lessons_come_in_order_with_all_that_is_known(store: Store) -> None:
    rows = [await photo(store) for _ in range(3)]
    await store.labels.add(rows[0].id, said())
    first, second = await store.labels.lessons(limit=2)
    assert (first.row.id, first.labels, first.reading) == (rows[0].id, (said(),), AGREED)
    assert first.consent.given and first.worth is None and second.worth
    (third,) = await store.labels.lessons(after=second.row.id)
    assert third.row.id == rows[2].id
    await store.labels.reweigh({third.row.id: (9.0, ("rare",)), second.row.id: (None, ())})
    (best,) = await store.labels.queue(10)
    assert (best.interaction, best.worth, best.reasons) == (third.row.id, 9.0, ("rare",))


async def test_nothing_of_it_outlives_the_person(store: Store) -> None:
    row = await photo(store)
    await store.labels.add(row.id, said())
    await store.people.forget(MINJI)
    assert await store.labels.of(row.id) == ()
    assert await store.labels.reading(row.id) == StoredReading()
    assert await store.labels.add(row.id, said()) is False


@pytest.mark.parametrize(
    ("status", "confidence", "reasons"),
    [
        (Status.READ, 0.95, ()),
        (Status.READ, 0.7, ("unsure",)),
        (Status.REFUSED, 0.95, ("refused",)),
        (Status.REFUSED, 0.1, ("unsure", "refused")),
    ],
)
def test_reasons_are_told_weightiest_first(
    status: Status, confidence: float, reasons: tuple[str, ...]
) -> None:
    candidates = (StoredCandidate("DD1391-100", confidence, QUAD),)
    row = Interaction(1, MINJI, "e", NOW, status, candidates=candidates)
    assert worth(row, AGREED, ())[1] == reasons
    bare = replace(row, candidates=(), status=Status.NONE_FOUND)
    assert worth(bare, StoredReading(), ())[1] == ("none",)
