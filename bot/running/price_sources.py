"""The price sources that the settings name, over the store's catalogue and its book of calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

import aiohttp

from bot.talk.errors import SettingsError
from lookup.errors import SourceSettingsError
from lookup.service import PriceLookup
from lookup.settings import PriceSettings
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.means import CallManners, Means
from lookup.types import Offer, OfferNote, PriceQuote, PriceSource, Usage
from storage.catalogue.catalogue import SAMPLE_MARK, CatalogueRow, CatalogueTable
from storage.tables.price_calls import PriceCalls

SAMPLE_MALL = "SAMPLE 샘플"


class ShopRows:
    """The store's catalogue as price offers; what is out of stock is not offered.

    Rows of the shipped sample are marked, and none are there without `sample`.
    """

    def __init__(self, table: CatalogueTable, *, sample: bool = True) -> None:
        self._table = table
        self._sample = sample

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers for a code; those of the sample say so where the shop's name stands."""
        offers = [_offer(row) for row in await self._table.find(key) if row.in_stock]
        return tuple(
            offer for offer in offers if self._sample or offer.note is not OfferNote.SAMPLE
        )


class CallBook:
    """The store's counted calls as the sources' quota book."""

    def __init__(self, calls: PriceCalls) -> None:
        self._calls = calls

    async def take(self, bucket: str, period: str, limit: int, now: datetime) -> bool:
        """Count one call, unless nothing is left."""
        # A question that is given up must not cut the database off in the middle of a transaction.
        return await asyncio.shield(self._calls.take(bucket, period, limit, now))

    async def spend(self, bucket: str, period: str, until: datetime) -> None:
        """The service says that nothing is left until then."""
        await asyncio.shield(self._calls.spend(bucket, period, until))

    async def used(self, bucket: str, period: str) -> Usage:
        """What is counted so far."""
        used = await asyncio.shield(self._calls.used(bucket, period))
        return Usage(used.calls, spent_until=used.spent_until)


def price_lookup(
    settings: PriceSettings,
    session: aiohttp.ClientSession,
    catalogue: CatalogueTable,
    calls: PriceCalls,
    heard: Callable[[PriceQuote], None] | None = None,
) -> PriceLookup:
    """The look-up over all sources with a key, and the own catalogue; `heard` hears all answers.

    Raises `SettingsError`.
    """
    # A source goes on after its answer was due, so that it can be added late.
    total_s = max(settings.price_total_s, settings.price_deadline_s)
    means = Means(session, CallManners(total_s), CallBook(calls))
    shops = list(_web_sources(settings, means))
    return PriceLookup(
        [*shops, CatalogueSource(ShopRows(catalogue, sample=not shops))],
        settings.price_deadline_s,
        total_s=settings.price_total_s,
        heard=heard,
    )


def _web_sources(settings: PriceSettings, means: Means) -> Iterator[PriceSource]:
    for told in settings.sources:
        try:
            yield from told.open(means) if told.complete else ()
        except SourceSettingsError as error:
            raise SettingsError(f"{told.named(*told.credentials())}: {error}") from error


def _offer(row: CatalogueRow) -> Offer:
    sample = row.name.startswith(SAMPLE_MARK)
    mall, note = (SAMPLE_MALL, OfferNote.SAMPLE) if sample else ("", OfferNote.NONE)
    return Offer(row.name, row.price_won, row.url, mall, row.image, note=note)
