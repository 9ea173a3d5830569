"""Prices on the command line, from the same sources and the same book of calls as the bot's."""

from __future__ import annotations

import aiohttp

from bot.running.price_sources import price_lookup
from bot.settings import Settings
from lookup.types import PriceAnswer
from storage.care.backup import opened
from storage.catalogue.catalogue import CatalogueTable
from storage.tables.price_calls import PriceCalls


async def answered(settings: Settings, code: str) -> PriceAnswer:
    """What all sources say, late ones included. Raises `SettingsError`, `DatabaseError`."""
    async with opened(settings.database_url) as database, aiohttp.ClientSession() as session:
        tables = CatalogueTable(database), PriceCalls(database)
        answers = [answer async for answer in price_lookup(settings, session, *tables).follow(code)]
    return answers[-1]
