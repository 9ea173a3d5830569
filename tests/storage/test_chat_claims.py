"""Which process answers a turn of the web chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.store import Store
from storage.types import Who

ANN = Who("web", "ann")
LONG, SHORT = timedelta(minutes=5), timedelta(milliseconds=20)


async def test_one_process_answers_a_turn_and_keeps_it(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    takers = [store.chat.begin_answer(entry, f"process-{number}", LONG) for number in range(6)]
    attempts = await asyncio.gather(*takers)
    assert sorted(attempts) == [0, 0, 0, 0, 0, 1]
    owner = f"process-{attempts.index(1)}"
    await store.chat.say(ANN, "turn-1", "half an answer", None)
    assert await store.chat.begin_answer(entry, "another", LONG) == 0
    assert len(await store.chat.entries(ANN)) == 2  # nobody else drops it
    assert await store.chat.is_pending(entry)
    await store.chat.close_turn(entry)
    assert not await store.chat.is_pending(entry)
    assert await store.chat.begin_answer(entry, owner, LONG) == 0


async def test_what_a_dead_process_held_is_taken_and_its_half_answer_dropped(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    assert await store.chat.begin_answer(entry, "dead", SHORT) == 1
    await store.chat.say(ANN, "turn-1", "half an answer", None)
    await asyncio.sleep(0.1)
    assert await store.chat.begin_answer(entry, "next", LONG) == 2
    assert [kept.id for kept in await store.chat.entries(ANN)] == [entry.id]


async def test_a_hold_is_renewed_and_given_back(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    await store.chat.begin_answer(entry, "first", SHORT)
    await store.chat.renew("first", LONG)
    await asyncio.sleep(0.1)
    await store.chat.renew("second", None)  # holds nothing
    assert await store.chat.begin_answer(entry, "second", LONG) == 0
    await store.chat.renew("first", None)
    assert await store.chat.begin_answer(entry, "second", LONG) == 2
