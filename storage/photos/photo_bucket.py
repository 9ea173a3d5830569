"""Photos in a bucket (S3, Google Cloud Storage): `prefix/ab/cd/<sha256>.jpg`, through fsspec.

Uploads lie there as `prefix/uploads/<name>`.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import fsspec

from storage.errors import PhotoStoreError
from storage.photos.photos import DIGEST, UPLOAD, UPLOADS, clear_old

# The scheme, and the extra that brings what speaks it.
EXTRAS = {"s3": "s3", "gs": "gcs"}

_CALLS_AT_ONCE = 16  # calls; each waits for the network in a thread
_PATIENCE_S = 30.0
_LISTING_PATIENCE_S = 600.0
_CHECK_FOLDER = "check"
_SPOOL = Path(tempfile.gettempdir()) / "pumbeon-uploads"

T = TypeVar("T")


class PhotoBucket:
    """Stored photos; `storage.photos.photo_store.PhotoStore` is its shape.

    An object appears whole or not at all, so nothing is ever half written. Putting a photo again
    writes it again: that makes it young, so that a sweep under way leaves it alone.
    """

    def __init__(
        self, files: Any, root: str, hint: Callable[[Exception], str] = lambda error: ""
    ) -> None:
        """`files` is a file system of fsspec, `root` the bucket and the prefix in it.

        `hint` says what the operator can do about an error, or nothing.
        """
        self.root = root
        self._files = files
        self._hint = hint
        # Of its own: a service that hangs must not hold up other work of the process.
        self._threads = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="photos")

    @classmethod
    def open(cls, scheme: str, root: str, endpoint: str | None) -> PhotoBucket:
        """Speak to the service; its own variables (AWS_..., GOOGLE_...) hold the credentials."""
        try:
            return cls(*_opened(scheme, root, endpoint))
        except ImportError:
            extra = EXTRAS[scheme]
            raise PhotoStoreError(
                f"{scheme}:// needs a package that is not installed: "
                f"pip install -e '.[{extra}]' in the checkout"
            ) from None
        except Exception as error:  # whatever the service's package raises for credentials
            raise PhotoStoreError(f"cannot use {scheme}://{root}: {_reason(error)}") from error

    async def check(self) -> None:
        """Write and delete an object."""
        name = f"{self.root}/{_CHECK_FOLDER}/{uuid.uuid4().hex}"
        await self._write(name, b"pumbeon")
        await self._call("delete from", lambda: self._files.rm_file(name))

    async def put(self, jpeg: bytes) -> str:
        """Store and return the SHA-256 in hex; the service has it before this returns."""
        digest = hashlib.sha256(jpeg).hexdigest()
        await self._write(f"{self.root}/{digest[:2]}/{digest[2:4]}/{digest}.jpg", jpeg)
        return digest

    async def take(self, file: Path, name: str = "") -> str:
        """Send an upload there, under a new name or this one; its name. `file` is gone then."""
        name = name or uuid.uuid4().hex
        at = f"{self.root}/{UPLOADS}/{name}"
        await self._call("write to", lambda: _send(self._files, file, at))
        return name

    async def spool(self) -> Path:
        """The folder to write an upload into while it arrives: on this machine."""
        return await asyncio.to_thread(_spool)

    async def get(self, name: str) -> bytes | None:
        """The bytes, or None for what is not here and for names of neither kind."""
        path = self.path(name)
        if path is None:
            return None
        return await self._call("read from", lambda: _read(self._files, path))

    async def has(self, name: str) -> bool:
        """Whether a photo or an upload is here."""
        path = self.path(name)
        if path is None:
            return False
        return await self._call("look into", lambda: _is_there(self._files, path))

    async def remove(self, name: str) -> bool:
        """Delete a photo or an upload; False where it was not here."""
        path = self.path(name)
        if path is None:
            return False
        return await self._call("delete from", lambda: _delete(self._files, path))

    async def aged(self, min_age: timedelta) -> tuple[str, ...]:
        """Names of the photos and uploads that nobody has put for at least `min_age`."""
        found: dict[str, dict[str, Any]] = await self._call(
            "list", lambda: _listing(self._files, self.root), _LISTING_PATIENCE_S
        )
        newest = datetime.now(UTC) - min_age
        names = {PurePosixPath(path).stem: _changed(info) for path, info in found.items()}
        return tuple(
            name
            for name, at in names.items()
            if at <= newest and (DIGEST.fullmatch(name) or UPLOAD.fullmatch(name))
        )

    async def clear_unfinished(self, min_age: timedelta) -> int:
        """Delete the uploads that crashes left on this machine; no object is ever half written."""
        return await asyncio.to_thread(clear_old, _SPOOL, min_age)

    def path(self, name: str) -> str | None:
        """Where a photo or upload lies or would lie; None for anything but 64 or 32 hex digits."""
        if UPLOAD.fullmatch(name):
            return f"{self.root}/{UPLOADS}/{name}"
        if not DIGEST.fullmatch(name):
            return None
        return f"{self.root}/{name[:2]}/{name[2:4]}/{name}.jpg"

    async def _write(self, name: str, data: bytes) -> None:
        await self._call("write to", lambda: _write(self._files, name, data))

    async def _call(self, what: str, call: Callable[[], T], patience_s: float = _PATIENCE_S) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(patience_s):
                return await loop.run_in_executor(self._threads, call)
        except TimeoutError as error:
            raise PhotoStoreError(
                f"cannot {what} {self.root}: no answer within {patience_s:.0f} seconds"
            ) from error
        except Exception as error:  # each service's package has errors of its own
            hint = self._hint(error)
            told = f"{_reason(error)}; {hint}" if hint else _reason(error)
            raise PhotoStoreError(f"cannot {what} {self.root}: {told}") from error


def _opened(scheme: str, root: str, endpoint: str | None) -> tuple[Any, ...]:
    """What a bucket is made of."""
    if scheme == "gs":
        # Imported here: it takes a second, and is installed only where it is wanted.
        from storage.photos.cloud_storage import hint, open_cloud_storage  # noqa: PLC0415

        files = open_cloud_storage(endpoint)
        return files, root, partial(hint, files)
    patience = {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 3}}
    files = fsspec.filesystem(
        scheme,
        skip_instance_cache=True,
        use_listings_cache=False,
        endpoint_url=endpoint,
        config_kwargs=patience,
    )
    return files, root


def _write(files: Any, name: str, data: bytes) -> None:
    try:
        files.pipe_file(name, data)
    except FileNotFoundError:
        bucket = name.lstrip("/").partition("/")[0]
        raise PhotoStoreError(f"there is no bucket {bucket}") from None


def _spool() -> Path:
    try:
        _SPOOL.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PhotoStoreError(f"cannot write to {_SPOOL}: {error.strerror}") from error
    return _SPOOL


def _send(files: Any, file: Path, name: str) -> None:
    try:
        files.put_file(str(file), name)
    except FileNotFoundError:
        bucket = name.lstrip("/").partition("/")[0]
        raise PhotoStoreError(f"there is no bucket {bucket}") from None
    file.unlink()


def _is_there(files: Any, name: str) -> bool:
    try:
        files.info(name)
    except FileNotFoundError:
        return False
    return True


def _read(files: Any, name: str) -> bytes | None:
    try:
        return bytes(files.cat_file(name))
    except FileNotFoundError:
        return None


def _delete(files: Any, name: str) -> bool:
    try:
        files.info(name)  # S3 deletes what is not there without a word
        files.rm_file(name)
    except FileNotFoundError:
        return False
    return True


def _listing(files: Any, root: str) -> dict[str, dict[str, Any]]:
    files.invalidate_cache()
    try:
        found: dict[str, dict[str, Any]] = files.find(root, detail=True)
    except FileNotFoundError:  # nothing was ever put
        return {}
    return found


def _changed(info: dict[str, Any]) -> datetime:
    """When an object was written; S3, Cloud Storage and fsspec's others name it differently."""
    at = info.get("LastModified") or info.get("mtime") or info.get("updated") or info["created"]
    if isinstance(at, str):
        at = datetime.fromisoformat(at.replace("Z", "+00:00"))
    if not isinstance(at, datetime):
        at = datetime.fromtimestamp(float(at), UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    """Packages put whole answers into their messages: the first lines are for the operator."""
    first = " ".join(str(error).splitlines()[:2])[:300]
    if isinstance(error, PhotoStoreError):
        return first
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
