"""Which codes exist, as far as rows tell, and how much a person sends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.tables.rows import of
from storage.types import SAID, Status, Who
from stylecode import key as code_key

_rows = schema.interactions


async def people_who_confirmed(connection: AsyncConnection, codes: Sequence[str]) -> dict[str, int]:
    """How many people confirmed each of these codes for a photo; those of nobody are not in it."""
    keys = {code: code_key(code) for code in codes}
    voices = (
        sa.select(_rows.c.code_key, _rows.c.channel, _rows.c.user_id)
        .where(_rows.c.code_key.in_(set(keys.values())), _rows.c.code.is_not(None))
        .where(_rows.c.status.in_([status.value for status in SAID]))
        .distinct()
        .subquery()
    )
    query = sa.select(voices.c.code_key, sa.func.count().label("people"))
    found = await connection.execute(query.group_by(voices.c.code_key))
    people = {row.code_key: row.people for row in found}
    return {code: people[name] for code, name in keys.items() if name in people}


async def photos_since(connection: AsyncConnection, who: Who, since: datetime, beside: str) -> int:
    """How many photos the person has sent from `since` on, that of the event `beside` aside."""
    query = (
        sa.select(sa.func.count())
        .select_from(_rows)
        .where(of(who), _rows.c.created_at >= since, _rows.c.event_key != beside)
        .where(sa.or_(_rows.c.photo.is_not(None), _rows.c.status != Status.TYPED.value))
    )
    return await connection.scalar(query) or 0
