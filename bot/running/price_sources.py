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
from lookup.types import Offer, PriceQuote, PriceSource, Usage
from storage.catalogue.catalogue import CatalogueTable
from storage.tables.price_calls import PriceCalls

SAMPLE_MARK = "[SAMPLE]"
SAMPLE_MALL = "SAMPLE 샘플"


class ShopRows:
    """The store's catalogue as price offers; what is out of stock is not offered."""

    def __init__(self, table: CatalogueTable) -> None:
        self._table = table

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers for a code; those of the shipped sample say so where the shop's name stands."""
        rows = await self._table.find(key)
        return tuple(
            Offer(row.name, row.price_won, row.url, _mall(row.name), row.image)
            for row in rows
            if row.in_stock
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
    return PriceLookup(
        [*_web_sources(settings, means), CatalogueSource(ShopRows(catalogue))],
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


def _mall(name: str) -> str:
    return SAMPLE_MALL if name.startswith(SAMPLE_MARK) else ""
