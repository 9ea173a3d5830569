"""Tidying over a real SQLite file and a real photo folder."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.running.schedule import Schedule
from bot.running.tidying import Tidying
from bot.settings import Settings
from bot.talk.conversation import Conversation
from bot.talk.types import CommandSent
from storage.store import Store
from storage.tables.channels.chat import ChatTable
from storage.tables.channels.inbox import Inbox
from storage.tables.channels.kakao import KakaoTable
from storage.types import Interaction, Post, Who
from storage.watch_types import WatchSet
from tests.bot.room import ANN, MINSU, NOON
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies
from tests.fakes.serving import settings_in
from tests.storage.everything import held
from tests.waiting import until

PHOTO_DAYS, ROW_DAYS = 30, 100


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    days = {"retention_photos_days": PHOTO_DAYS, "retention_rows_days": ROW_DAYS}
    return settings_in(tmp_path, **days)


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await Store.open(settings.database_url, settings.photo_dir)
    yield store
    await store.close()


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


async def kept(store: Store, who: Who, days: float, photo: bytes, code: str) -> Interaction:
    row, _ = await store.interactions.begin(who, f"{code}-{days}", ago(days))
    row = replace(row, photo=await store.photos.put(photo), code=code, updated_at=None)
    await store.interactions.save(row)
    return row


def tidying(store: Store, settings: Settings) -> Tidying:
    return Tidying(store, settings, lambda: NOON)


def make_stuck(store: Store, photo: str | None) -> Path:
    """A folder in a photo's place, which cannot be deleted like a file."""
    place = Path(str(store.photos.path(str(photo))))
    place.unlink()
    place.mkdir()
    return place


def make_loose(place: Path) -> None:
    place.rmdir()
    place.write_bytes(b"stuck")


def photos_in(folder: Path) -> int:
    return len(list(folder.rglob("*.jpg")))


async def test_what_is_older_than_the_settings_goes(store: Store, settings: Settings) -> None:
    ancient = await kept(store, ANN, ROW_DAYS + 1, b"ancient", "GONE-1")
    aged = await kept(store, ANN, PHOTO_DAYS + 1, b"aged", "AGED-1")
    shared = await kept(store, ANN, PHOTO_DAYS + 1, b"shared", "AGED-2")
    young = await kept(store, ANN, PHOTO_DAYS - 1, b"young", "YOUNG-1")
    theirs = await kept(store, MINSU, 1, b"shared", "YOUNG-2")
    orphan = store.photos.path(await store.photos.put(b"orphan"))
    os.utime(str(orphan), (NOON.timestamp() - 10**9,) * 2)

    assert await tidying(store, settings).once()

    assert await store.interactions.get(ancient.id) is None
    for row in (aged, shared):
        assert await store.interactions.get(row.id) == replace(row, photo=None)
    for row in (young, theirs):
        assert await store.interactions.get(row.id) == row
    assert await store.photos.get(str(theirs.photo)) == b"shared"
    assert await store.photos.get(str(young.photo)) == b"young"
    assert photos_in(settings.photo_dir) == 2
    assert await held(store.database, "GONE-1") == {}


async def test_messages_searches_and_watches_have_their_ages(
    store: Store, settings: Settings
) -> None:
    for days in (1, 20, 60, 95, 200):
        word, then = f"word{days}x", lambda days=days: ago(days)
        inbox, chat = Inbox(store.database, then), ChatTable(store.database, store.photos, then)
        await inbox.put("telegram", word, "{}", MINSU.user)
        await inbox.done("telegram", word)
        await store.posts.seen([Post("telegram", 77, days, MINSU.user, word, ago(days))])
        entry, _ = await chat.open_turn(ANN, word, word, None)
        await chat.say(ANN, word, word, b"picture of " + word.encode())
        await chat.close_turn(entry)
        kakao = KakaoTable(store.database, store.photos, then)
        turn = await kakao.open(Who("kakao", word), word, word, timedelta())
        await kakao.finish(turn.id, word)
        await store.people.remember_search(ANN, word, ago(days))
        wanted = WatchSet(word, None, None, NOON)
        await store.watches.switch_on(ANN, wanted, "en", word, ago(days), 99)

    assert await tidying(store, settings).once()

    everywhere = {"inbox": 1, "posts": 1, "kakao_turns": 1}
    stay = {"chat_entries": 2, "searches": 1, "watches": 1}
    assert await held(store.database, "word1x") == everywhere | stay
    assert await held(store.database, "picture of word1x") == {"chat_entries": 1}
    assert await held(store.database, "word20x") == stay
    assert await held(store.database, "word60x") == stay
    assert await held(store.database, "picture of word20x") == {"chat_entries": 1}
    assert await held(store.database, "picture of word60x") == {}  # as old as photos may get
    assert await held(store.database, "word95x") == {"searches": 1, "watches": 1}
    assert await held(store.database, "word200x") == {}


