"""A training in small."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.workshop import Workshop


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    """Networks this small only wait for each other on several."""
    torch.set_num_threads(1)


@pytest.fixture
def workshop(few_fonts: Path, tmp_path: Path) -> Workshop:
    """A training so small that it takes seconds."""
    return Workshop(
        tmp_path / "runs",
        tmp_path / "weights",
        (few_fonts,),
        version="v1",
        workers=0,
        threads=1,
        batch=4,
        validation=4,
        ranges=1,
    )
