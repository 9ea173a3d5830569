"""Which process answers a turn of the web chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.store import Store
from storage.types import Lease, Who

ANN = Who("web", "ann")
LONG, SHORT = timedelta(minutes=5), timedelta(milliseconds=20)


async def test_one_process_answers_a_turn_and_keeps_it(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    takers = [
        store.chat.begin_answer(entry, Lease(LONG, f"process-{number}")) for number in range(6)
    ]
    attempts = await asyncio.gather(*takers)
    assert sorted(attempts) == [0, 0, 0, 0, 0, 1]
    owner = f"process-{attempts.index(1)}"
    await store.chat.say(ANN, "turn-1", "half an answer", None)
    assert await store.chat.begin_answer(entry, Lease(LONG, "another")) == 0
    assert len(await store.chat.entries(ANN)) == 2  # nobody else drops it
    assert await store.chat.is_pending(entry)
    await store.chat.close_turn(entry)
    assert not await store.chat.is_pending(entry)
    assert await store.chat.begin_answer(entry, Lease(LONG, owner)) == 0


async def test_what_a_dead_process_held_is_taken_and_its_half_answer_dropped(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    assert await store.chat.begin_answer(entry, Lease(SHORT, "dead")) == 1
    await store.chat.say(ANN, "turn-1", "half an answer", None)
    await asyncio.sleep(0.1)
    assert await store.chat.begin_answer(entry, Lease(LONG, "next")) == 2
    assert [kept.id for kept in await store.chat.entries(ANN)] == [entry.id]


async def test_a_hold_is_renewed_and_given_back(store: Store) -> None:
    entry, _ = await store.chat.open_turn(ANN, "turn-1", "{}", None)
    await store.chat.begin_answer(entry, Lease(SHORT, "first"))
    await store.chat.renew(Lease(LONG, "first"))
    await asyncio.sleep(0.1)
    await store.chat.release("second")  # holds nothing
    assert await store.chat.begin_answer(entry, Lease(LONG, "second")) == 0
    await store.chat.release("first")
    assert await store.chat.begin_answer(entry, Lease(LONG, "second")) == 2
