from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes.naver import FakeNaver


@pytest.fixture
async def naver() -> AsyncIterator[FakeNaver]:
    async with FakeNaver() as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client
