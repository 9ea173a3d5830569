from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.stand_ins.kakao.platform import KakaoPlatform
from tests.kakao.bench import Bench


@pytest.fixture
async def kakao() -> AsyncIterator[KakaoPlatform]:
    async with KakaoPlatform() as platform:
        yield platform


@pytest.fixture
def bench(kakao: KakaoPlatform, tmp_path: Path) -> Bench:
    return Bench(kakao, tmp_path)
