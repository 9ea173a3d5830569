"""Versioned data sets of photos that people let us learn from, in a folder or a bucket.

    NAME/rows.jsonl      a `LessonRow` each
    NAME/photos/…        whole photos, named by their SHA-256
    NAME/crops/…         the line with the code, upright
    NAME/manifest.json   counts, the query, the SHA-256 of each file; written last, so that a set
                         that a crash cut off has none and does not count

A set is never added to. Rows leave it, with their files, when their person takes the consent back
or deletes: `purge` does that for all sets. Rows name interactions, never people. Every method
raises `LessonSetError`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import fsspec

from storage.codec import quad_from_json
from storage.errors import LessonSetError
from storage.types import Quad

_DESCRIBED, _ROW_LIST = "manifest.json", "rows.jsonl"
_SET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A photo and what is held to stand on it.

    `photo` and `crop` are files of the set, `crop` "" where the line is not known. `text` is how
    the crop's line reads, `code` the code in it; both "" where the photo shows none. `quad` is in
    pixels of the photo. `weak`: no operator said so. `model` is the reader that read the photo,
    `read` its first candidate, with `confidence`. `doubts` are reasons to look again.
    """

    interaction: int
    photo: str
    verdict: str
    code: str = ""
    text: str = ""
    crop: str = ""
    quad: Quad | None = None
    weak: bool = True
    channel: str = ""
    brand: str = ""
    model: str = ""
    read: str = ""
    confidence: float = 0.0
    day: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonSet:
    """A finished set. `hash` is over its rows and files, `removed` counts rows that have left."""

    name: str
    made_at: str
    query: Mapping[str, Any]
    counts: Mapping[str, int]
    files: Mapping[str, str]
    hash: str
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Purged:
    """What left a set."""

    name: str
    rows: int
    files: int


