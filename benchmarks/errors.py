"""Errors of the measuring.

BenchmarkError
├── NotInstalled        a rival is missing on this machine; the message says how to get it
├── ReaderFailed        a rival that was there died, hung, or answered with nonsense
├── OtherFiguresError   the figures for the model cards are of other networks
├── FiguresUnreadable   a file of figures is missing, or not what `--json` writes
└── MessagesUnreadable  a file of typed messages is missing, or not in its form
"""

from __future__ import annotations


class BenchmarkError(Exception):
    """Base of everything this package raises on purpose."""


class NotInstalled(BenchmarkError):
    """A rival is missing on this machine."""


class ReaderFailed(BenchmarkError):
    """A rival died, hung, or answered with nonsense."""


class OtherFiguresError(BenchmarkError):
    """A card would show figures that are not of the networks it describes."""


class FiguresUnreadable(BenchmarkError):
    """The figures of an earlier run cannot be read."""


class MessagesUnreadable(BenchmarkError):
    """A file of typed messages cannot be read; the message names it and the line."""
