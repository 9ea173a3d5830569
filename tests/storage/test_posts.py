"""Which message answers which: kept once, found from both sides, forgotten with the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.store import Store
from storage.types import Post, Who

NOW = datetime(2024, 5, 17, tzinfo=UTC)
FIRST = Post("telegram", -100, 7, "1001", "tg:1", NOW, album="A")


async def test_a_message_is_found_by_itself_its_answer_and_its_row(store: Store) -> None:
    await store.posts.seen([FIRST])
    answered = replace(FIRST, answer=9, interaction=3, code="DD1391-100", content="photo:x")
    await store.posts.save(answered)
    await store.posts.seen([replace(FIRST, user="someone else")])  # delivered again
    assert await store.posts.get("telegram", -100, 7) == answered
    assert await store.posts.of_answer("telegram", -100, 9) == answered
    assert await store.posts.of_interaction("telegram", "1001", 3) == answered
    assert await store.posts.of_interaction("telegram", "1002", 3) is None
    assert await store.posts.get("telegram", 100, 7) is None


async def test_the_messages_of_an_album_come_in_order_and_are_counted(store: Store) -> None:
    posts = [replace(FIRST, message=number) for number in (9, 7, 8)]
    await store.posts.seen([*posts, replace(FIRST, message=6, album="B")])
    await store.posts.sum_up("telegram", -100, [7, 9], 50)
    found = await store.posts.album("telegram", -100, "A")
    assert [(post.message, post.summary, post.counted) for post in found] == [
        (7, 50, True),
        (8, None, False),
        (9, 50, True),
    ]


async def test_old_messages_are_swept_and_a_person_takes_theirs_along(store: Store) -> None:
    await store.posts.seen([FIRST, replace(FIRST, message=8, user="1002")])
    await store.posts.save(replace(FIRST, message=9, seen_at=NOW - timedelta(days=8)))
    assert await store.posts.sweep(NOW - timedelta(days=7)) == 1
    await store.people.forget(Who("telegram", "1001"))
    assert await store.posts.get("telegram", -100, 7) is None
    assert await store.posts.get("telegram", -100, 8) is not None
