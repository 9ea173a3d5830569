"""Errors of storage.

StorageError
├── DatabaseUrlError   the database address is wrong or names a database that we do not speak
├── DatabaseError      the database did not do what was asked
│   └── DatabaseAway   for now: it is locked or unreachable, or its disk is full
├── PhotoStoreError    the photos cannot be read or written
├── BackupError        a backup cannot be written, read or put back
├── LessonSetError     a data set cannot be written or read, or is not what it says
├── ExportError        an export cannot be written
└── CatalogueError     a catalogue file as a whole is unusable (encoding, header)

Messages are fit for an operator: they hold neither passwords nor what people sent.
"""

from __future__ import annotations


class StorageError(Exception):
    """Base of everything this package raises on purpose."""


class DatabaseUrlError(StorageError):
    """The database address is wrong."""


class DatabaseError(StorageError):
    """The database did not do what was asked."""


class DatabaseAway(DatabaseError):
    """The database cannot be worked with for now; the same may succeed later."""


class PhotoStoreError(StorageError):
    """The photos cannot be read or written."""


class LessonSetError(StorageError):
    """A data set of lessons cannot be written or read, or is not what its manifest says."""


class ExportError(StorageError):
    """An export cannot be written."""


class BackupError(StorageError):
    """A backup cannot be written, read or put back."""


class CatalogueError(StorageError):
    """A catalogue file as a whole is unusable; single bad rows are reported, not raised."""
