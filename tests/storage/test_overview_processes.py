"""Several processes count the operator's figures at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import Database
from storage.store import Store
from storage.tables.overview import Overview
from storage.types import Status
from tests.storage.contract import on_sqlite
from tests.storage.figures import DAY, EVER, MINUTE, NOW, TODAY, agrees, sent
from tests.waiting import PATIENCE_S

COUNTING = """
import asyncio, sys
from datetime import datetime, timedelta
from storage.database import Database
from storage.tables.overview import Overview

async def work(url, now):
    database = await Database.open(url)
    sys.stdout.write("open\\n"); sys.stdout.flush()
    sys.stdin.readline()
    for minute in range(15):
        await Overview(database).recount(now + timedelta(minutes=minute))
    await database.close()

asyncio.run(work(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
"""


async def start(url: str) -> asyncio.subprocess.Process:
    """A process that has the database open and waits for a line."""
    pipe = subprocess.PIPE
    arguments = (sys.executable, "-c", COUNTING, url, NOW.isoformat())
    counter = await asyncio.create_subprocess_exec(*arguments, stdin=pipe, stdout=pipe, stderr=pipe)
    assert counter.stdout is not None
    assert await counter.stdout.readline() == b"open\n"
    return counter


async def test_several_processes_count_at_once_while_rows_change(
    store: Store, ready_url: str
) -> None:
    rows = [await sent(store, NOW - days * DAY) for days in range(12)]
    counters = [await start(ready_url) for _ in range(3)]
    for counter in counters:
        assert counter.stdin is not None
        counter.stdin.write(b"go\n")
    for number, row in enumerate(rows[:6]):
        rows[number] = replace(row, status=Status.REFUSED, updated_at=NOW + number * MINUTE)
        await store.interactions.save(rows[number])
    for counter in counters:
        _, errors = await asyncio.wait_for(counter.communicate(), PATIENCE_S)
        assert (errors, counter.returncode) == (b"", 0)
    await store.overview.recount(NOW + 60 * MINUTE)
    await agrees(store.overview, rows)


class HeldUp(Database):
    """Has a count's writing wait until it may go on."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.has_read, self.may_write = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def alone(self, table: sa.Table) -> AsyncIterator[AsyncConnection]:
        self.has_read.set()
        await self.may_write.wait()
        async with super().alone(table) as connection:
            yield connection


async def test_a_slow_process_does_not_undo_what_another_one_counted_later(
    store: Store, ready_url: str
) -> None:
    row = await sent(store, NOW - timedelta(hours=1))
    slow = await HeldUp.open(ready_url)
    assert isinstance(slow, HeldUp)
    counting = asyncio.create_task(Overview(slow).recount(NOW))
    await slow.has_read.wait()
    await store.interactions.save(replace(row, status=Status.REFUSED, updated_at=NOW))
    assert await store.overview.recount(NOW + MINUTE) == (TODAY,)
    slow.may_write.set()
    counted = await counting
    await slow.close()
    assert counted == ()
    assert (await store.overview.figures(*EVER, "day"))[0].refused == 1


@on_sqlite
async def test_looking_whether_something_changed_waits_for_no_writer(store: Store) -> None:
    await sent(store, NOW - timedelta(hours=1))
    await store.overview.recount(NOW)
    writing = store.database.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
    async with writing.begin():
        assert await store.overview.recount(NOW) == ()
