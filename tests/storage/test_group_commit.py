"""Writers that share a commit: each writes all of its own or nothing, and knows which."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from storage import schema
from storage.database import Database
from storage.errors import DatabaseAway, DatabaseError
from tests.fakes.database import tables_in

_people = schema.people


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{tables_in(tmp_path / 'p.db')}")
    yield database
    await database.close()


def row(user: str) -> dict[str, object]:
    values: dict[str, object] = {"channel": "web", "user_id": user}
    for column in _people.columns:
        if not column.nullable and column.name not in values and not column.primary_key:
            values[column.name] = ""
    return values


async def write(database: Database, user: str, times: int = 1) -> None:
    async with database.begin() as connection:
        for _ in range(times):
            await connection.execute(sa.insert(_people).values(row(user)))
            await asyncio.sleep(0)


async def users(database: Database) -> set[str]:
    async with database.read() as connection:
        return set(await connection.scalars(sa.select(_people.c.user_id)))


async def test_writers_that_wait_share_a_commit(database: Database) -> None:
    commits = []
    event.listen(database.engine.sync_engine, "commit", lambda _: commits.append(1))
    await asyncio.gather(*(write(database, f"u{number}") for number in range(40)))
    assert await users(database) == {f"u{number}" for number in range(40)}
    assert len(commits) <= 5  # with the reading one


async def test_one_that_fails_takes_back_its_own_alone(database: Database) -> None:
    writers = [write(database, f"u{n}", 2 if n == 3 else 1) for n in range(8)]
    told = await asyncio.gather(*writers, return_exceptions=True)
    assert [n for n, error in enumerate(told) if error] == [3]
    assert isinstance(told[3], DatabaseError)
    assert await users(database) == {f"u{n}" for n in range(8) if n != 3}


async def test_one_that_is_cancelled_takes_back_its_own_alone(database: Database) -> None:
    begun = asyncio.Event()

    async def stuck() -> None:
        async with database.begin() as connection:
            await connection.execute(sa.insert(_people).values(row("stuck")))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    others = [asyncio.create_task(write(database, f"u{n}")) for n in range(3)]
    await begun.wait()
    others[1].cancel()  # it waits
    task.cancel()
    await asyncio.gather(task, *others, return_exceptions=True)
    assert await users(database) == {"u0", "u2"}
    await write(database, "later")
    assert "later" in await users(database)


async def test_the_last_one_that_waits_may_go(database: Database) -> None:
    """Who writes before it is told all the same."""
    inside, go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.begin() as connection:
            await connection.execute(sa.insert(_people).values(row("first")))
            inside.set()
            await go.wait()

    writing = asyncio.create_task(first())
    await inside.wait()
    waiting = asyncio.create_task(write(database, "gone"))
    await asyncio.sleep(0.01)
    go.set()
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait_for(writing, 30)
    assert "first" in await users(database)


async def test_where_the_commit_fails_all_of_them_are_told(
    database: Database, tmp_path: Path
) -> None:
    async with database.begin() as connection:
        pages = await connection.scalar(sa.text("PRAGMA page_count"))
        await connection.execute(sa.text(f"PRAGMA max_page_count={pages}"))
    big = [write(database, f"{n}" + "x" * 200_000) for n in range(6)]
    told = await asyncio.gather(*big, return_exceptions=True)
    assert all(isinstance(error, DatabaseAway) for error in told), told
    assert await users(database) == set()


async def test_what_was_told_to_be_written_is_on_the_disk(
    database: Database, tmp_path: Path
) -> None:
    async def check(user: str) -> bool:
        await write(database, user)
        with closing(sqlite3.connect(tmp_path / "p.db")) as other:
            found = other.execute("SELECT 1 FROM people WHERE user_id = ?", (user,)).fetchone()
        return found is not None

    assert all(await asyncio.gather(*(check(f"u{n}") for n in range(10))))


async def test_long_lists_are_read_in_parts(database: Database) -> None:
    async with database.begin() as connection:
        await connection.execute(sa.insert(_people), [row(f"{n:05}") for n in range(1203)])
    query = sa.select(_people.c.user_id).order_by(_people.c.user_id)
    wanted = [f"{n:05}" for n in range(1203)]
    async with database.read() as connection:
        assert list(await connection.scalars(query)) == wanted
        async with connection.stream_scalars(query) as found:
            assert [each async for each in found] == wanted
        async with connection.stream_scalars(query) as found:
            assert await found.fetchmany(700) == wanted[:700]  # and the rest is left
        assert await connection.scalar(sa.select(sa.func.count()).select_from(_people)) == 1203
