"""Which version of Pumbeon this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

NAME = "pumbeon"
_CHECKOUT = Path(__file__).parents[1] / "pyproject.toml"


def version(pyproject: Path = _CHECKOUT) -> str:
    """Such as 0.2.0; "unknown" where neither a checkout nor an installed package says it.

    A checkout speaks for itself: what is installed beside it may be another one's.
    """
    return _of_checkout(pyproject) or _installed() or "unknown"


def _of_checkout(pyproject: Path) -> str | None:
    try:
        project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
        return str(project["version"]) if project["name"] == NAME else None
    except (OSError, ValueError, KeyError, TypeError):  # not there, or of something else
        return None


def _installed() -> str | None:
    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return None


def text() -> str:
    """What `--version` prints."""
    return f"{NAME} {version()}"
