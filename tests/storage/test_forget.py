"""After forgetting, no byte of the person is left: database, log, photo folder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage import schema
from storage.database import utc_now
from storage.errors import PhotoStoreError
from storage.photos.photos import PhotoFolder
from storage.store import Store
from storage.tables.people import PeopleTable
from storage.types import (
    Draft,
    Status,
    StoredBarcode,
    StoredCandidate,
    StoredOffer,
    StoredQuote,
    Who,
)
from stylecode import TagFields
from tests.fakes.uploads import sent_to_chat, sent_to_kakao
from tests.storage.contract import on_sqlite
from tests.storage.everything import NOBODYS, fill, held, personal_tables

CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 4.0), (0.0, 4.0))
MINA, JUN = Who("telegram", "mina-4711"), Who("telegram", "jun-0815")
TABLES = schema.metadata.tables


async def live(store: Store, who: Who, mark: str, turns: int) -> list[str]:
    """Leave traces of `mark` in every table and in the photo folder; the photos' digests."""
    await store.people.choose_language(who, f"{mark}-language")
    photos = []
    for turn in range(turns):
        photos.append(await store.photos.put(f"{mark} photo {turn}".encode()))
        row, _ = await store.interactions.begin(who, f"{mark}-event-{turn}", utc_now())
        candidate = StoredCandidate(f"{mark}-{turn}", 0.9)
        row = replace(row, status=Status.EDITED, photo=photos[-1], candidates=(candidate,))
        row = replace(row, code=f"{mark}-{turn}", draft=Draft(f"{mark} draft"))
        row = replace(row, barcodes=(StoredBarcode("CODE-128", f"{mark}-{turn}", CORNERS),))
        row = replace(row, fields=TagFields(brand=f"{mark} brand", colour=f"{mark} colour"))
        await store.interactions.save(row)
        await store.interactions.save(replace(row, last_event=f"{mark}-last", draft=None))
        offer = StoredOffer(f"{mark} shoe", 1000, f"https://example.com/{mark}", mark)
        quote = StoredQuote("naver", mark, "ok", utc_now(), (offer,))
        await store.interactions.add_quotes(row.id, [quote])
        payload = json.dumps({"text": f"{mark} " * 300})
        await store.inbox.put(who.channel, f"{mark}-{turn}", payload, who.user)
        if turn % 2:
            await store.inbox.done(who.channel, f"{mark}-{turn}")
        sent = mark.encode() * 900
        entry, _ = await sent_to_chat(store, who, f"{mark}-turn-{turn}", sent, mark)
        await store.chat.say(who, f"{mark}-turn-{turn}", mark, mark.encode() * 900)
        if turn % 2:
            await store.chat.close_turn(entry)
        asked = await store.kakao.open(who, f"{mark}-{turn}", mark, timedelta())
        await sent_to_kakao(store, asked.id, 0, sent)
    return photos


def traces(folder: Path, *words: str) -> list[str]:
    """Files under `folder` whose name or content holds one of the words."""
    found = []
    for path in folder.rglob("*"):
        content = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        found += [f"{path}: {word}" for word in words if word.encode() in content]
    return found


@on_sqlite
@pytest.mark.parametrize("turns", [1, 25])
async def test_nothing_of_the_person_remains(store: Store, tmp_path: Path, turns: int) -> None:
    mine = await live(store, MINA, "secretmina", turns)
    theirs = await live(store, JUN, "keptjun", turns)
    words = ("secretmina", "SECRETMINA", MINA.user, *mine)
    assert len(traces(tmp_path, *words)) > len(mine)  # the search does find what is there

    deleted = await store.people.forget(MINA)

    # The person; each turn: row, reading, barcode, quote, inbox, chat and KakaoTalk twice.
    assert deleted == 1 + turns * 9
    assert traces(tmp_path, *words) == []
    assert [await store.photos.get(photo) for photo in theirs] == [
        f"keptjun photo {turn}".encode() for turn in range(turns)
    ]
    _, total = await store.interactions.history(JUN, 0, 1)
    assert total == turns


def test_every_table_is_a_persons_or_nobodys() -> None:
    personal = {table.name for table in personal_tables()}
    assert personal | NOBODYS == {table.name for table in schema.metadata.sorted_tables}
    assert personal & NOBODYS == set()


@pytest.mark.parametrize("rows", [1, 12])
async def test_no_table_keeps_anything_of_the_person(
    store: Store, backend: str, tmp_path: Path, rows: int
) -> None:
    for number in range(rows):  # by turns: their rows share pages
        await fill(store.database, MINA, "secretmina", number)
        await fill(store.database, JUN, "keptjun", number)
    everywhere = {table.name: 1 if table.name == "people" else rows for table in personal_tables()}
    named = {name: rows for name, rows in everywhere.items() if "user_id" in TABLES[name].c}
    theirs = await held(store.database, "keptjun")
    assert await held(store.database, "secretmina") == everywhere
    assert await held(store.database, MINA.user) == named
    if backend == "sqlite":
        assert len(traces(tmp_path, "secretmina", MINA.user)) > 1

    assert await store.people.forget(MINA) == sum(everywhere.values())

    assert await held(store.database, "secretmina") == {}
    assert await held(store.database, MINA.user) == {}
    assert await held(store.database, "keptjun") == theirs
    assert traces(tmp_path, "secretmina", MINA.user) == []
    assert await store.people.forget(MINA) == 0


class StuckFolder(PhotoFolder):
    """A folder whose files cannot be deleted."""

    async def remove(self, digest: str) -> bool:
        raise PhotoStoreError("cannot delete: read-only")


@on_sqlite
async def test_what_a_crash_left_is_deleted_at_the_next_start(
    store: Store, ready_url: str, tmp_path: Path
) -> None:
    (photo,) = await live(store, MINA, "secretmina", 1)
    stuck = PeopleTable(store.database, StuckFolder(tmp_path / "photos"))
    with pytest.raises(PhotoStoreError):
        await stuck.forget(MINA)
    assert await store.interactions.latest(MINA) is None
    assert await store.photos.get(photo) is not None
    await store.close()

    again = await Store.open(ready_url, tmp_path / "photos")
    assert await again.photos.get(photo) is None
    assert traces(tmp_path, "secretmina", MINA.user, photo) == []
    await again.close()
