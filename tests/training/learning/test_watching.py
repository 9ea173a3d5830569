"""A version that people correct too often goes back within a day, and only then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from recognizer.models import WEIGHTS
from recognizer.store.model_store import ModelStore
from storage import schema
from storage.store import Store
from storage.tables.corrected import Corrected
from tests.training.learning.town import NOW, Town
from training.errors import NotBetterError
from training.learning.steps import promoted, saw
from training.learning.watching import LEAST_SAID, WATCHED, Watched, limit, watched

PROMOTED = NOW + timedelta(hours=1)


@pytest.fixture
def versions(tmp_path: Path) -> ModelStore:
    store = ModelStore(str(tmp_path / "models"), clock=lambda: PROMOTED)
    store.add("one", WEIGHTS, {"set": "week-1"})
    promoted(store, "one")
    return store


def serves(versions: ModelStore) -> str:
    current = versions.current()
    return current.version if current else ""


async def spoken(store: Store, town: Town, right: int, wrong: int, hours: float) -> None:
    for number in range(right + wrong):
        code = "DD1391-100"
        said = code if number < right else "DD1391-101"
        row = await town.photo(f"{hours}-{number}", code, said=said)
        at = NOW + timedelta(hours=hours)
        table = schema.interactions
        async with store.database.begin() as connection:
            moved = sa.update(table).where(table.c.id == row.id).values(created_at=at)
            await connection.execute(moved)


async def test_what_people_correct_is_counted(store: Store, town: Town) -> None:
    await town.photo("1", "DD1391-100", said="DD1391-100")
    await town.photo("2", "DD1391-100", said="dd1391 100")
    await town.photo("3", "DD1391-100", said="DD1391-101")
    await town.photo("4", "DD1391-100")
    found = await store.corrected.between(NOW, NOW + timedelta(seconds=1))
    assert found == Corrected(said=3, wrong=1)
    assert await store.corrected.between(NOW - timedelta(days=1), NOW) == Corrected(0, 0)


async def test_a_version_that_is_corrected_too_often_goes_back(
    store: Store, town: Town, versions: ModelStore
) -> None:
    await spoken(store, town, right=57, wrong=3, hours=-2)
    await spoken(store, town, right=20, wrong=12, hours=2)
    found = await watched(store, versions, NOW + timedelta(hours=3))
    assert found is not None and found.goes_back
    assert found.told() == (
        "version one: 37.5% of 32 corrected since, 5.0% of 60 before; the limit is 16.6%"
    )
    late = NOW + timedelta(hours=1) + WATCHED + timedelta(seconds=1)
    assert await watched(store, versions, late) is None
    versions.rollback()
    assert await watched(store, versions, NOW + timedelta(hours=3)) is None


@pytest.mark.parametrize(
    ("before", "since", "back"),
    [
        (Corrected(1000, 50), Corrected(LEAST_SAID, 6), True),
        (Corrected(1000, 50), Corrected(LEAST_SAID - 1, 20), False),
        (Corrected(1000, 50), Corrected(LEAST_SAID, 4), False),
        (Corrected(1000, 50), Corrected(10_000, 580), True),
        (Corrected(LEAST_SAID - 1, 0), Corrected(100, 90), False),
        (Corrected(100, 0), Corrected(0, 0), False),
    ],
)
def test_the_limit_is_three_deviations_above_what_is_usual(
    before: Corrected, since: Corrected, back: bool
) -> None:
    assert Watched("x", before, since, limit(before, since)).goes_back is back


def test_a_version_that_was_judged_to_be_worse_is_promoted_only_by_force(
    versions: ModelStore,
) -> None:
    judged = {"judged": {"against": ["it is worse for brand Nike"]}, "set": "week-2"}
    versions.add("two", WEIGHTS, judged)
    with pytest.raises(NotBetterError, match="two is not promoted: it is worse for brand Nike"):
        promoted(versions, "two")
    assert serves(versions) == "one"
    promoted(versions, "two", anyway=True)
    assert serves(versions) == "two"
    assert saw(versions, ["week-1", "week-3"]) == {"week-1": ["one"], "week-3": []}
