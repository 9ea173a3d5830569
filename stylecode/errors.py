"""Errors of style codes.

StyleCodeError
├── InvalidCode       a typed text is no style code; `reason` says why, `bot` turns it to a sentence
├── GrammarError      the brands' file is wrong; the message names the entry and what is wrong
└── WeightsError      the weights of the ranking are no such file, or do not fit its signals
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a text is no style code."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_DIGIT = "no_digit"
    CHARACTERS = "characters"  # something that no style code holds
    DATE = "date"
    BARCODE = "barcode"
    PHONE = "phone"
    SIZE = "size"
    PRICE = "price"
    MATERIAL = "material"
    ORDER = "order"  # of an order, a parcel, an account


class StyleCodeError(Exception):
    """Base of everything this package raises on purpose."""


class InvalidCode(StyleCodeError):
    """A text cannot be a style code."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class GrammarError(StyleCodeError):
    """The file of the brands' style codes is wrong."""


class WeightsError(StyleCodeError):
    """The weights of the ranking are no such file, or do not fit its signals."""
