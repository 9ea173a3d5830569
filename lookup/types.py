"""What `lookup` hands out. Money is whole won, times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import Protocol, runtime_checkable


class SourceState(StrEnum):
    """How a source answered."""

    OK = "ok"
    EMPTY = "empty"  # it answered: nothing fits
    DOWN = "down"  # network trouble, 5xx, unreadable answer
    SLOW = "slow"  # no answer before its deadline
    QUOTA = "quota"  # out of quota, until `until` where known
    RETIRED = "retired"  # the service is gone for good; never asked again
    REFUSED = "refused"  # credentials rejected


class Condition(StrEnum):
    """In what state the goods are."""

    NEW = "new"
    USED = "used"


class OfferNote(StrEnum):
    """What a person should know about an offer of the right goods."""

    NONE = ""
    ABROAD = "abroad"  # bought abroad for the person: duties, long delivery
    SET = "set"  # several pairs for one price
    KIDS = "kids"  # the title says children's sizes, others for the same code do not
    RESALE = "resale"  # a market where people sell on
    SAMPLE = "sample"  # nothing is sold: a row of the price list that the program brings along


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing on sale. `price_won` is a positive whole number of won.

    Source and time stand in the offer's quote.
    """

    title: str
    price_won: int
    link: str
    mall: str
    image: str = ""
    condition: Condition = Condition.NEW
    note: OfferNote = OfferNote.NONE

    @property
    def comparable(self) -> bool:
        """Whether its price is one new pair's price."""
        one = self.note not in {OfferNote.SET, OfferNote.SAMPLE}
        return one and self.condition is Condition.NEW


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

    @property
    def sells(self) -> bool:
        """Whether the code is on sale there."""
        return any(offer.note is not OfferNote.SAMPLE for offer in self.offers)


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """All sources' quotes for a code, and the link that always works.

    `pending` are the keys of sources that are SLOW here, but still being asked.
    """

    code: str
    quotes: tuple[PriceQuote, ...]
    link: str  # Naver Shopping search for the code
    pending: tuple[str, ...] = ()

    @property
    def best(self) -> Offer | None:
        """The lowest comparable offer over all sources; without one, the lowest that is on sale."""
        offers = [offer for offer in self.offers if offer.note is not OfferNote.SAMPLE]
        comparable = [offer for offer in offers if offer.comparable]
        return min(comparable or offers, key=lambda offer: offer.price_won, default=None)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All sources' offers, source by source."""
        return tuple(offer for quote in self.quotes for offer in quote.offers)

    @property
    def shops(self) -> int:
        """How many shops have comparable offers; a source's offers without a mall are one's."""
        malls = {
            "".join(offer.mall.split()).casefold() or f" {quote.source}"
            for quote in self.quotes
            for offer in quote.offers
            if offer.comparable
        }
        return len(malls)

    @property
    def count(self) -> int:
        """How many comparable offers there are."""
        return len(self._prices())

    @property
    def lowest(self) -> int | None:
        """The lowest comparable price in won, or None."""
        return min(self._prices(), default=None)

    @property
    def median(self) -> int | None:
        """The middle of the comparable prices in won, or None."""
        prices = self._prices()
        return round(median(prices)) if prices else None

    def _prices(self) -> list[int]:
        return [offer.price_won for offer in self.offers if offer.comparable]


class PriceSource(Protocol):
    """The seam: one place that knows prices. It never raises; trouble is a state.

    An OK or EMPTY answer is used again for `kept_s` seconds; 0: never.
    """

    key: str
    name: str
    kept_s: float

    async def quote(self, code: str) -> PriceQuote:
        """Ask for one code."""
        ...


class CatalogueRows(Protocol):
    """Where the own catalogue's rows come from (storage implements it; `bot.app` joins them)."""

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers whose code, reduced to A-Z0-9, equals `key`."""
        ...


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a quota is used.

    `limit` 0 means no limit is set here. `spent_until`: the service itself said that nothing is
    left before then (aware UTC). `gone` is the share (0..1) of the period that has passed.
    """

    calls: int = 0
    limit: int = 0
    spent_until: datetime | None = None
    gone: float = field(default=1.0, compare=False)

    @property
    def left(self) -> int | None:
        """Calls left in this period; None without a limit."""
        return max(0, self.limit - self.calls) if self.limit else None


class QuotaBook(Protocol):
    """Counts calls over all processes (storage implements it; `bot.app` plugs it in).

    `bucket` names what shares one quota, `period` the day or month it is counted in. May raise
    whatever its database raises: the source then makes no call.
    """

    async def take(self, bucket: str, period: str, limit: int, now: datetime) -> bool:
        """Count one call, unless `limit` (0: none) is reached or the quota is spent at `now`."""
        ...

    async def spend(self, bucket: str, period: str, until: datetime) -> None:
        """The service says that nothing is left until then."""
        ...

    async def used(self, bucket: str, period: str) -> Usage:
        """What is counted so far; its `limit` is 0."""
        ...


@runtime_checkable
class MeteredSource(Protocol):
    """A source on the web, whose calls are counted."""

    async def usage(self) -> Usage:
        """What is used of its quota. Raises what its book raises."""
        ...

    @property
    def resting(self) -> bool:
        """Whether it failed so often that it is left alone for a while."""
        ...


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source is doing, for the operator. `state` is None before the first answer."""

    key: str
    name: str
    state: SourceState | None = None
    asked_at: datetime | None = None
    answers: Mapping[SourceState, int] = field(default_factory=dict)  # since the start
    usage: Usage | None = None  # None: nothing is counted, or the book cannot be read
    resting: bool = False
