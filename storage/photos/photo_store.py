"""Where photos are kept: a folder, or a bucket that fsspec can reach."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Protocol

from storage.errors import PhotoStoreError
from storage.photos.photo_bucket import EXTRAS, PhotoBucket
from storage.photos.photos import PhotoFolder


class PhotoStore(Protocol):
    """Photos named by the SHA-256 of their bytes, and uploads, each of a name of its own.

    Every method raises `PhotoStoreError`.
    """

    async def check(self) -> None:
        """Write and delete something, so that a wrong setting is known at the start."""
        ...

    async def put(self, jpeg: bytes) -> str:
        """Store (once) and return the SHA-256 in hex; whole and durable before this returns."""
        ...

    async def take(self, file: Path, name: str = "") -> str:
        """Move an upload in from `spool`, under a new name or this one; its name.

        Whole and durable before this returns; `file` is gone then.
        """
        ...

    async def spool(self) -> Path:
        """The folder to write an upload into while it arrives."""
        ...

    async def get(self, name: str) -> bytes | None:
        """The bytes, or None for what is not here and for names of neither kind."""
        ...

    async def has(self, name: str) -> bool:
        """Whether a photo or an upload is here."""
        ...

    async def remove(self, name: str) -> bool:
        """Delete a photo or an upload; False where it was not here."""
        ...

    async def aged(self, min_age: timedelta) -> tuple[str, ...]:
        """Names of the photos and uploads that nobody has put for at least `min_age`."""
        ...

    async def clear_unfinished(self, min_age: timedelta) -> int:
        """Delete what crashes left half written; how many."""
        ...

    def path(self, name: str) -> Path | str | None:
        """Where a photo or upload lies or would lie; None for anything but 64 or 32 hex digits."""
        ...


def open_photos(place: Path | str, endpoint: str | None = None) -> PhotoStore:
    """The photos of a folder, of `s3://bucket/prefix` or of `gs://bucket/prefix`.

    `endpoint` is the address of a service that speaks S3 or Cloud Storage in Amazon's or Google's
    stead. Raises `PhotoStoreError` for other addresses, and where a package is not installed.
    """
    scheme, found, rest = str(place).partition("://")
    if not found:
        return PhotoFolder(Path(place))
    if scheme == "file":
        return PhotoFolder(Path(rest))
    if scheme not in EXTRAS:
        known = ", ".join(f"{name}://" for name in EXTRAS)
        raise PhotoStoreError(f"{scheme}:// is not supported; use a folder or {known}")
    if not rest.strip("/"):
        raise PhotoStoreError(f"{scheme}:// names no bucket; expected {scheme}://bucket/prefix")
    return PhotoBucket.open(scheme, rest.strip("/"), endpoint)
