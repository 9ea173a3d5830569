"""Files under one address: of a folder, or of whatever else fsspec can reach."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
from filelock import FileLock
from fsspec.implementations.local import LocalFileSystem

from recognizer.errors import ModelStoreError

# Seconds, and tries after the first: a service that is away is told before the next look for it.
_S3_MANNERS = {"connect_timeout": 5, "read_timeout": 8, "retries": {"max_attempts": 1}}

# For what others do under the lock: some small files, or the removal of a version.
_STORE_LOCK_S = 30.0

_LOCK = ".lock"
_USER = re.compile(r"//[^/@]*@")  # of an address; may hold a password


class Place:
    """Whole files by name (`folder/file`); every method raises `ModelStoreError`, one line each."""

    def __init__(self, address: str) -> None:
        """`address` is a folder, or a URL such as `s3://bucket/prefix`."""
        self.shown = _USER.sub("//", address)
        s3 = {"config_kwargs": _S3_MANNERS} if address.startswith("s3://") else {}
        caching = {"skip_instance_cache": True, "use_listings_cache": False}  # others write, too
        try:
            files, root = fsspec.core.url_to_fs(address, **caching, **s3)
        except Exception as error:  # unknown, not installed, or whatever it raises for credentials
            raise ModelStoreError(f"cannot use {self.shown}: {_reason(error)}") from error
        self._files: Any = files
        self._root = str(root).rstrip("/")
        self._folder = Path(self._root) if isinstance(files, LocalFileSystem) else None

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none."""
        with self._told("read from"):
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file; whoever reads it meanwhile has the old one whole, or the new one."""
        with self._told("write to"):
            if self._folder is None:
                self._files.pipe_file(self._path(name), data)  # an object appears at once
            else:
                _replace(self._folder / name, data)

    def folders(self, name: str) -> list[str]:
        """Names of the folders in a folder, none where there is no such folder."""
        with self._told("list"):
            try:
                found = self._files.ls(self._path(name), detail=True)
            except FileNotFoundError:
                return []
        return [PurePosixPath(one["name"]).name for one in found if one["type"] == "directory"]

    def remove(self, name: str) -> None:
        """Delete a file, or a folder with all that is in it; nothing where there is none."""
        with self._told("delete from"), suppress(FileNotFoundError):
            self._files.rm(self._path(name), recursive=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold off others that change what is current; in a bucket the last one wins."""
        with self._told("lock"):
            lock = self._lock()
            lock.__enter__()
        try:
            yield
        finally:
            lock.__exit__(None, None, None)

    def _lock(self) -> AbstractContextManager[object]:
        if self._folder is None:
            return nullcontext()
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / _LOCK, timeout=_STORE_LOCK_S)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each service's package has errors of its own
            raise ModelStoreError(f"cannot {what} {self.shown}: {_reason(error)}") from error


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f".{uuid.uuid4().hex}"
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # a name without its bytes would outlive a power cut
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    """Packages put whole answers into their messages: the first words are for the operator."""
    told = getattr(error, "strerror", None) or error
    first = _USER.sub("//", " ".join(str(told).split())[:200])
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
