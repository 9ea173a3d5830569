"""Where photos are kept: a folder, or a bucket that fsspec can reach."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Protocol

from storage.errors import PhotoStoreError
from storage.photos.photo_bucket import EXTRAS, PhotoBucket
from storage.photos.photos import PhotoFolder


class PhotoStore(Protocol):
    """Photos named by the SHA-256 of their bytes. Every method raises `PhotoStoreError`."""

    async def check(self) -> None:
        """Write and delete something, so that a wrong setting is known at the start."""
        ...

    async def put(self, jpeg: bytes) -> str:
        """Store (once) and return the SHA-256 in hex; whole and durable before this returns."""
        ...

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or None for a photo that is not here or a name that is no digest."""
        ...

    async def remove(self, digest: str) -> bool:
        """Delete one photo; False where it was not here."""
        ...

    async def aged(self, min_age: timedelta) -> tuple[str, ...]:
        """Digests of the photos that nobody has put for at least `min_age`."""
        ...

    async def clear_unfinished(self, min_age: timedelta) -> int:
        """Delete what crashes left half written; how many."""
        ...

    def path(self, digest: str) -> Path | str | None:
        """Where a photo lies or would lie; None for anything but 64 hex digits."""
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
