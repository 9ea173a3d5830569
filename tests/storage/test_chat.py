"""The web chat's transcript: turns open once, answers start over after a crash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.channels.web.types import ChatLog
from storage.photos.jpeg_size import HEAD_BYTES, jpeg_size
from storage.store import Store
from storage.tables.channels import chat_tidying
from storage.tables.channels.chat import ChatTable
from storage.types import Lease, Who
from tests.fakes.reader import tag_jpeg
from tests.fakes.uploads import sent_to_chat

MINA, JUN = Who("web", "mina"), Who("web", "jun")
LEASE = Lease(timedelta(seconds=5))


async def test_it_is_what_the_web_chat_asks_for(store: Store) -> None:
    log: ChatLog = store.chat
    assert list(await log.entries(MINA)) == []


async def test_a_turn_opens_once_for_each_person(store: Store) -> None:
    first, made = await sent_to_chat(store, MINA, "turn-1", b"jpeg", '{"a":1}')
    again, remade = await sent_to_chat(store, MINA, "turn-1", b"other", '{"a":2}')
    _, others = await store.chat.open_turn(JUN, "turn-1", "{}", None)
    assert (made, remade, others) == (True, False, True)
    assert again == first
    assert (first.author, first.body, first.pending) == ("person", '{"a":1}', True)
    assert await store.chat.upload(first.id) == b"jpeg"


async def test_half_an_answer_is_dropped_when_it_starts_over(store: Store) -> None:
    earlier = await store.chat.say(MINA, "turn-0", "before", None)
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"jpeg")
    assert await store.chat.begin_answer(entry, LEASE) == 1
    await store.chat.say(MINA, "turn-1", "half", None)
    assert [row.id for row in await store.chat.unanswered(LEASE)] == [entry.id]
    assert await store.chat.begin_answer(entry, LEASE) == 2
    whole = await store.chat.say(MINA, "turn-1", "whole", b"picture")
    await store.chat.close_turn(entry)
    kept = await store.chat.entries(MINA)
    assert [row.id for row in kept] == [earlier.id, entry.id, whole.id]
    assert [row.has_image for row in kept] == [False, False, True]
    assert list(await store.chat.entries(MINA, after=entry.id)) == [whole]
    assert list(await store.chat.unanswered(LEASE)) == []
    assert await store.chat.upload(entry.id) is None


async def test_a_change_keeps_the_picture_unless_one_is_given(store: Store) -> None:
    said = await store.chat.say(MINA, "turn-1", "one", b"first")
    changed = await store.chat.change(MINA, said.id, "two", None)
    assert changed is not None
    assert (changed.body, changed.version, changed.has_image) == ("two", 2, True)
    assert await store.chat.image(MINA, said.id) == b"first"
    await store.chat.change(MINA, said.id, "three", b"second")
    assert await store.chat.image(MINA, said.id) == b"second"


async def test_others_entries_are_out_of_reach(store: Store) -> None:
    said = await store.chat.say(MINA, "turn-1", "mine", b"picture")
    opened, _ = await store.chat.open_turn(MINA, "turn-2", "{}", None)
    assert await store.chat.image(JUN, said.id) is None
    assert await store.chat.change(JUN, said.id, "taken", None) is None
    assert await store.chat.change(MINA, opened.id, "not the bot's", None) is None
    assert list(await store.chat.entries(JUN)) == []


async def test_a_forgotten_turn_does_not_come_back(store: Store) -> None:
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"jpeg")
    await store.people.forget(MINA)
    assert await store.chat.begin_answer(entry, LEASE) == 0
    await store.chat.close_turn(entry)
    assert list(await store.chat.entries(MINA)) == []
    assert await store.chat.upload(entry.id) is None


async def test_a_file_stays_with_its_entry_and_with_its_person(store: Store) -> None:
    said = await store.chat.say(MINA, "turn-1", "{}", None, b"a,b\n")
    assert await store.chat.document(MINA, said.id) == ("{}", b"a,b\n")
    assert await store.chat.document(JUN, said.id) is None
    await store.chat.change(MINA, said.id, "{}", None)
    assert await store.chat.document(MINA, said.id) is None


async def test_an_upload_is_its_owners(store: Store) -> None:
    entry, _ = await sent_to_chat(store, MINA, "turn-1", b"jpeg")
    assert await store.chat.upload(entry.id, MINA) == b"jpeg"
    assert await store.chat.upload(entry.id, JUN) is None


async def test_the_index_tells_what_changed(store: Store) -> None:
    first = await store.chat.say(MINA, "turn-1", "one", None)
    second = await store.chat.say(MINA, "turn-2", "two", None)
    await store.chat.say(JUN, "turn-1", "other", None)
    await store.chat.change(MINA, first.id, "one!", None)
    assert list(await store.chat.index(MINA)) == [(first.id, 2, False), (second.id, 1, False)]


async def test_sweeping_drops_the_old_and_what_is_too_much(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 20
    monkeypatch.setattr(chat_tidying, "MOST_ENTRIES_KEPT", most)
    clock = [datetime(2026, 1, 1, tzinfo=UTC)]
    chat = ChatTable(store.database, store.photos, lambda: clock[0])
    await chat.say(MINA, "turn-0", "old", b"picture")
    waiting, _ = await sent_to_chat(store, MINA, "turn-1", b"jpeg")
    clock[0] += timedelta(days=100)
    kept = [await chat.say(JUN, f"turn-{n}", "young", None) for n in range(most + 3)]
    assert await chat.sweep(clock[0] - timedelta(days=90)) == 1 + 3
    assert [entry.id for entry in await chat.entries(MINA)] == [waiting.id]
    assert (await chat.entries(JUN))[-1].id == kept[-1].id
    assert await chat.sweep(clock[0] - timedelta(days=90)) == 0


async def test_a_picture_may_look_otherwise_on_dark_pages(store: Store) -> None:
    said = await store.chat.say(MINA, "turn-1", "{}", b"light", dark=b"dark")
    assert said.has_dark
    assert await store.chat.image(MINA, said.id) == b"light"
    assert await store.chat.image(MINA, said.id, dark=True) == b"dark"
    kept = await store.chat.change(MINA, said.id, "{}", None)
    assert kept is not None
    assert kept.has_dark
    other = await store.chat.change(MINA, said.id, "{}", b"photo")
    assert other is not None
    assert not other.has_dark
    assert await store.chat.image(MINA, said.id, dark=True) == b"photo"


async def test_entries_come_in_pages_and_with_their_pictures_size(store: Store) -> None:
    picture = tag_jpeg(width=640, height=480)
    said = [
        await store.chat.say(MINA, f"turn-{n}", "{}", picture if n == 2 else None) for n in range(5)
    ]
    ids = [entry.id for entry in said]
    page = await store.chat.entries(MINA, before=ids[4], most=3)
    assert [entry.id for entry in page] == ids[1:4]
    assert [entry.size for entry in page] == [None, (640, 480), None]
    assert [e.id for e in await store.chat.entries(MINA, ids[0], ids[2])] == [ids[1]]


@pytest.mark.parametrize("kept", [b"", b"picture", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x10JFIF"])
def test_what_is_no_jpeg_has_no_size(kept: bytes) -> None:
    assert jpeg_size(kept) is None


@pytest.mark.parametrize("progressive", [False, True])
def test_the_size_stands_in_the_first_bytes(progressive: bool) -> None:
    data = BytesIO()
    Image.new("RGB", (1234, 567), "red").save(data, "JPEG", progressive=progressive)
    assert jpeg_size(data.getvalue()[:HEAD_BYTES]) == (1234, 567)
