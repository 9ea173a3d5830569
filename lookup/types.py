"""What `lookup` hands out. Money is whole won, times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class SourceState(StrEnum):
    """How a source answered."""

    OK = "ok"
    EMPTY = "empty"  # it answered: nothing fits
    DOWN = "down"  # network trouble, 5xx, unreadable answer
    SLOW = "slow"  # no answer before its deadline
    QUOTA = "quota"  # out of quota, until `until` where known
    RETIRED = "retired"  # the service is gone for good; never asked again
    REFUSED = "refused"  # credentials rejected


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing on sale. `price_won` is a positive whole number of won."""

    title: str
    price_won: int
    link: str
    mall: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class PriceQuote:
    """One source's answer for one code: offers lowest price first.

    `until` is when a source out of quota answers again, where that is known.
    """

    code: str
    source: str  # stable key such as "naver" or "catalogue"
    source_name: str  # what a person reads
    state: SourceState
    fetched_at: datetime
    offers: tuple[Offer, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """All sources' quotes for a code, and the link that always works."""

    code: str
    quotes: tuple[PriceQuote, ...]
    link: str  # Naver Shopping search for the code

    @property
    def best(self) -> Offer | None:
        """The lowest offer over all sources."""
        offers = [offer for quote in self.quotes for offer in quote.offers]
        return min(offers, key=lambda offer: offer.price_won, default=None)


class PriceSource(Protocol):
    """The seam: one place that knows prices. It never raises; trouble is a state."""

    key: str
    name: str

    async def quote(self, code: str) -> PriceQuote:
        """Ask for one code."""
        ...


class CatalogueRows(Protocol):
    """Where the own catalogue's rows come from (storage implements it; `bot.app` joins them)."""

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers whose code, reduced to A-Z0-9, equals `key`."""
        ...
