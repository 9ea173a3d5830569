"""Rows of the `interactions` table and the price answers that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import codec, schema
from storage.tables.barcodes import keep_barcodes, people_by_code
from storage.tables.known import people_who_confirmed, photos_since
from storage.tables.labels import keep_reading
from storage.tables.past import PastTable, quote_of
from storage.tables.rows import fixed, found, interaction_of, mutable, of
from storage.types import Interaction, Status, StoredQuote, Who

_rows = schema.interactions
_quotes = schema.quotes


class InteractionTable(PastTable):
    """One row for each photo or typed code; `bot.talk.ports.Interactions` is its shape.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    async def begin(self, who: Who, event_key: str, now: datetime) -> tuple[Interaction, bool]:
        """The row of this person's event; True where this call made it (status READ, no photo)."""
        blank = Interaction(
            id=0, who=who, event_key=event_key, created_at=now, status=Status.READ, updated_at=now
        )
        values = fixed(blank) | mutable(blank)
        async with self._database.begin() as connection:
            insert = self._database.insert_new(_rows).values(values).returning(_rows)
            made = (await connection.execute(insert)).one_or_none()
            if made is not None:
                return interaction_of(made), True
            query = sa.select(_rows).where(of(who), _rows.c.event_key == event_key)
            (known,) = await found(connection, query)
            return known, False

    async def get(self, interaction: int) -> Interaction | None:
        """One row by its id."""
        return await self._one(sa.select(_rows).where(_rows.c.id == interaction))

    async def save(self, interaction: Interaction) -> None:
        """Write all that is mutable back; a row that was deleted meanwhile stays deleted."""
        update = sa.update(_rows).where(_rows.c.id == interaction.id)
        async with self._database.begin() as connection:
            updated = await connection.execute(update.values(mutable(interaction)))
            if updated.rowcount:
                await keep_barcodes(
                    self._database, connection, interaction.id, interaction.barcodes
                )
                await keep_reading(connection, self._database, interaction)

    async def latest(self, who: Who) -> Interaction | None:
        """The person's newest row."""
        return await self._one(sa.select(_rows).where(of(who)).order_by(_rows.c.id.desc()).limit(1))

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        """For each code, how many people confirmed it for a photo with one of these barcodes."""
        if not texts:
            return {}
        async with self._database.read() as connection:
            return await people_by_code(connection, texts)

    async def known_codes(self, codes: Sequence[str]) -> Mapping[str, int]:
        """How many people confirmed each of these codes for a photo; of nobody: not in it."""
        if not codes:
            return {}
        async with self._database.read() as connection:
            return await people_who_confirmed(connection, codes)

    async def photos_since(self, who: Who, since: datetime, beside: str) -> int:
        """How many photos the person sent from then on, that of the event `beside` aside."""
        async with self._database.read() as connection:
            return await photos_since(connection, who, since, beside)

    async def find(self, who: Who, event_key: str) -> Interaction | None:
        """The row that this person's event made, if there is one."""
        return await self._one(sa.select(_rows).where(of(who), _rows.c.event_key == event_key))

    async def add_quotes(self, interaction: int, quotes: Sequence[StoredQuote]) -> None:
        """Keep price answers as they were shown; nothing happens for a row that is gone."""
        if not quotes:
            return
        async with self._database.begin() as connection:
            owner = sa.select(_rows.c.id).where(_rows.c.id == interaction).with_for_update()
            if await connection.scalar(owner) is not None:
                rows = [_quote_values(interaction, quote) for quote in quotes]
                await connection.execute(sa.insert(_quotes), rows)

    async def quotes(self, interaction: int) -> Sequence[StoredQuote]:
        """All price answers shown for a row, in the order in which they were shown."""
        query = sa.select(_quotes).where(_quotes.c.interaction_id == interaction)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(_quotes.c.id))).all()
        return tuple(quote_of(row) for row in rows)

    async def _one(self, query: sa.Select[Any]) -> Interaction | None:
        async with self._database.read() as connection:
            rows = await found(connection, query)
        return rows[0] if rows else None


def _quote_values(interaction: int, quote: StoredQuote) -> dict[str, Any]:
    return {
        "interaction_id": interaction,
        "source": quote.source,
        "source_name": quote.source_name,
        "state": quote.state,
        "fetched_at": quote.fetched_at,
        "offers": codec.offers_to_json(quote.offers),
    }