async def test_no_limits_keep_all(store: Store, settings: Settings) -> None:
    row = await kept(store, ANN, 9999, b"ancient", "OLD-1")
    forever = settings.model_copy(update={"retention_photos_days": 0, "retention_rows_days": 0})
    assert await tidying(store, forever).once()
    assert await store.interactions.get(row.id) == row
    assert photos_in(settings.photo_dir) == 1


async def test_a_failing_run_is_logged_and_tried_again(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A table that cannot be used, and a photo that cannot be deleted, hold up nothing else."""
    stuck = await kept(store, ANN, ROW_DAYS + 1, b"stuck", "GONE-1")
    await kept(store, ANN, ROW_DAYS + 2, b"gone", "GONE-2")
    place = make_stuck(store, stuck.photo)
    async with store.database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE posts RENAME TO posts_away"))

    often = timedelta(milliseconds=50)
    loop = Schedule([tidying(store, settings).job(timedelta(hours=1), often)])
    with caplog.at_level(logging.ERROR, "bot.running.tidying"):
        loop.start()
        await until(lambda: len(caplog.records) >= 4)
    told = {record.getMessage().split(" failed")[0] for record in caplog.records}
    assert told >= {"tidying messages", "tidying what was left to delete"}
    assert await store.interactions.latest(ANN) is None
    assert photos_in(settings.photo_dir) == 1  # the stuck one

    async with store.database.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE posts_away RENAME TO posts"))
    make_loose(place)
    await until(lambda: not place.exists())
    await loop.stop()
    assert await held(store.database, str(stuck.photo)) == {}


async def test_no_step_begins_once_the_process_stops(store: Store, settings: Settings) -> None:
    row = await kept(store, ANN, ROW_DAYS + 1, b"ancient", "GONE-1")
    stopped = tidying(store, settings)
    stopped.stop()
    assert await stopped.once()
    assert await store.interactions.get(row.id) == row


async def test_a_photo_that_cannot_be_deleted_keeps_nobody_from_starting(
    store: Store, settings: Settings
) -> None:
    stuck = await kept(store, ANN, ROW_DAYS + 1, b"stuck", "GONE-1")
    make_stuck(store, stuck.photo)
    assert not await tidying(store, settings).once()
    again = await Store.open(settings.database_url, settings.photo_dir)
    assert await held(again.database, str(stuck.photo)) == {"doomed_photos": 1}
    await again.close()


@pytest.mark.parametrize(
    ("photos", "rows", "said"),
    [
        (PHOTO_DAYS, ROW_DAYS, ("For 100 days at most", "deleted after 30 days")),
        (0, ROW_DAYS, ("For 100 days at most",)),
        (PHOTO_DAYS, 0, ("Until you delete it", "deleted after 30 days")),
    ],
)
async def test_privacy_tells_the_days(
    store: Store, settings: Settings, photos: int, rows: int, said: tuple[str, ...]
) -> None:
    days = {"retention_photos_days": photos, "retention_rows_days": rows}
    manners = settings.model_copy(update=days).manners
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(FakeReader(), FakePrices(), *tables, lambda: NOON, manners=manners)
    replies = RecordingReplies()
    await conversation.handle(ANN, CommandSent("p", "privacy", ""), replies)
    for words in said:
        assert words in replies.text
    assert ("deleted after" in replies.text) == bool(photos)
