"""The price sources that the settings name, over the store's catalogue and its book of calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

import aiohttp
from pydantic import SecretStr

from bot.talk.errors import SettingsError
from lookup.errors import SourceSettingsError
from lookup.service import PriceLookup
from lookup.settings import PriceSettings
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.elevenst import ElevenStreetSource
from lookup.sources.naver import NaverSource
from lookup.sources.serpapi import SerpApiSource
from lookup.sources.web_source import Manners
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
    kept = {
        "naver": settings.naver_kept_s,
        "elevenst": settings.elevenst_kept_s,
        "serpapi_naver": settings.serpapi_kept_s,
        "serpapi_google_shopping": settings.serpapi_kept_s,
    }
    sources = [*_web_sources(settings, session, CallBook(calls))]
    return PriceLookup(
        [*sources, CatalogueSource(ShopRows(catalogue))],
        settings.price_deadline_s,
        total_s=settings.price_total_s,
        lifetimes_s=kept,
        heard=heard,
    )


def _web_sources(
    settings: PriceSettings, session: aiohttp.ClientSession, book: CallBook
) -> Iterator[PriceSource]:
    name = ""
    try:
        if settings.naver_client_id and settings.naver_client_secret:
            name = "NAVER_CLIENT_ID, NAVER_CLIENT_SECRET"
            yield NaverSource(
                session,
                _secret(settings.naver_client_id),
                _secret(settings.naver_client_secret),
                settings.naver_api_url,
                calls_a_day=settings.naver_calls_a_day,
                manners=_manners(settings, settings.naver_calls_per_s),
                book=book,
            )
        if settings.elevenst_key:
            name = "ELEVENST_KEY"
            yield ElevenStreetSource(
                session,
                _secret(settings.elevenst_key),
                settings.elevenst_url,
                calls_a_day=settings.elevenst_calls_a_day,
                manners=_manners(settings, settings.elevenst_calls_per_s),
                book=book,
            )
        name = "SERPAPI_KEY"
        yield from _serpapi(settings, session, book)
    except SourceSettingsError as error:
        raise SettingsError(f"{name}: {error}") from error


def _serpapi(
    settings: PriceSettings, session: aiohttp.ClientSession, book: CallBook
) -> Iterator[PriceSource]:
    if settings.serpapi_key is None:
        return
    for engine in settings.engines:
        yield SerpApiSource(
            session,
            engine,
            _secret(settings.serpapi_key),
            settings.serpapi_url,
            calls_a_month=settings.serpapi_calls_a_month,
            manners=_manners(settings, settings.serpapi_calls_per_s),
            book=book,
        )


def _manners(settings: PriceSettings, calls_per_s: float) -> Manners:
    # A source goes on after its answer was due, so that it can be added late.
    total_s = max(settings.price_total_s, settings.price_deadline_s)
    return Manners(deadline_s=total_s, calls_per_s=calls_per_s)


def _secret(value: SecretStr) -> str:
    return value.get_secret_value()


def _mall(name: str) -> str:
    return SAMPLE_MALL if name.startswith(SAMPLE_MARK) else ""
