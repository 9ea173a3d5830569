"""Between rows of the `interactions` table and `Interaction`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import codec, schema
from storage.tables.barcodes import barcodes_of
from storage.types import Interaction, Status, StoredBarcode, Who
from stylecode import brand_of
from stylecode import key as code_key

_rows = schema.interactions


async def found(connection: AsyncConnection, query: sa.Select[Any]) -> tuple[Interaction, ...]:
    """The rows of a query with their barcodes."""
    rows = (await connection.execute(query)).all()
    barcodes = await barcodes_of(connection, [row.id for row in rows])
    return tuple(interaction_of(row, barcodes.get(row.id, ())) for row in rows)


def of(who: Who) -> sa.ColumnElement[bool]:
    """The person's rows."""
    return sa.and_(_rows.c.channel == who.channel, _rows.c.user_id == who.user)


def mine_of(table: sa.Table) -> sa.ColumnElement[bool]:
    """Joins a table that names people with their interactions."""
    return sa.and_(table.c.channel == _rows.c.channel, table.c.user_id == _rows.c.user_id)


def fixed(row: Interaction) -> dict[str, Any]:
    """The columns that never move."""
    return {
        "channel": row.who.channel,
        "user_id": row.who.user,
        "event_key": row.event_key,
        "created_at": row.created_at,
    }


def mutable(row: Interaction) -> dict[str, Any]:
    """All other columns."""
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
        "code_key": None if row.shown_code is None else code_key(row.shown_code),
        "brand": brand(row),
        "price_won": row.price_won,
        "fields": codec.fields_to_json(row.fields),
        "auto_code": row.auto_code,
        "lead": row.lead,
        "taps": row.taps,
        "priced_at": row.priced_at,
        "missing": row.missing,
        "events": list(row.events) or None,
    }


def interaction_of(row: sa.Row[Any], barcodes: tuple[StoredBarcode, ...] = ()) -> Interaction:
    """The way back."""
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
        auto_code=row.auto_code,
        lead=row.lead,
        taps=row.taps,
        priced_at=row.priced_at,
        missing=row.missing,
        events=tuple(row.events or ()),
    )


def brand(row: Interaction) -> str | None:
    """The shown code's brand: what the tag says, else what the code's shape tells."""
    if row.shown_code is None:
        return None
    return row.fields.brand or brand_of(row.shown_code) or None
