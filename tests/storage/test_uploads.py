"""Uploads lie in the photo store, not in the database, until they are answered."""

from __future__ import annotations

import os
import resource
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import schema
from storage.care.backup import back_up
from storage.care.check import check
from storage.care.restore import restore
from storage.errors import DatabaseError, PhotoStoreError
from storage.photos.arriving import arriving
from storage.photos.photo_store import open_photos
from storage.photos.photos import PhotoFolder
from storage.store import Store
from storage.types import Who
from tests.fakes.uploads import sent_to_chat, sent_to_kakao
from tests.storage.contract import on_sqlite
from tests.storage.test_photos import files, make_older

MINA = Who("web", "mina")
LARGE = 20 * 1024 * 1024
AT_ONCE = timedelta()


def uploads(store: Store) -> list[bytes]:
    """What lies where uploads do."""
    assert isinstance(store.photos, PhotoFolder)
    return [path.read_bytes() for path in files(store.photos.folder / "uploads")]


@on_sqlite
async def test_large_uploads_leave_the_database_small(store: Store, tmp_path: Path) -> None:
    before = sum(path.stat().st_size for path in files(tmp_path / "data"))
    entry, _ = await sent_to_chat(store, MINA, "turn-1", os.urandom(LARGE))
    asked = await store.kakao.open(Who("kakao", "u"), "content", "{}", AT_ONCE)
    await sent_to_kakao(store, asked.id, 0, os.urandom(LARGE))
    assert [len(sent) for sent in uploads(store)] == [LARGE, LARGE]
    await store.chat.close_turn(entry)
    await store.kakao.finish(asked.id, "{}")
    assert uploads(store) == []
    after = sum(path.stat().st_size for path in files(tmp_path / "data"))
    assert after - before < LARGE / 20


async def test_a_turn_sent_again_keeps_the_first_upload_alone(store: Store) -> None:
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"first")
    await sent_to_chat(store, MINA, "turn-1", b"second")
    assert uploads(store) == [b"first"]
    assert await store.chat.upload(entry.id) == b"first"


async def test_the_same_bytes_of_two_people_are_two_uploads(store: Store) -> None:
    first, _ = await sent_to_chat(store, MINA, "turn-1", b"same")
    second, _ = await sent_to_chat(store, Who("web", "jun"), "turn-1", b"same")
    await store.chat.close_turn(first)
    assert await store.chat.upload(second.id) == b"same"


async def test_what_is_sent_to_kakaotalk_waits_until_it_is_finished(store: Store) -> None:
    asked = await store.kakao.open(Who("kakao", "u"), "content", "{}", AT_ONCE)
    await sent_to_kakao(store, asked.id, 0, b"a photo")
    await sent_to_kakao(store, asked.id, 0, b"fetched again")
    await sent_to_kakao(store, asked.id + 1, 0, b"of a turn that is gone")
    assert await store.kakao.has_upload(asked.id, 0)
    assert not await store.kakao.has_upload(asked.id, 1)
    assert await store.kakao.upload(asked.id, 0) == b"a photo"
    assert uploads(store) == [b"a photo"]


async def test_what_a_crash_leaves_is_swept_and_what_waits_is_not(store: Store) -> None:
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"waits")
    asked = await store.kakao.open(Who("kakao", "u"), "content", "{}", AT_ONCE)
    await sent_to_kakao(store, asked.id, 0, b"waits, too")
    async with arriving(store.photos) as file:
        await file.write(b"its row never came")
        orphan = await store.photos.take(file.path)
    assert (await check(store.database, store.photos)).orphans == 1
    for name in (entry.upload, orphan):
        make_older(store.photos.path(name), 7200)
    assert await store.sweep_photos() == 1
    assert sorted(uploads(store)) == [b"waits", b"waits, too"]


async def test_what_is_cut_off_leaves_nothing(store: Store) -> None:
    with pytest.raises(ConnectionError):
        async with arriving(store.photos) as file:
            await file.write(b"half of it")
            raise ConnectionError
    assert isinstance(store.photos, PhotoFolder)
    assert files(store.photos.folder) == []


async def test_a_disk_that_takes_only_a_part_is_told(store: Store) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with arriving(store.photos) as file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5, most))
        try:
            with pytest.raises(PhotoStoreError, match="cannot be written down"):
                await file.write(b"more than five bytes")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@on_sqlite
async def test_an_upload_whose_row_cannot_be_written_is_not_kept(store: Store) -> None:
    async with store.database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE chat_entries RENAME TO elsewhere"))
    with pytest.raises(DatabaseError):
        await sent_to_chat(store, MINA, "turn-1", b"a photo")
    assert uploads(store) == []


async def test_what_an_older_version_kept_as_bytes_is_read(store: Store) -> None:
    entry, _ = await store.chat.open_turn(MINA, "turn-1", "{}", None)
    asked = await store.kakao.open(Who("kakao", "u"), "content", "{}", AT_ONCE)
    await sent_to_kakao(store, asked.id, 0, b"")
    async with store.database.begin() as connection:
        await connection.execute(sa.update(schema.chat_entries).values(upload=b"as bytes"))
        old = {"content": b"as bytes, too", "upload_file": None}
        await connection.execute(sa.update(schema.kakao_files).values(old))
    assert await store.chat.upload(entry.id) == b"as bytes"
    assert await store.kakao.upload(asked.id, 0) == b"as bytes, too"


async def test_a_backup_has_what_is_not_answered_yet(store: Store, tmp_path: Path) -> None:
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"waits")
    file, other = tmp_path / "backup.tar.gz", f"sqlite+aiosqlite:///{tmp_path}/other.db"
    assert (await back_up(store.database, store.photos, file)).uploads == 1
    await restore(file, other, open_photos(tmp_path / "new-photos"))
    again = await Store.open(other, tmp_path / "new-photos")
    assert await again.chat.upload(entry.id) == b"waits"
    await again.close()
