"""The whole application in a process of its own."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.serving import settings_in


def given(folder: Path, **values: object) -> dict[str, object]:
    """Settings that keep everything in `folder`, for a process."""
    settings = settings_in(folder)
    place = {"web_port": 0, "database_url": settings.database_url}
    return {**place, "photo_dir": str(settings.photo_dir), **values}
