from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from benchmarks.stand_ins.naver import FakeNaver
from lookup import NaverSource
from tests.lookup.sources import means


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 14, 59, 0, tzinfo=UTC)  # 23:59 in Seoul

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def naver() -> AsyncIterator[FakeNaver]:
    async with FakeNaver() as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(session: aiohttp.ClientSession, naver: FakeNaver, clock: Clock) -> NaverSource:
    return NaverSource(naver.settings(), means(session, clock))
