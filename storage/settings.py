"""Where things are stored, from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from surroundings.settings import FromEnvironment, HttpUrl

DEFAULT_URL = "sqlite+aiosqlite:///data/pumbeon.db"
DRIVERS = {"sqlite+aiosqlite": "aiosqlite", "postgresql+asyncpg": "asyncpg"}
"""How a database's address begins, and the package that it needs."""


def _database_url(value: str) -> str:
    scheme = value.split("://", maxsplit=1)[0] if "://" in value else ""
    if scheme not in DRIVERS:
        named = f"{scheme}:// is not supported" if scheme.isascii() and scheme else "no scheme"
        raise ValueError(f"{named}; use sqlite+aiosqlite:///path or postgresql+asyncpg://...")
    return value


def _photo_store(value: str) -> str:
    scheme, found, rest = value.partition("://")
    if found and scheme not in {"s3", "gs"}:
        raise ValueError("must be a folder, s3://bucket/prefix or gs://bucket/prefix")
    if found and not rest.strip("/"):
        raise ValueError(f"names no bucket; expected {scheme}://bucket/prefix")
    return value


@dataclass(frozen=True, slots=True)
class StoragePlace:
    """Where things are stored: the database's address, and what `open_photos` takes."""

    database_url: str
    photos_in: str
    photos_endpoint: str | None = None


class StorageSettings(FromEnvironment):
    """The database, and where photos lie."""

    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default=DEFAULT_URL,
        description="SQLAlchemy address of the database.",
    )
    photo_dir: Path = Field(default=Path("data/photos"), description="Folder for the photos.")
    photo_store: Annotated[str, AfterValidator(_photo_store)] | None = Field(
        default=None,
        description="Photos in a bucket: s3://bucket/prefix, gs://bucket/prefix. Unset: PHOTO_DIR.",
    )
    photo_store_endpoint: HttpUrl | None = Field(
        default=None, description="Address of another service that speaks S3, such as MinIO."
    )

    learn_sets: Annotated[str, AfterValidator(_photo_store)] | None = Field(
        default=None,
        description="Data sets that learning collects: folder, s3://..., gs://... Unset: none.",
    )

    @property
    def photos_in(self) -> str:
        """The folder or bucket, as `open_photos` takes it."""
        return self.photo_store or str(self.photo_dir)

    @property
    def place(self) -> StoragePlace:
        """The database and the photos."""
        return StoragePlace(self.database_url, self.photos_in, self.photo_store_endpoint)
