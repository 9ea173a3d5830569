"""Photos as files named by their content: `ab/cd/<sha256>.jpg` under one folder."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from storage.errors import PhotoStoreError

DIGEST = re.compile(r"[0-9a-f]{64}")
"""What names a photo: its SHA-256."""

_UNFINISHED = "unfinished"  # files being written; what lies here long was cut off


class PhotoFolder:
    """Stored photos; `bot.talk.ports.Photos` is its shape.

    Methods run off the event loop and raise PhotoStoreError when the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def check(self) -> None:
        """Make the folder and write something into it."""
        await asyncio.to_thread(self._check)

    async def put(self, jpeg: bytes) -> str:
        """Store (once) and return the SHA-256 in hex; on the disk before this returns."""
        return await asyncio.to_thread(self._put, jpeg)

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or None for a photo that is not here or a name that is no digest."""
        return await asyncio.to_thread(self._get, digest)

    async def remove(self, digest: str) -> bool:
        """Delete one photo; False where it was not here."""
        return await asyncio.to_thread(self._remove, digest)

    async def aged(self, min_age: timedelta) -> tuple[str, ...]:
        """Digests of the photos that nobody has put for at least `min_age`."""
        return await asyncio.to_thread(lambda: tuple(self._aged(min_age.total_seconds())))

    async def clear_unfinished(self, min_age: timedelta) -> int:
        """Delete what crashes left half written; how many files that were."""
        return await asyncio.to_thread(self._clear_unfinished, min_age.total_seconds())

    def path(self, digest: str) -> Path | None:
        """Where a photo lies or would lie; None for anything but 64 hex digits."""
        if not DIGEST.fullmatch(digest):
            return None
        return self.folder / digest[:2] / digest[2:4] / f"{digest}.jpg"

    def _check(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise PhotoStoreError(
                f"{self.folder} cannot be written to ({error.strerror})"
            ) from error

    def _put(self, jpeg: bytes) -> str:
        digest = hashlib.sha256(jpeg).hexdigest()
        path = self.folder / digest[:2] / digest[2:4] / f"{digest}.jpg"
        try:
            try:
                os.utime(path)  # young again: a sweep under way leaves it alone
            except FileNotFoundError:
                self._write(path, jpeg)
        except OSError as error:
            raise PhotoStoreError(f"cannot write to {self.folder}: {error.strerror}") from error
        return digest

    def _write(self, path: Path, jpeg: bytes) -> None:
        unfinished = self.folder / _UNFINISHED
        unfinished.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=unfinished)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(jpeg)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent, self.folder):
            _sync_folder(folder)

    def _get(self, digest: str) -> bytes | None:
        path = self.path(digest)
        if path is None:
            return None
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PhotoStoreError(f"cannot read {path}: {error.strerror}") from error

    def _remove(self, digest: str) -> bool:
        path = self.path(digest)
        if path is None:
            return False
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise PhotoStoreError(f"cannot delete {path}: {error.strerror}") from error
        return True

    def _aged(self, min_age_s: float) -> Iterator[str]:
        newest = time.time() - min_age_s
        for path in self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*.jpg"):
            if DIGEST.fullmatch(path.stem) and _older(path, newest):
                yield path.stem

    def _clear_unfinished(self, min_age_s: float) -> int:
        newest = time.time() - min_age_s
        found = [path for path in self.folder.glob(f"{_UNFINISHED}/*") if _older(path, newest)]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)


def _older(path: Path, newest: float) -> bool:
    try:
        return path.stat().st_mtime <= newest
    except FileNotFoundError:  # deleted while we looked
        return False


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may take the new name away again.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
