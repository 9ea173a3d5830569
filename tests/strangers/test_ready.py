"""/ready says yes when all has started, and only while something can be written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from bot.running.server import Readiness
from storage.errors import DatabaseError
from tests.fakes.app_process import application
from tests.fakes.locks import locked
from tests.strangers.processes import given
from tests.waiting import PATIENCE_S, until


async def state(url: str) -> tuple[int, dict[str, bool]]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/ready") as got:
        return got.status, await got.json()


async def test_a_database_that_can_only_be_read_is_not_ready(tmp_path: Path) -> None:
    async with application(given(tmp_path)) as (url, _):
        assert (await state(url))[0] == 200

        async def unready() -> bool:
            return (await state(url))[0] == 503

        with locked(tmp_path / "pumbeon.db"):
            await until(unready)
            assert (await state(url))[1]["database"] is False

        async def ready() -> bool:
            return (await state(url))[0] == 200

        await until(ready)


async def test_models_alone_are_not_all() -> None:
    async def database() -> None:
        return None

    readiness = Readiness(database)
    readiness.models = True
    assert (await readiness.state())["ready"] is False
    readiness.started = True
    assert (await readiness.state())["ready"] is True


async def test_many_who_ask_at_once_cost_one_try() -> None:
    tries = 0
    may_end = asyncio.Event()

    async def database() -> None:
        nonlocal tries
        tries += 1
        await may_end.wait()
        raise DatabaseError("full")

    readiness = Readiness(database, every_s=PATIENCE_S)
    asking = [asyncio.create_task(readiness.state()) for _ in range(20)]
    await asyncio.wait(asking, timeout=0.05)
    may_end.set()
    answers = await asyncio.gather(*asking)
    assert [each["database"] for each in answers] == [False] * 20
    assert (await readiness.state())["database"] is False
    assert tries == 1


async def test_a_database_that_never_answers_is_not_ready() -> None:
    async def database() -> None:
        await asyncio.Event().wait()

    assert (await Readiness(database, patience_s=0.05).state())["database"] is False
