"""Fields that something else wrote into the column, and fields as they are written there."""

from __future__ import annotations

import json
import logging
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codec import fields_from_json, fields_to_json
from storage.database import utc_now
from storage.store import Store
from storage.types import Interaction, Who
from stylecode import PrintedDate, TagFields
from tests.storage.contract import on_sqlite

MINA = Who("web", "7")
MARCH = PrintedDate("2024.03", date(2024, 3, 1), date(2024, 3, 31))

texts = st.text(max_size=12)
days = st.none() | st.dates()
any_fields = st.builds(
    TagFields,
    brand=st.none() | texts,
    sizes=st.lists(st.tuples(texts, texts), max_size=4).map(tuple),
    colour=st.none() | texts,
    made_in=st.none() | texts,
    dates=st.lists(st.builds(PrintedDate, texts, days, days), max_size=3).map(tuple),
    barcodes=st.lists(texts, max_size=3).map(tuple),
    price_won=st.none() | st.integers(0, 10**12),
)


async def with_column(store: Store, tmp_path: Path, content: str | bytes | None) -> Interaction:
    """A row whose column holds this, as the store reads it."""
    row, _ = await store.interactions.begin(MINA, "event", utc_now())
    with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
        plain.execute("UPDATE interactions SET fields = ? WHERE id = ?", (content, row.id))
    found = await store.interactions.get(row.id)
    assert found is not None
    return found


@given(any_fields)
def test_every_field_survives_json(fields: TagFields) -> None:
    assert fields_from_json(json.loads(json.dumps(fields_to_json(fields))), 1) == fields


def test_dates_are_written_as_iso_and_what_is_missing_not_at_all() -> None:
    assert fields_to_json(TagFields(brand="Nike", dates=(MARCH,))) == {
        "brand": "Nike",
        "dates": [{"printed": "2024.03", "first": "2024-03-01", "last": "2024-03-31"}],
    }
    assert fields_to_json(TagFields()) is None


@on_sqlite
@pytest.mark.parametrize("content", [None, "null", "{}", '{"season": "SS24"}'])
async def test_nothing_known_is_nothing_found(
    store: Store, tmp_path: Path, content: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await with_column(store, tmp_path, content)).fields == TagFields()
    assert caplog.records == []


@on_sqlite
async def test_unknown_keys_are_ignored(store: Store, tmp_path: Path) -> None:
    content = '{"brand": "Nike", "season": "SS24", "dates": [{"printed": "03/21", "week": 3}]}'
    row = await with_column(store, tmp_path, content)
    assert row.fields == TagFields(brand="Nike", dates=(PrintedDate("03/21"),))


@on_sqlite
@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"brand": "secret', "all"),
        ("", "all"),
        (b"\xff\xfe secret", "all"),
        ("[1, 2]", "all"),
        ('"secret"', "all"),
        ('{"brand": 7, "sizes": [["secret"]]}', "brand, sizes"),
        ('{"dates": [{"printed": "secret", "first": "2024-13-01"}]}', "dates"),
        ('{"price_won": "secret"}', "price_won"),
    ],
)
async def test_broken_fields_are_empty_and_logged_without_what_they_say(
    store: Store,
    tmp_path: Path,
    content: str | bytes,
    place: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        row = await with_column(store, tmp_path, content)
    assert row.fields == TagFields()
    assert caplog.messages == [f"fields of interaction {row.id} are broken: {place}"]
    await store.interactions.save(row)
    caplog.clear()
    assert await store.interactions.get(row.id) == row
    assert caplog.messages == []
