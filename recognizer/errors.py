"""Errors of the recogniser.

RecognizerError
├── PhotoError                the bytes are no photo we can read; `reason` says which kind
│   ├── NotAPicture           of no format that we read
│   ├── PhotoTooLarge         too many bytes
│   │   └── TooManyPixels     too many pixels (also decompression bombs)
│   ├── PhotoBroken           damaged
│   ├── PhotoAnimated         more than one frame
│   └── MarkTooSmall          the marked part has next to no pixels
├── ReaderBusy                the queue is full; try again in a moment
├── RecordError               what is kept beside the weights cannot be read
└── ModelError                weights missing or not of the expected layout
    ├── DetectorUnavailable   the chosen published weights are not here and cannot be fetched
    ├── ModelStoreError       a store of versions cannot be used, or refuses what is asked
    └── VersionDamaged        a version in it is not as it was put in
"""

from __future__ import annotations


class RecognizerError(Exception):
    """Base of everything this package raises on purpose."""


class PhotoError(RecognizerError):
    """The bytes cannot be read as a photo."""


class NotAPicture(PhotoError):
    """Not a picture of a format that we read."""


class PhotoTooLarge(PhotoError):
    """More bytes than are accepted."""


class TooManyPixels(PhotoTooLarge):
    """More pixels than are accepted."""


class PhotoBroken(PhotoError):
    """Damaged picture data."""


class PhotoAnimated(PhotoError):
    """A picture with more than one frame."""


class MarkTooSmall(PhotoError):
    """The part of the photo that was marked has next to no pixels."""


class ReaderBusy(RecognizerError):
    """Too many photos are waiting already."""


class RecordError(RecognizerError):
    """The list of versions, or the comparison with the rival, cannot be read."""


class ModelError(RecognizerError):
    """A weights file is missing or has another layout."""


class DetectorUnavailable(ModelError):
    """The chosen published weights, or what they need, cannot be had."""


class ModelStoreError(ModelError):
    """A store of versions cannot be reached, read or written, or refuses what is asked."""


class VersionDamaged(ModelError):
    """A version in a store is not there, incomplete, or not as it was put in."""
