"""What can go wrong in training, beside the fonts (`font_errors.py`).

TrainingError
├── UnknownVersionError    no recipe of that name, and the checkpoint does not say how it was made
├── LedgerError            the list of versions is unreadable, or a record of another layout
├── TooFewReadingsError    the calibration needs more drawn pictures
├── RealDataError          a folder of labelled photographs is missing something
└── OtherFiguresError      the figures for the model cards are of other networks
"""

from __future__ import annotations


class TrainingError(Exception):
    """The root of the errors that training raises on purpose."""


class UnknownVersionError(TrainingError):
    """Nobody knows how this version came about."""


class LedgerError(TrainingError):
    """The list of versions, or the comparison with the rival, cannot be read."""


class TooFewReadingsError(TrainingError):
    """Nobody can tell a frequency from so few readings."""


class RealDataError(TrainingError):
    """A folder of labelled photographs cannot be read."""


class OtherFiguresError(TrainingError):
    """A card would show figures that are not of the networks it describes."""
