"""What the operator's first page counts: frozen data, no person in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from storage.shares import Share

By = Literal["day", "week", "brand", "channel", "version"]
"""What figures are told apart by; a week is named by its Monday."""

KST = timezone(timedelta(hours=9))
"""Operators count days of Korea, which keeps no summer time."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Counts of photos and typed codes. `name` is an ISO date, a brand, a channel or a version;
    "" for photos without a brand or of an unknown version.

    `answered` are photos with a code; `unmended`, `corrected` and `refused` are those of them that
    a person said something about. `taps` are all taps to the price of `tapped` photos.
    """

    name: str
    photos: int = 0
    answered: int = 0
    unmended: int = 0
    corrected: int = 0
    refused: int = 0
    none_found: int = 0
    failed: int = 0
    auto: int = 0
    auto_wrong: int = 0
    taps: int = 0
    tapped: int = 0
    typed: int = 0

    @property
    def said(self) -> int:
        """Answered photos that a person said something about."""
        return self.unmended + self.corrected + self.refused

    @property
    def right(self) -> Share:
        """Of those that a person said something about: whose first code was right."""
        return Share(self.unmended, self.said)

    @property
    def without_code(self) -> Share:
        """Of all photos: on which no code was found."""
        return Share(self.none_found, self.photos)

    @property
    def wrong_auto(self) -> Share:
        """Of the codes answered with prices unasked: which a person replaced."""
        return Share(self.auto_wrong, self.auto)

    @property
    def taps_each(self) -> float | None:
        """Taps to the price of one photo; None of nothing."""
        return self.taps / self.tapped if self.tapped else None


def day_of(at: datetime) -> date:
    """The day in Korea."""
    return at.astimezone(KST).date()


def began(day: date) -> datetime:
    """When a day of Korea began, in UTC."""
    return datetime.combine(day, time(), KST).astimezone(UTC)
