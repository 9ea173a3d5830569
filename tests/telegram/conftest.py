"""A strict Bot API server, and a bench to start bots on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer
from tests.telegram.bench import Bench


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def bench(server: TelegramServer, tmp_path: Path) -> Bench:
    return Bench(server, tmp_path)


@pytest.fixture
def minji(server: TelegramServer) -> Person:
    return Person(server, 1001, "ko")


@pytest.fixture
def paul(server: TelegramServer) -> Person:
    return Person(server, 1002, "en")
