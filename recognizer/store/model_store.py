"""A store of versions of the networks, and the word which of them serves.

versions/NAME/manifest.json, *.onnx, *.safetensors    as in `recognizer/weights`
versions/NAME/version.json                            written last: without it there is none
current.json                                          replaced in one step
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock

from recognizer.errors import ModelError, ModelStoreError, VersionDamaged
from recognizer.models import MANIFEST, SUMS, ModelFiles, sum_of
from recognizer.store.place import Place
from recognizer.store.versions import Current, StoredVersion

VERSION_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
"""What a version may be called: a folder everywhere, and nothing to escape in an address."""

# As the files and folders are called; other programs may look into a store, too.
_ALL_VERSIONS, _DESCRIPTION, _SERVING = "versions", "version.json", "current.json"

_WEIGHT_KINDS = ("*.onnx", "*.safetensors")  # what serving needs, and what a training starts from

# Of a cached version that nobody needs: another process may be opening it just now.
_FORGOTTEN_S = 3600.0


class ModelStore:
    """Versions under `address`: a folder, or a URL that fsspec knows (`s3://bucket/prefix`).

    Methods block; they raise `ModelStoreError`, and `VersionDamaged` for what is not as it was put
    in. Names of versions are the store's own: what a reading says of its models stands in the
    manifest, which is kept as it is, so whoever makes a version names it there, too.
    """

    def __init__(
        self, address: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`clock` tells aware UTC."""
        self._place, self._clock = Place(address), clock

    def versions(self) -> tuple[StoredVersion, ...]:
        """The complete ones, oldest first; one whose description is damaged is none."""
        found = []
        for name in self._place.folders(_ALL_VERSIONS):
            try:
                found.append(self.version(name))
            except VersionDamaged:
                continue
        return tuple(sorted(found, key=lambda version: (version.made_at, version.name)))

    def version(self, name: str) -> StoredVersion:
        """One of them. Raises `VersionDamaged` where it is not there, or half written."""
        data = self._place.read(_at(name, _DESCRIPTION)) if VERSION_NAME.fullmatch(name) else None
        if data is None:
            raise VersionDamaged(f"version {name}: {_DESCRIPTION} is missing")
        try:
            return StoredVersion.of(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise VersionDamaged(
                f"version {name}: {_DESCRIPTION} is damaged ({error!r})"
            ) from error

    def add(self, name: str, folder: Path, notes: Mapping[str, Any]) -> StoredVersion:
        """Put the weights of a folder in; `notes` is any JSON.

        Raises ModelError where the folder is not as its manifest says.
        """
        if not VERSION_NAME.fullmatch(name):
            raise ModelStoreError(f"a version's name has to be {VERSION_NAME.pattern}: {name!r}")
        if self._place.read(_at(name, _DESCRIPTION)) is not None:
            raise ModelStoreError(f"version {name} is there already")
        files = _weights(folder)
        self._place.remove(f"{_ALL_VERSIONS}/{name}")  # an earlier one that was left half written
        sums = {file: self._put(name, file, path) for file, path in files.items()}
        version = StoredVersion(name, self._clock(), sums[MANIFEST], sums, dict(notes))
        self._place.write(_at(name, _DESCRIPTION), _json(version.told()))
        return version

    def current(self) -> Current | None:
        """Which version is to serve; None: the shipped weights."""
        data = self._place.read(_SERVING)
        if data is None:
            return None
        try:
            return Current.of(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelStoreError(f"{_SERVING} in {self._place.shown}: {error!r}") from error

    def promote(self, name: str) -> Current:
        """Have this version serve; said again, whoever gave it up tries it again."""
        with self._place.alone():
            self.version(name)
            old = self.current()
            before = old.chain if old else ()
            earlier = before[:-1] if before[-1:] == (name,) else before
            current = Current(name, self._clock(), "promote", earlier)
            self._place.write(_SERVING, _json(current.told()))
        return current

    def rollback(self) -> str | None:
        """Have the one before serve that is still there; None: now it is the shipped weights."""
        with self._place.alone():
            old = self.current()
            here = {version.name for version in self.versions()}
            before = [name for name in (old.before if old else ()) if name in here]
            if not before:
                self._place.remove(_SERVING)
                return None
            current = Current(before[-1], self._clock(), "rollback", tuple(before[:-1]))
            self._place.write(_SERVING, _json(current.told()))
        return current.version

    def fetch(self, name: str, cache: Path) -> ModelFiles:
        """A version's files as `cache/NAME`, each of which has the SHA-256 that the store says.

        What is there and whole is used again. Raises `VersionDamaged` with version and file.
        """
        version, folder = self.version(name), cache / name
        try:
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(cache / ".lock"):  # processes that start together fetch it once
                if not _intact(folder, version):
                    self._download(version, folder)
        except OSError as error:
            raise ModelStoreError(f"cannot write to {cache}: {error.strerror}") from error
        return ModelFiles(folder)

    def remove(self, name: str) -> None:
        """Delete a version, which is not the current one."""
        with self._place.alone():
            current = self.current()
            if current and current.version == name:
                raise ModelStoreError(f"version {name} is current: promote another one first")
            self.version(name)
            self._place.remove(_at(name, _DESCRIPTION))  # first: half a version is none
            self._place.remove(f"{_ALL_VERSIONS}/{name}")

    def _put(self, name: str, file: str, path: Path) -> str:
        data = _local(path)
        self._place.write(_at(name, file), data)
        return hashlib.sha256(data).hexdigest()

    def _download(self, version: StoredVersion, folder: Path) -> None:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetching-") as aside:
            whole = Path(aside, "whole")
            whole.mkdir()
            for file, wanted in version.files.items():
                data = self._place.read(_at(version.name, file))
                if data is None:
                    raise VersionDamaged(f"version {version.name}: {file} is missing")
                if hashlib.sha256(data).hexdigest() != wanted:
                    told = f"its SHA-256 is not that of {_DESCRIPTION}"
                    raise VersionDamaged(f"version {version.name}: {file} is damaged, {told}")
                (whole / file).write_bytes(data)
            if folder.exists():  # not as it was fetched
                folder.rename(Path(aside, "before"))
            whole.rename(folder)


def forget(cache: Path, keep: Collection[str]) -> None:
    """Delete fetched versions, and what crashes left of them, but those to keep and the newest."""
    oldest = time.time() - _FORGOTTEN_S
    for path in cache.glob("*"):
        with suppress(OSError):  # another process may be at it, too
            if path.is_dir() and path.name not in keep and path.stat().st_mtime < oldest:
                shutil.rmtree(path)


def _at(name: str, file: str) -> str:
    return f"{_ALL_VERSIONS}/{name}/{file}"


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _weights(folder: Path) -> dict[str, Path]:
    """The files of a version by name. Raises ModelError where one is not as the manifest says."""
    paths = [
        folder / MANIFEST,
        *(path for kind in _WEIGHT_KINDS for path in sorted(folder.glob(kind))),
    ]
    for name, wanted in ModelFiles(folder).manifest().get(SUMS, {}).items():
        path = folder / name
        if path not in paths or sum_of(path) != wanted:
            raise ModelError(f"{path}: missing, or not the file that {MANIFEST} has the sum of")
    return {path.name: path for path in paths}


def _local(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelStoreError(f"cannot read {path}: {error.strerror}") from error


def _intact(folder: Path, version: StoredVersion) -> bool:
    files = version.files.items()
    return all(
        (folder / file).is_file() and sum_of(folder / file) == wanted for file, wanted in files
    )
