"""Calls counted over tasks and processes."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from storage.store import Store
from storage.tables.price_calls import CallsUsed, PriceCalls

NOW = datetime(2026, 11, 21, tzinfo=UTC)

WORKER = """
import asyncio, sys
from datetime import UTC, datetime
from storage.database import Database
from storage.tables.price_calls import PriceCalls

async def work(url):
    database = await Database.open(url)
    calls = PriceCalls(database)
    now = datetime.now(UTC)
    print(sum([await calls.take("naver", "2026-11-21", 25, now) for _ in range(20)]))
    await database.close()

asyncio.run(work(sys.argv[1]))
"""


async def test_no_call_beyond_the_limit(store: Store) -> None:
    calls = store.price_calls
    taken = await asyncio.gather(*(calls.take("naver", "2026-11-21", 7, NOW) for _ in range(20)))
    assert taken.count(True) == 7
    assert await calls.used("naver", "2026-11-21") == CallsUsed(7)
    assert await calls.take("naver", "2026-11-22", 7, NOW)  # another day
    assert await calls.take("elevenst", "2026-11-21", 7, NOW)  # another quota
    assert await calls.used("serpapi", "2026-11") == CallsUsed()


async def test_without_a_limit_calls_are_counted(store: Store) -> None:
    for _ in range(3):
        assert await store.price_calls.take("naver", "2026-11-21", 0, NOW)
    assert (await store.price_calls.used("naver", "2026-11-21")).calls == 3


async def test_what_the_service_says_counts_too(store: Store) -> None:
    calls, until = store.price_calls, NOW + timedelta(hours=3)
    await calls.spend("naver", "2026-11-21", until)
    assert not await calls.take("naver", "2026-11-21", 100, NOW)
    assert await calls.used("naver", "2026-11-21") == CallsUsed(0, until)
    assert await calls.take("naver", "2026-11-21", 100, until)


async def test_processes_together_stay_within_the_limit(store: Store, ready_url: str) -> None:
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", WORKER, ready_url, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    outputs = [(await worker.communicate())[0] for worker in workers]
    assert sum(int(output) for output in outputs) == 25
    assert (await PriceCalls(store.database).used("naver", "2026-11-21")).calls == 25
