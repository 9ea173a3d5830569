"""Two people send the same picture, and one deletes theirs while the other's is being kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.talk.conversation import Conversation
from bot.talk.types import PhotoSent
from storage.photos.photos import PhotoFolder
from storage.photos.sweep import sweep_photos
from storage.store import Store
from storage.types import Who
from tests.bot.room import ANN, MINSU, NOON
from tests.fakes.database import tables_in
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies


class Interrupted(PhotoFolder):
    """A photo folder: right after a photo was put, these people delete everything."""

    store: Store | None = None
    people: tuple[Who, ...] = (ANN,)

    async def put(self, jpeg: bytes) -> str:
        digest = await super().put(jpeg)
        if self.store is not None:
            for who in self.people:
                await self.store.people.forget(who)
        return digest


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(
        f"sqlite+aiosqlite:///{tables_in(tmp_path / 'p.db')}", tmp_path / "photos"
    )
    yield opened
    await opened.close()


async def _sends(store: Store, photos: PhotoFolder, who: Who) -> str:
    """The photo that the person's row names; "" where there is no row."""
    conversation = Conversation(
        FakeReader(), FakePrices(), store.interactions, store.people, photos, lambda: NOON
    )

    async def fetch() -> bytes:
        return b"as sent"

    await conversation.handle(who, PhotoSent(f"of {who.user}", fetch), RecordingReplies())
    row = await store.interactions.latest(who)
    return row.photo or "" if row else ""


async def test_a_photo_that_another_deletes_between_file_and_row_stays(
    store: Store, tmp_path: Path
) -> None:
    photos = Interrupted(tmp_path / "photos")
    theirs = await _sends(store, photos, ANN)
    photos.store = store
    mine = await _sends(store, photos, MINSU)
    assert mine == theirs
    assert await store.photos.get(mine)
    photos.store = None
    await store.people.forget(MINSU)
    assert await store.photos.get(mine) is None


async def test_a_photo_of_somebody_who_is_forgotten_meanwhile_does_not_come_back(
    store: Store, tmp_path: Path
) -> None:
    photos = Interrupted(tmp_path / "photos")
    digest = await _sends(store, photos, ANN)
    photos.store, photos.people = store, (ANN, MINSU)
    assert await _sends(store, photos, MINSU) == ""
    assert await store.photos.get(digest) is None


async def test_a_sweep_under_way_leaves_a_photo_that_a_row_comes_to_name(store: Store) -> None:
    orphans = sorted([await store.photos.put(b"one"), await store.photos.put(b"other")])
    row, _ = await store.interactions.begin(ANN, "event", NOON)
    saving: list[asyncio.Task[None]] = []

    class Slow(PhotoFolder):
        async def aged(self, min_age: timedelta) -> tuple[str, ...]:
            return tuple(orphans)

        async def remove(self, name: str) -> bool:
            if not saving:  # the other one gets its row while the first is being deleted
                save = store.interactions.save(replace(row, photo=orphans[1]))
                saving.append(asyncio.create_task(save))
                await asyncio.wait(saving, timeout=0.05)
            return await super().remove(name)

    assert isinstance(store.photos, PhotoFolder)
    assert await sweep_photos(store.database, Slow(store.photos.folder), timedelta()) == 1
    await saving[0]
    assert await store.photos.get(orphans[0]) is None
    assert await store.photos.get(orphans[1]) == b"other"
