"""What is kept of a person beside their rows and messages: settings, watches, searches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.tables.forgetting import is_of
from storage.tables.people import consent_of
from storage.tables.watches import watch_of
from storage.types import Consent, Who
from storage.watch_types import Watch


@dataclass(frozen=True, slots=True)
class SearchKept:
    """A term that the person searched their past for, and when last."""

    term: str
    used_at: datetime


@dataclass(frozen=True, slots=True)
class ToldKept:
    """Something that the person was told once a day, and on which day last."""

    topic: str
    day: date


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it. `watches` are on and off; the newest search comes first."""

    language: str | None = None
    consent: Consent = field(default_factory=Consent)
    watches: tuple[Watch, ...] = ()
    searches: tuple[SearchKept, ...] = ()
    told: tuple[ToldKept, ...] = ()


class KeptTables:
    """Reads the tables that name a person; `bot.talk.kept.KeptOf` is its shape."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, who: Who) -> Kept:
        """All of one moment. Raises `storage.errors.DatabaseError`."""
        async with self._database.read() as connection:
            people = await _rows(connection, schema.people, who)
            watches = await _rows(connection, schema.watches, who)
            searches = await _rows(connection, schema.searches, who)
            told = await _rows(connection, schema.told, who)
        terms = [SearchKept(row.term, row.used_at) for row in searches]
        person = people[0] if people else None
        return Kept(
            language=person.language if person else None,
            consent=consent_of(person.consent, person.consent_at) if person else Consent(),
            watches=tuple(watch_of(row) for row in watches),
            searches=tuple(sorted(terms, key=lambda search: search.used_at, reverse=True)),
            told=tuple(ToldKept(row.topic, row.day) for row in told),
        )


async def _rows(connection: AsyncConnection, table: sa.Table, who: Who) -> tuple[sa.Row[Any], ...]:
    query = sa.select(table).where(is_of(table, who)).order_by(*table.primary_key.columns)
    return tuple((await connection.execute(query)).all())
