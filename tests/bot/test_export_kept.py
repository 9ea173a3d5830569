"""`/export json` over the real tables: what is kept beside the rows is in it, too."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.types import CommandSent
from storage.store import Store
from storage.types import Who
from storage.watch_types import WatchSet
from tests.bot.room import ANN, MINSU, NOON
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies

LATER = NOON + timedelta(hours=6)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    yield store
    await store.close()


async def exported(store: Store, who: Who, kind: str = "json") -> RecordingReplies:
    memory = Memory(watches=store.watches, told=store.told, kept=store.kept)
    tables = store.interactions, store.people, store.photos
    conversation = Conversation(FakeReader(), FakePrices(), *tables, lambda: NOON, memory=memory)
    replies = RecordingReplies()
    await conversation.handle(who, CommandSent("export", "export", kind), replies)
    return replies


def content(replies: RecordingReplies) -> dict[str, Any]:
    assert replies.last.document is not None
    found: dict[str, Any] = json.loads(replies.last.document.content)
    return found


async def watch(store: Store, who: Who, code: str, below: int | None) -> None:
    wanted = WatchSet(code, below, 129_000, LATER)
    await store.watches.switch_on(who, wanted, "en", f"on-{code}", NOON, 10)


async def test_settings_watches_and_searches_are_in_it(store: Store) -> None:
    await watch(store, ANN, "DD1391-100", 100_000)
    await watch(store, ANN, "FU9006", None)
    await store.watches.switch_off(ANN, "FU9006", "off", LATER)
    await watch(store, MINSU, "M2002RXD", None)
    await store.people.choose_language(ANN, "en")
    await store.people.answer_consent(ANN, True, NOON)
    for number, term in enumerate(("나이키", "adidas")):
        await store.people.remember_search(ANN, term, NOON + timedelta(seconds=number))
    await store.people.remember_search(MINSU, "another's", NOON)
    await store.told.once(ANN, "spent:naver", NOON.date(), "event")

    replies = await exported(store, ANN)
    assert "No records yet" in replies.text
    found = content(replies)
    person = found["person"]
    assert (person["language"], person["training_consent"]) == ("en", True)
    assert person["training_consent_at"] == NOON.isoformat()
    watched = [(each["code"], each["active"], each["below_won"]) for each in person["watches"]]
    assert watched == [("DD1391-100", True, 100_000), ("FU9006", False, None)]
    assert person["watches"][0]["last_won"] == 129_000
    assert [search["term"] for search in person["searches"]] == ["adidas", "나이키"]
    assert person["told"] == [{"topic": "spent:naver", "day": NOON.date().isoformat()}]
    assert "another's" not in json.dumps(found)
    assert "M2002RXD" not in json.dumps(found)
    assert found["interactions"] == []


async def test_whoever_left_nothing_gets_no_file(store: Store) -> None:
    await watch(store, ANN, "DD1391-100", None)
    assert (await exported(store, MINSU)).last.document is None
    assert (await exported(store, ANN, "csv")).last.document is None  # has no place for watches
    await store.people.forget(ANN)
    assert (await exported(store, ANN)).last.document is None
