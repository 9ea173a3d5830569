"""What can go wrong in training, beside the pictures (`datasets/errors.py`).

TrainingError
├── UnknownVersionError    no recipe of that name, and the checkpoint does not say how it was made
├── TooFewReadingsError    the calibration needs more drawn pictures
├── TooFewTagsError        the ranking needs more tags
├── TooFewLessonsError     a data set has too few lines to learn from
├── CycleError             a cycle of learning cannot begin
└── NotBetterError         a version was judged, and is not to be promoted
"""

from __future__ import annotations


class TrainingError(Exception):
    """The root of the errors that training raises on purpose."""


class UnknownVersionError(TrainingError):
    """Nobody knows how this version came about."""


class TooFewReadingsError(TrainingError):
    """Nobody can tell a frequency from so few readings."""


class TooFewTagsError(TrainingError):
    """Weights fitted to so few tags would be those of chance."""


class TooFewLessonsError(TrainingError):
    """A network that learned from so few lines would know them by heart."""


class NotBetterError(TrainingError):
    """A version is not better overall, or worse somewhere beyond chance."""


class CycleError(TrainingError):
    """A cycle of learning cannot begin."""
