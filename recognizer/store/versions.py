"""What a store says of a version, and of the one that is to serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal, Self, cast

How = Literal["promote", "rollback"]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version; `files` are names and SHA-256 in hex, `made_at` is aware UTC."""

    name: str
    made_at: datetime
    manifest_sha256: str
    files: Mapping[str, str]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From JSON. Raises ValueError, KeyError, TypeError or AttributeError for any other."""
        files = {str(name): str(sum_) for name, sum_ in told["files"].items()}
        if any(PurePath(name).name != name for name in files):  # it would be written elsewhere
            raise ValueError("a file outside the version's folder")
        made_at = datetime.fromisoformat(told["made_at"])
        return cls(told["name"], made_at, told["manifest_sha256"], files, dict(told["notes"]))

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "name": self.name,
            "made_at": self.made_at.isoformat(),
            "manifest_sha256": self.manifest_sha256,
            "files": dict(self.files),
            "notes": dict(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Current:
    """Which version serves since when; `before` are those promoted earlier, newest last."""

    version: str
    since: datetime
    by: How
    before: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From JSON. Raises ValueError, KeyError, TypeError or AttributeError for any other."""
        since = datetime.fromisoformat(told["since"])
        by = cast(How, told["by"])
        return cls(str(told["version"]), since, by, tuple(map(str, told["before"])))

    @property
    def chain(self) -> tuple[str, ...]:
        """All names that were promoted, this one last."""
        return (*self.before, self.version)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "version": self.version,
            "since": self.since.isoformat(),
            "by": self.by,
            "before": list(self.before),
        }
