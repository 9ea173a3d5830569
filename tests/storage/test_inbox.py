"""Updates are stored once, answered once, and leave nothing of the person behind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from storage import schema
from storage.store import Store
from storage.tables.channels.inbox import Inbox
from storage.types import InboxItem, Lease, Who

NOW = datetime(2024, 5, 17, tzinfo=UTC)
LEASE = Lease(timedelta(seconds=10))


async def test_a_key_is_taken_once_for_each_channel(store: Store) -> None:
    assert await store.inbox.put("telegram", "1", "first")
    assert not await store.inbox.put("telegram", "1", "second")
    assert await store.inbox.put("kakao", "1", "other")
    assert await store.inbox.pending("telegram") == [InboxItem("telegram", "1", "first", "", 0)]


async def test_the_same_update_at_once_is_stored_once(store: Store) -> None:
    taken = await asyncio.gather(*(store.inbox.put("telegram", "1", "x") for _ in range(8)))
    assert sum(taken) == 1


async def test_many_are_stored_in_order_and_only_the_new_ones(store: Store) -> None:
    await store.inbox.put("telegram", "2", "old")
    new = await store.inbox.put_many(
        "telegram", [("3", "c"), ("2", "b"), ("1", "a", "7"), ("3", "again")]
    )
    assert new == ("3", "1")
    assert [item.key for item in await store.inbox.pending("telegram")] == ["2", "3", "1"]
    assert [item.key for item in await store.inbox.pending("telegram", limit=2)] == ["2", "3"]
    assert await store.inbox.put_many("telegram", []) == ()


async def test_notes_and_attempts_are_remembered(store: Store) -> None:
    await store.inbox.put_many("telegram", [("1", "{}")], LEASE)
    assert await store.inbox.note("telegram", "1", "message 5", LEASE)
    assert [await store.inbox.attempt("telegram", "1") for _ in range(3)] == [1, 2, 3]
    assert await store.inbox.pending("telegram") == [
        InboxItem("telegram", "1", "{}", "message 5", 3)
    ]


async def test_finished_updates_are_known_by_their_note_alone(store: Store) -> None:
    for key in ("1", "2"):
        await store.inbox.put_many("telegram", [(key, "private words")], LEASE)
        assert await store.inbox.note("telegram", key, f"numbers {key}", LEASE)
    await store.inbox.done("telegram", "1")
    await store.inbox.fail("telegram", "2", "gave up after 5 attempts")
    assert await store.inbox.pending("telegram") == []
    assert not await store.inbox.put("telegram", "1", "private words")
    assert not await store.inbox.put("telegram", "2", "private words")
    async with store.database.read() as connection:
        columns = (schema.inbox.c.state, schema.inbox.c.payload, schema.inbox.c.note)
        found = await connection.execute(sa.select(*columns, schema.inbox.c.reason))
        rows = [tuple(row) for row in found]
    why = "gave up after 5 attempts"
    assert rows == [("done", "", "numbers 1", ""), ("failed", "", "numbers 2", why)]
    assert await store.inbox.notes("telegram", "") == {"1": "numbers 1", "2": "numbers 2"}
    assert await store.inbox.notes("telegram", "somebody") == {}


async def test_only_who_holds_an_update_writes_its_note_and_holds_on_to_it(store: Store) -> None:
    now = NOW
    inbox, other = Inbox(store.database, clock=lambda: now), Lease(LEASE.length)
    await inbox.put_many("telegram", [("1", "{}")], LEASE)
    assert not await inbox.note("telegram", "1", "theirs", other)
    for _ in range(3):
        now += LEASE.length * 0.9
        assert await inbox.note("telegram", "1", "mine", LEASE)
        assert await inbox.take("telegram", other) == []
    now += LEASE.length * 1.1
    assert [item.note for item in await inbox.take("telegram", other)] == ["mine"]
    assert not await inbox.note("telegram", "1", "late", LEASE)
    assert await inbox.note("telegram", "1", "theirs", other)
    await inbox.done("telegram", "1")
    assert not await inbox.note("telegram", "1", "after the end", other)
    assert await inbox.notes("telegram", "") == {"1": "theirs"}


async def test_what_one_holds_lapses_together_and_is_taken_in_order(store: Store) -> None:
    now = NOW
    inbox, other = Inbox(store.database, clock=lambda: now), Lease(LEASE.length)
    for key in "123":
        await inbox.put_many("telegram", [(key, "{}")], LEASE)
    now += LEASE.length * 0.5
    assert await inbox.note("telegram", "1", "message 5", LEASE)
    now += LEASE.length * 0.9
    assert await inbox.take("telegram", other) == []
    now += LEASE.length * 0.2
    taken = await inbox.take("telegram", other)
    assert [(item.key, item.note) for item in taken] == [("1", "message 5"), ("2", ""), ("3", "")]


async def test_what_answers_no_update_is_noted_and_never_waits(store: Store) -> None:
    await store.inbox.told("telegram", "tgt:1", "in doubt", "7")
    await store.inbox.told("telegram", "tgt:1", "message 5", "7")
    assert await store.inbox.notes("telegram", "7") == {"tgt:1": "message 5"}
    assert await store.inbox.pending("telegram") == []
    assert await store.inbox.sweep(datetime.now(UTC) + timedelta(days=1)) == 1


async def test_sweep_forgets_what_was_finished_long_ago(store: Store) -> None:
    now = NOW
    inbox = Inbox(store.database, clock=lambda: now)
    for key in ("old", "new", "waiting"):
        await inbox.put("telegram", key, "{}")
    await inbox.done("telegram", "old")
    now = NOW + timedelta(days=5)
    await inbox.fail("telegram", "new", "reason")
    assert await inbox.sweep(NOW + timedelta(days=3)) == 1
    assert await inbox.put("telegram", "old", "{}")
    assert not await inbox.put("telegram", "new", "{}")
    assert [item.key for item in await inbox.pending("telegram")] == ["waiting", "old"]


async def test_a_person_takes_their_updates_along(store: Store) -> None:
    await store.inbox.put("telegram", "1", "{}", user="7")
    await store.inbox.put("telegram", "2", "{}", user="8")
    assert await store.people.forget(Who("telegram", "7")) == 1
    assert [item.key for item in await store.inbox.pending("telegram")] == ["2"]


async def test_calls_about_a_row_that_is_gone_do_nothing(store: Store) -> None:
    assert await store.inbox.attempt("telegram", "gone") == 0
    assert not await store.inbox.note("telegram", "gone", "note", LEASE)
    await store.inbox.done("telegram", "gone")
    await store.inbox.fail("telegram", "gone", "reason")
    assert await store.inbox.put("telegram", "gone", "{}")


async def test_what_waited_waits_after_a_restart(
    store: Store, ready_url: str, tmp_path: Path
) -> None:
    await store.inbox.put("telegram", "1", "{}")
    await store.inbox.attempt("telegram", "1")
    await store.close()
    again = await Store.open(ready_url, tmp_path / "photos")
    assert await again.inbox.pending("telegram") == [InboxItem("telegram", "1", "{}", "", 1)]
    await again.close()


def lease(owner: str, seconds: int = 60) -> Lease:
    return Lease(timedelta(seconds=seconds), owner)


async def test_what_one_process_holds_no_other_takes(store: Store) -> None:
    inbox = Inbox(store.database, clock=lambda: NOW)
    await inbox.put_many("telegram", [("1", "a"), ("2", "b")], lease("one"))
    await inbox.put_many("telegram", [("3", "c"), ("4", "d")])
    assert [item.key for item in await inbox.take("telegram", lease("two"))] == ["3", "4"]
    assert await inbox.take("telegram", lease("two")) == []
    assert await inbox.attempt("telegram", "1", "one") == 1
    assert await inbox.attempt("telegram", "1", "two") == 0
    await inbox.done("telegram", "1")
    assert await inbox.attempt("telegram", "1", "one") == 0
    assert await inbox.waiting("telegram", ["1", "2", "9"]) == {"2"}


async def test_a_hold_that_is_not_renewed_lapses(store: Store) -> None:
    now = NOW
    inbox = Inbox(store.database, clock=lambda: now)
    await inbox.put_many("telegram", [("1", "a"), ("2", "b")], lease("one"))
    now = NOW + timedelta(seconds=50)
    assert await inbox.renew("telegram", lease("one", seconds=70)) == 2
    now = NOW + timedelta(seconds=90)
    assert await inbox.take("telegram", lease("two", seconds=70)) == []
    now = NOW + timedelta(minutes=3)
    assert [item.key for item in await inbox.take("telegram", lease("two", seconds=70))] == [
        "1",
        "2",
    ]
    assert await inbox.attempt("telegram", "1", "one") == 0


async def test_what_is_let_go_is_taken_at_once_and_by_one(store: Store) -> None:
    inbox = Inbox(store.database, clock=lambda: NOW)
    await inbox.put_many("telegram", [(str(number), "x") for number in range(20)], lease("one"))
    await inbox.release("telegram", "one")
    taken = await asyncio.gather(*(inbox.take("telegram", lease(f"p{n}")) for n in range(5)))
    assert sorted(len(items) for items in taken) == [0, 0, 0, 0, 20]
