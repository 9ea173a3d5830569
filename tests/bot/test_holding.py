"""A process's hold on its work: renewed while busy, through failures, given back at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.talk.holding import Holding
from storage.errors import DatabaseError
from storage.types import Lease
from tests.waiting import PATIENCE_S

LENGTH = timedelta(seconds=5)
OFTEN_S = 0.01


class Table:
    """Remembers what it was asked; `error` is raised instead where it is set."""

    def __init__(self) -> None:
        self.renewed: list[Lease] = []
        self.released: list[str] = []
        self.looks = 0
        self.asked = 0
        self.error: Exception | None = None

    async def renew(self, lease: Lease) -> None:
        self._ask()
        self.renewed.append(lease)

    async def release(self, owner: str) -> None:
        self._ask()
        self.released.append(owner)

    async def look(self) -> None:
        self._ask()
        self.looks += 1

    def _ask(self) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error

    async def until(self, asked: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.asked < asked:  # noqa: ASYNC110 - counted by the code that is tested
                await asyncio.sleep(OFTEN_S)


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def holding(table: Table) -> Holding:
    return Holding("parcels", LENGTH, table.renew, table.release)


@asynccontextmanager
async def kept(
    holding: Holding, table: Table, *, busy: bool = True, every_s: float = OFTEN_S, **more: bool
) -> AsyncIterator[None]:
    task = asyncio.create_task(holding.keep(every_s, lambda: busy, table.look, **more))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_no_two_holders_have_one_name(table: Table) -> None:
    leases = [Holding("x", LENGTH, table.renew, table.release).lease for _ in range(50)]
    assert len({lease.owner for lease in leases}) == 50
    assert {lease.length for lease in leases} == {LENGTH}


async def test_it_is_renewed_while_there_is_work(table: Table, holding: Holding) -> None:
    async with kept(holding, table):
        await table.until(asked=6)
    assert set(table.renewed) == {holding.lease}
    assert len(table.renewed) >= 3


async def test_without_work_it_only_looks(table: Table, holding: Holding) -> None:
    async with kept(holding, table, busy=False):
        await table.until(asked=3)
    assert (table.renewed, table.looks) == ([], table.asked)


async def test_it_can_look_at_once(table: Table, holding: Holding) -> None:
    async with kept(holding, table, every_s=3600, at_once=True):
        await table.until(asked=2)
    assert (len(table.renewed), table.looks) == (1, 1)


async def test_a_failing_database_ends_nothing(
    table: Table, holding: Holding, caplog: pytest.LogCaptureFixture
) -> None:
    table.error = DatabaseError("the disk is gone")
    async with kept(holding, table):
        await table.until(asked=3)
        assert (table.renewed, table.looks) == ([], 0)
        table.error = None
        await table.until(asked=table.asked + 4)
    assert len(table.renewed) >= 1
    assert "the hold on parcels could not be renewed" in caplog.text
    assert "the disk is gone" in caplog.text


async def test_it_is_given_back(table: Table, holding: Holding) -> None:
    await holding.release()
    assert table.released == [holding.lease.owner]


async def test_giving_back_never_raises(
    table: Table, holding: Holding, caplog: pytest.LogCaptureFixture
) -> None:
    table.error = DatabaseError("the disk is gone")
    with caplog.at_level(logging.ERROR):
        await holding.release()
    assert "parcels stay held for 5 s" in caplog.text
