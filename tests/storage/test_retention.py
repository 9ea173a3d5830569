"""What is older than the settings say goes, from the files, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage.store import Store
from storage.types import Interaction, Retired, Who
from tests.storage.contract import JUN, MINA, NOW, barcode, on_sqlite, quote
from tests.storage.test_forget import traces


async def begun(store: Store, who: Who, days: int, photo: str | None, word: str) -> Interaction:
    row, _ = await store.interactions.begin(who, f"{word}-{days}", NOW - timedelta(days=days))
    row = replace(row, photo=photo, code=f"{word}-{days}", barcodes=(barcode(f"{word}{days}"),))
    await store.interactions.save(row)
    await store.interactions.add_quotes(row.id, [quote(word, 1000)])
    return row


async def test_photos_go_before_rows_and_shared_ones_stay(store: Store) -> None:
    old, shared = await store.photos.put(b"old"), await store.photos.put(b"shared")
    gone = await begun(store, MINA, 800, None, "ancient")
    kept = await begun(store, MINA, 200, old, "aged")
    also = await begun(store, MINA, 190, shared, "aged")
    young = await begun(store, JUN, 3, shared, "young")
    limits = NOW - timedelta(days=180), NOW - timedelta(days=730)
    assert await store.people.retire(*limits) == Retired(rows=1, photos=2)
    assert await store.interactions.get(gone.id) is None
    assert list(await store.interactions.quotes(gone.id)) == []
    assert await store.interactions.get(kept.id) == replace(kept, photo=None)
    assert await store.interactions.get(also.id) == replace(also, photo=None)
    assert await store.interactions.get(young.id) == young
    assert await store.photos.get(old) is None
    assert await store.photos.get(shared) == b"shared"
    assert await store.people.retire(*limits) == Retired(0, 0)


async def test_without_limits_everything_stays(store: Store) -> None:
    row = await begun(store, MINA, 9999, await store.photos.put(b"old"), "aged")
    assert await store.people.retire(None, None) == Retired(0, 0)
    assert await store.interactions.get(row.id) == row


@on_sqlite
async def test_more_than_one_batch_leaves_no_byte(store: Store, tmp_path: Path) -> None:
    for number in range(30):
        await begun(store, MINA, 800 + number, await store.photos.put(b"%d" % number), "oldword")
    assert traces(tmp_path, "oldword")
    assert (await store.people.retire(None, NOW - timedelta(days=730))).rows == 30
    assert traces(tmp_path, "oldword") == []
