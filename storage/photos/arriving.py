"""An upload while it arrives: written down piece by piece, never held in memory whole."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from storage.errors import PhotoStoreError

T = TypeVar("T")


class Spool(Protocol):
    """Has a folder for what arrives; `storage.photos.photo_store.PhotoStore` is one."""

    async def spool(self) -> Path:
        """The folder. Raises `PhotoStoreError`."""
        ...


class Arriving:
    """A file in the store's `spool`; `size` tells the bytes that were written."""

    def __init__(self, descriptor: int, name: str) -> None:
        self.path = Path(name)
        self.size = 0
        self._file = os.fdopen(descriptor, "wb", buffering=0)

    async def write(self, chunk: bytes) -> None:
        """Add to it. Raises `PhotoStoreError` where the disk does not take it."""
        self.size += len(chunk)
        await _off_the_loop(lambda: self._write(chunk))

    async def begin_again(self) -> None:
        """Drop what was written. Raises `PhotoStoreError`."""
        self.size = 0
        await _off_the_loop(lambda: self._file.seek(0))
        await _off_the_loop(self._file.truncate)

    def _write(self, chunk: bytes) -> None:
        left = memoryview(chunk)
        while left:  # a disk that is nearly full takes a part, and refuses the rest
            left = left[self._file.write(left) :]

    def close(self) -> None:
        """End; nobody has it any more unless the store took it."""
        self._file.close()
        self.path.unlink(missing_ok=True)


@asynccontextmanager
async def arriving(photos: Spool) -> AsyncIterator[Arriving]:
    """A file to write into. At the end it is gone, unless the store has taken it.

    Raises `PhotoStoreError`.
    """
    folder = await photos.spool()
    file = Arriving(*await _off_the_loop(lambda: tempfile.mkstemp(dir=folder, prefix="upload-")))
    try:
        yield file
    finally:
        file.close()


async def _off_the_loop(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise PhotoStoreError(f"an upload cannot be written down: {error.strerror}") from error
