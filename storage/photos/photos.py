"""Photos as files named by their content: `ab/cd/<sha256>.jpg` under one folder.

What people sent and nobody has answered yet lies beside them, as `uploads/<name>`.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from storage.errors import PhotoStoreError

DIGEST = re.compile(r"[0-9a-f]{64}")
"""What names a photo: its SHA-256."""

UPLOAD = re.compile(r"[0-9a-f]{32}")
"""What names an upload: a number of its own, so that one person's is never another's."""

UPLOADS = "uploads"
"""The folder, or the prefix in a bucket, of uploads."""

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

    async def take(self, file: Path, name: str = "") -> str:
        """Move an upload in from `spool`, under a new name or this one; its name.

        On the disk before this returns.
        """
        return await asyncio.to_thread(self._take, file, name or uuid.uuid4().hex)

    async def spool(self) -> Path:
        """The folder to write an upload into while it arrives."""
        return await asyncio.to_thread(self._spool)

    async def get(self, name: str) -> bytes | None:
        """The bytes, or None for what is not here and for names of neither kind."""
        return await asyncio.to_thread(self._get, name)

    async def has(self, name: str) -> bool:
        """Whether a photo or an upload is here."""
        path = self.path(name)
        return path is not None and await asyncio.to_thread(path.is_file)

    async def remove(self, name: str) -> bool:
        """Delete a photo or an upload; False where it was not here."""
        return await asyncio.to_thread(self._remove, name)

    async def aged(self, min_age: timedelta) -> tuple[str, ...]:
        """Names of the photos and uploads that nobody has put for at least `min_age`."""
        return await asyncio.to_thread(lambda: tuple(self._aged(min_age.total_seconds())))

    async def clear_unfinished(self, min_age: timedelta) -> int:
        """Delete what crashes left half written; how many files that were."""
        return await asyncio.to_thread(clear_old, self.folder / _UNFINISHED, min_age)

    def path(self, name: str) -> Path | None:
        """Where a photo or upload lies or would lie; None for anything but 64 or 32 hex digits."""
        if UPLOAD.fullmatch(name):
            return self.folder / UPLOADS / name
        if not DIGEST.fullmatch(name):
            return None
        return self.folder / name[:2] / name[2:4] / f"{name}.jpg"

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
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._spool())
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

    def _spool(self) -> Path:
        unfinished = self.folder / _UNFINISHED
        try:
            unfinished.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PhotoStoreError(f"cannot write to {self.folder}: {error.strerror}") from error
        return unfinished

    def _take(self, file: Path, name: str) -> str:
        uploads = self.folder / UPLOADS
        try:
            with file.open("rb") as written:
                os.fsync(written.fileno())
            uploads.mkdir(exist_ok=True)
            file.replace(uploads / name)
            _sync_folder(uploads)
        except OSError as error:
            raise PhotoStoreError(f"cannot write to {self.folder}: {error.strerror}") from error
        return name

    def _get(self, name: str) -> bytes | None:
        path = self.path(name)
        if path is None:
            return None
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PhotoStoreError(f"cannot read {path}: {error.strerror}") from error

    def _remove(self, name: str) -> bool:
        path = self.path(name)
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
        for path in self.folder.glob(f"{UPLOADS}/*"):
            if UPLOAD.fullmatch(path.name) and _older(path, newest):
                yield path.name


def clear_old(folder: Path, min_age: timedelta) -> int:
    """Delete the files of a folder that nobody has written to for that long; how many."""
    newest = time.time() - min_age.total_seconds()
    found = [path for path in folder.glob("*") if _older(path, newest)]
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
