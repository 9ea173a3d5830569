"""Errors of the measuring.

BenchmarkError
├── NotInstalled    a rival is missing on this machine; the message says how to get it
└── ReaderFailed    a rival that was there died, hung, or answered with nonsense
"""

from __future__ import annotations


class BenchmarkError(Exception):
    """Base of everything this package raises on purpose."""


class NotInstalled(BenchmarkError):
    """A rival is missing on this machine."""


class ReaderFailed(BenchmarkError):
    """A rival died, hung, or answered with nonsense."""
