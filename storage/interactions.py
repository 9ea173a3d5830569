"""Rows of the `interactions` table and the price answers that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import codec, schema
from storage.barcodes import barcodes_of, keep_barcodes, people_by_code
from storage.database import Database
from storage.types import Interaction, Status, StoredBarcode, StoredQuote, Who
from stylecode import key as code_key

_rows = schema.interactions
_quotes = schema.quotes


class InteractionTable:
    """One row for each photo or typed code; `bot.ports.Interactions` is its shape.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, who: Who, event_key: str, now: datetime) -> tuple[Interaction, bool]:
        """The row of this person's event; True where this call made it (status READ, no photo)."""
        blank = Interaction(
            id=0, who=who, event_key=event_key, created_at=now, status=Status.READ, updated_at=now
        )
        values = _fixed(blank) | _mutable(blank)
        async with self._database.begin() as connection:
            insert = self._database.insert_new(_rows).values(values).returning(_rows)
            made = (await connection.execute(insert)).one_or_none()
            if made is not None:
                return _interaction(made), True
            query = sa.select(_rows).where(_of(who), _rows.c.event_key == event_key)
            (found,) = await _found(connection, query)
            return found, False

    async def get(self, interaction: int) -> Interaction | None:
        """One row by its id."""
        return await self._one(sa.select(_rows).where(_rows.c.id == interaction))

    async def save(self, interaction: Interaction) -> None:
        """Write all that is mutable back; a row that was deleted meanwhile stays deleted."""
        update = sa.update(_rows).where(_rows.c.id == interaction.id)
        async with self._database.begin() as connection:
            updated = await connection.execute(update.values(_mutable(interaction)))
            if updated.rowcount:
                await keep_barcodes(
                    self._database, connection, interaction.id, interaction.barcodes
                )

    async def latest(self, who: Who) -> Interaction | None:
        """The person's newest row."""
        return await self._one(
            sa.select(_rows).where(_of(who)).order_by(_rows.c.id.desc()).limit(1)
        )

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        """Rows with a final code, newest first, and how many there are in all."""
        coded = sa.and_(_of(who), _rows.c.code.is_not(None))
        page = sa.select(_rows).where(coded).order_by(_rows.c.id.desc())
        async with self._database.read() as connection:
            found = await _found(connection, page.offset(offset).limit(limit))
            total = await connection.scalar(
                sa.select(sa.func.count()).select_from(_rows).where(coded)
            )
        return found, total or 0

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        """For each code, how many people confirmed it for a photo with one of these barcodes."""
        if not texts:
            return {}
        async with self._database.read() as connection:
            return await people_by_code(connection, texts)

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
            found = (await connection.execute(query.order_by(_quotes.c.id))).all()
        return tuple(_quote(row) for row in found)

    async def _one(self, query: sa.Select[Any]) -> Interaction | None:
        async with self._database.read() as connection:
            found = await _found(connection, query)
        return found[0] if found else None


async def _found(connection: AsyncConnection, query: sa.Select[Any]) -> tuple[Interaction, ...]:
    """The rows of a query with their barcodes."""
    rows = (await connection.execute(query)).all()
    barcodes = await barcodes_of(connection, [row.id for row in rows])
    return tuple(_interaction(row, barcodes.get(row.id, ())) for row in rows)


def _of(who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == who.channel, _rows.c.user_id == who.user)


def _fixed(row: Interaction) -> dict[str, Any]:
    return {
        "channel": row.who.channel,
        "user_id": row.who.user,
        "event_key": row.event_key,
        "created_at": row.created_at,
    }


def _mutable(row: Interaction) -> dict[str, Any]:
    return {
        "updated_at": row.updated_at,
        "last_event": row.last_event,
        "status": row.status.value,
        "photo": row.photo,
        "candidates": codec.candidates_to_json(row.candidates),
        "models": dict(row.models),
        "timings_ms": dict(row.timings_ms),
        "draft": codec.draft_to_json(row.draft),
        "code": row.code,
        "code_key": None if row.code is None else code_key(row.code),
        "price_won": row.price_won,
        "fields": codec.fields_to_json(row.fields),
    }


def _interaction(row: sa.Row[Any], barcodes: tuple[StoredBarcode, ...] = ()) -> Interaction:
    return Interaction(
        id=row.id,
        who=Who(row.channel, row.user_id),
        event_key=row.event_key,
        created_at=row.created_at,
        status=Status(row.status),
        photo=row.photo,
        candidates=codec.candidates_from_json(row.candidates),
        models=row.models,
        timings_ms=row.timings_ms,
        code=row.code,
        draft=codec.draft_from_json(row.draft),
        price_won=row.price_won,
        last_event=row.last_event,
        updated_at=row.updated_at,
        barcodes=barcodes,
        fields=codec.fields_from_json(row.fields, row.id),
    )


def _quote_values(interaction: int, quote: StoredQuote) -> dict[str, Any]:
    return {
        "interaction_id": interaction,
        "source": quote.source,
        "source_name": quote.source_name,
        "state": quote.state,
        "fetched_at": quote.fetched_at,
        "offers": codec.offers_to_json(quote.offers),
    }


def _quote(row: sa.Row[Any]) -> StoredQuote:
    return StoredQuote(
        source=row.source,
        source_name=row.source_name,
        state=row.state,
        fetched_at=row.fetched_at,
        offers=codec.offers_from_json(row.offers),
    )