class LessonSets:
    """The sets at an address: a folder, s3://bucket/prefix or gs://bucket/prefix."""

    def __init__(self, address: str, endpoint: str | None = None) -> None:
        options = {"client_kwargs": {"endpoint_url": endpoint}} if endpoint else {}
        with _told(address):
            self._files, root = fsspec.url_to_fs(address, use_listings_cache=False, **options)
        self._root = str(root).rstrip("/")
        self.address = address

    def names(self) -> tuple[str, ...]:
        """The finished sets, oldest first."""
        with _told(self.address):
            if not self._files.exists(self._root):
                return ()
            found = self._files.glob(f"{self._root}/*/{_DESCRIBED}")
        sets = [self.get(str(path).split("/")[-2]) for path in found]
        return tuple(one.name for one in sorted(sets, key=lambda one: (one.made_at, one.name)))

    def get(self, name: str) -> LessonSet:
        """A set's manifest."""
        found = self._json(name, _DESCRIBED)
        try:
            return LessonSet(**found)
        except TypeError as error:
            raise LessonSetError(f"set {name}: {_DESCRIBED} is broken: {error}") from None

    def rows(self, name: str) -> tuple[LessonRow, ...]:
        """A set's rows, in the order in which they were collected."""
        try:
            lines = [json.loads(line) for line in self._read(name, _ROW_LIST).splitlines()]
            return tuple(_row_of(line) for line in lines)
        except (ValueError, TypeError, KeyError) as error:
            raise LessonSetError(f"set {name}: {_ROW_LIST} is broken: {error}") from None

    def files_of(self, name: str) -> Callable[[str], bytes]:
        """Gives the files of a set; one is refused that is not what the manifest says."""
        sums = self.get(name).files

        def read(path: str) -> bytes:
            data = self._read(name, path)
            if hashlib.sha256(data).hexdigest() != sums.get(path):
                raise LessonSetError(f"set {name}: {path} is damaged")
            return data

        return read

    def add(
        self,
        name: str,
        made_at: str,
        query: Mapping[str, Any],
        lessons: Iterable[tuple[LessonRow, Mapping[str, bytes]]],
    ) -> LessonSet:
        """Write a set: rows with the files that they name. Its name must be new."""
        if not _SET_NAME.fullmatch(name):
            raise LessonSetError(f"{name!r} is no name for a set: a-z 0-9 . - and 64 at most")
        if name in self.names():
            raise LessonSetError(f"there is a set {name} already")
        rows, sums = [], dict[str, str]()
        for row, files in lessons:
            for path, data in files.items():
                if path not in sums:
                    self._write(name, path, data)
                    sums[path] = hashlib.sha256(data).hexdigest()
            rows.append(row)
        return self._finish(LessonSet(name, made_at, query, {}, sums, ""), rows)

    def remove(self, name: str) -> None:
        """Delete a set, its manifest first."""
        with _told(self.address):
            self._files.rm_file(f"{self._root}/{name}/{_DESCRIBED}")
            self._files.rm(f"{self._root}/{name}", recursive=True)

    def interactions(self) -> frozenset[int]:
        """Those that any set names."""
        return frozenset(row.interaction for name in self.names() for row in self.rows(name))

    def purge(self, stay: frozenset[int]) -> tuple[Purged, ...]:
        """Have all rows leave whose interaction is not among those that may stay.

        The files go first: where that is cut off, the rows still name what is left to delete.
        """
        purged = []
        for name in self.names():
            rows = self.rows(name)
            kept = [row for row in rows if row.interaction in stay]
            if len(kept) == len(rows):
                continue
            before = self.get(name)
            named = {path for row in kept for path in (row.photo, row.crop) if path}
            gone = [path for path in before.files if path not in named]
            for path in gone:
                self._delete(name, path)
            left = {path: total for path, total in before.files.items() if path in named}
            removed = before.removed + len(rows) - len(kept)
            self._finish(replace(before, files=left, removed=removed), kept)
            purged.append(Purged(name, len(rows) - len(kept), len(gone)))
        return tuple(purged)

    def _finish(self, found: LessonSet, rows: Sequence[LessonRow]) -> LessonSet:
        lines = "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        self._write(found.name, _ROW_LIST, lines.encode())
        digest = hashlib.sha256(lines.encode())
        for path, total in sorted(found.files.items()):
            digest.update(f"{path} {total}\n".encode())
        whole = replace(found, counts=_counts(rows), hash=digest.hexdigest())
        text = json.dumps(asdict(whole), ensure_ascii=False, indent=1, sort_keys=True)
        self._write(found.name, _DESCRIBED, text.encode())
        return whole

    def _json(self, name: str, path: str) -> dict[str, Any]:
        try:
            found = json.loads(self._read(name, path))
        except ValueError as error:
            raise LessonSetError(f"set {name}: {path} is broken: {error}") from None
        if not isinstance(found, dict):
            raise LessonSetError(f"set {name}: {path} is broken")
        return found

    def _read(self, name: str, path: str) -> bytes:
        with _told(f"set {name}: {path}"):
            return bytes(self._files.cat_file(f"{self._root}/{name}/{path}"))

    def _write(self, name: str, path: str, data: bytes) -> None:
        where = f"{self._root}/{name}/{path}"
        with _told(f"set {name}: {path}"):
            self._files.makedirs(where.rpartition("/")[0], exist_ok=True)
            # In a transaction: a folder's file appears whole, as a bucket's does by itself.
            with self._files.transaction, self._files.open(where, "wb") as file:
                file.write(data)

    def _delete(self, name: str, path: str) -> None:
        where = f"{self._root}/{name}/{path}"
        with _told(f"set {name}: {path}"):
            if self._files.exists(where):
                self._files.rm_file(where)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Whatever a file system raises, in one line."""
    try:
        yield
    except LessonSetError:
        raise
    except FileNotFoundError:
        raise LessonSetError(f"{what} is not there") from None
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise LessonSetError(f"{what}: {reason}") from error


def _row_of(line: dict[str, Any]) -> LessonRow:
    quad = line.pop("quad")
    doubts = tuple(line.pop("doubts"))
    return LessonRow(**line, quad=None if quad is None else quad_from_json(quad), doubts=doubts)


def _counts(rows: Sequence[LessonRow]) -> dict[str, int]:
    return {
        "rows": len(rows),
        "photos": len({row.photo for row in rows}),
        "crops": sum(bool(row.crop) for row in rows),
        "strong": sum(not row.weak for row in rows),
        "codes": len({row.code for row in rows if row.code}),
        "brands": len({row.brand for row in rows if row.brand}),
    }
