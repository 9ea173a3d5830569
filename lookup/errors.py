"""Errors of the price lookup.

PriceError
├── SourceTrouble           a source cannot answer now; `state` is what the quote will say
│   ├── AnswerUnreadable    DOWN: not what the contract promises, cut off, too large
│   ├── ServerFailed        DOWN: 5xx or no connection; worth one more try
│   ├── RateLimited         DOWN: too many calls in this second; worth one more try
│   ├── SourceRests         DOWN or REFUSED: failed so often that it is left alone for a while
│   ├── BookUnreadable      DOWN: calls cannot be counted, so none is made
│   ├── QuotaSpent          QUOTA: today's calls are used up, `until` says when they return
│   ├── CredentialsRefused  REFUSED: id or secret rejected, or not permitted
│   └── ServiceRetired      RETIRED: the service is gone for good
├── SourceSettingsError     a source was set up with something it can never use
└── CatalogueFileError      a price list file cannot be read

`SourceTrouble` never leaves a source: `PriceSource.quote` turns it into a quote's state.
"""

from __future__ import annotations

from datetime import datetime

from lookup.types import SourceState


class PriceError(Exception):
    """Base of everything this package raises on purpose."""


class SourceTrouble(PriceError):
    """A source cannot answer now. The text is for the operator and holds no secret."""

    state = SourceState.DOWN
    again = False  # whether one more try may help within the same question
    ill = False  # whether it speaks against the service's health


class AnswerUnreadable(SourceTrouble):
    """The body is not what the contract promises."""

    ill = True


class ServerFailed(SourceTrouble):
    """5xx, or the connection failed."""

    again = True
    ill = True


class RateLimited(SourceTrouble):
    """Too many calls per second; over in a moment, so not a matter of quota."""

    again = True
    ill = True


class SourceRests(SourceTrouble):
    """The source failed so often that it is left alone for a while; `state` says what it failed by.

    A rejected key stays REFUSED meanwhile: waiting does not mend it.
    """

    def __init__(self, message: str, state: SourceState) -> None:
        super().__init__(message)
        self.state = state


class BookUnreadable(SourceTrouble):
    """Calls cannot be counted now, so none is made."""


class QuotaSpent(SourceTrouble):
    """The day's calls are used up until `until` (aware UTC)."""

    state = SourceState.QUOTA

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class CredentialsRefused(SourceTrouble):
    """The id or secret was rejected, or the call is not permitted."""

    state = SourceState.REFUSED
    ill = True


class ServiceRetired(SourceTrouble):
    """The service does not exist any more."""

    state = SourceState.RETIRED


class SourceSettingsError(PriceError):
    """A source was set up with something it can never use."""


class CatalogueFileError(PriceError):
    """A price list file cannot be read; the text names the file and the line."""
