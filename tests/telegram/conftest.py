"""A strict Bot API server, and a bench to start bots on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from tests.telegram.bench import Bench
from tests.telegram.zygote import Zygote


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def bench(server: TelegramServer, tmp_path: Path) -> Bench:
    return Bench(server, tmp_path)


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """What bots to be killed are forked from: its imports are paid for once."""
    zygote = Zygote()
    yield zygote
    zygote.end()


@pytest.fixture
def minji(server: TelegramServer) -> Person:
    return Person(server, 1001, "ko")


@pytest.fixture
def paul(server: TelegramServer) -> Person:
    return Person(server, 1002, "en")
