"""What is asked and answered about a person's past rows: frozen data, times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.types import Interaction, Status


@dataclass(frozen=True, slots=True)
class SearchWord:
    """A word that a person searches for: what it may be. A row fits where any of these does."""

    code: str = ""  # part of a code's key (A-Z0-9)
    brands: tuple[str, ...] = ()
    since: datetime | None = None  # looked up from then on ...
    until: datetime | None = None  # ... and before


@dataclass(frozen=True, slots=True)
class Search:
    """Ways in which a row may fit: all words of one of them. No ways: nothing fits."""

    ways: tuple[tuple[SearchWord, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PastCode:
    """A code that a person looked up: its newest row, and how often (different spellings too)."""

    newest: Interaction
    times: int


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A lowest price, and when it was fetched."""

    price_won: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CodePast:
    """All that a person's rows say of one code. `rows` are newest first, of many the newest."""

    rows: tuple[Interaction, ...]
    times: int
    first_at: datetime
    first_price: PricePoint | None = None  # of the oldest row that shows one
    lowest: PricePoint | None = None  # of all price answers shown


@dataclass(frozen=True, slots=True)
class PersonStats:
    """Numbers about one person's rows."""

    photos: int = 0
    codes: int = 0  # different ones
    statuses: Mapping[Status, int] = field(default_factory=dict)  # of rows with a photo
    taps: float | None = None  # mean to a photo's code; None where none were counted
    brands: tuple[tuple[str, int], ...] = ()  # with their numbers of codes, most first
    lowest: tuple[tuple[str, int], ...] = ()  # codes with their lowest price, cheapest first
