"""Real fonts to draw with; what needs them is skipped where none are installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from datasets.errors import NoFontsError
from datasets.fonts.fonts import SYSTEM_FONTS, FontPool


@pytest.fixture(scope="session")
def pool() -> FontPool:
    try:
        return FontPool.load([Path(".cache/fonts"), SYSTEM_FONTS])
    except NoFontsError as error:
        pytest.skip(f"no fonts to draw with: {error}")


@pytest.fixture(scope="session")
def system_pool() -> FontPool:
    """The system's fonts alone; some held out, some Korean."""
    try:
        found = FontPool.load([SYSTEM_FONTS])
    except NoFontsError as error:
        pytest.skip(str(error))
    if not found.held_out or not found.korean_side("train"):
        pytest.skip("needs held-out and Korean fonts: install fonts-nanum")
    return found


@pytest.fixture(scope="session")
def few_fonts(tmp_path_factory: pytest.TempPathFactory, system_pool: FontPool) -> Path:
    """A folder of a few fonts, so that runs start fast; some held out, some Korean."""
    pool = system_pool
    folder = tmp_path_factory.mktemp("fonts")
    for path in {*pool.train[:4], *pool.held_out[:3], *pool.korean_side("train")[:2]}:
        shutil.copy(path, folder)
    return folder
