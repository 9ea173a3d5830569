"""Rows of the `barcodes` table: what barcodes a photo showed, and which codes they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.codec import quad_from_json
from storage.database import Database
from storage.types import StoredBarcode

_barcodes = schema.barcodes
_rows = schema.interactions


async def barcodes_of(
    connection: AsyncConnection, interactions: Sequence[int]
) -> Mapping[int, tuple[StoredBarcode, ...]]:
    """The barcodes of these interactions, in the order in which they were found."""
    kept: dict[int, tuple[StoredBarcode, ...]] = {}
    if not interactions:
        return kept
    query = sa.select(_barcodes).where(_barcodes.c.interaction_id.in_(interactions))
    for row in await connection.execute(query.order_by(_barcodes.c.id)):
        barcode = StoredBarcode(row.format, row.text, quad_from_json(row.quad))
        kept[row.interaction_id] = (*kept.get(row.interaction_id, ()), barcode)
    return kept


async def keep_barcodes(
    database: Database,
    connection: AsyncConnection,
    interaction: int,
    barcodes: Sequence[StoredBarcode],
) -> None:
    """Make these the interaction's barcodes; a text that is kept already stays as it is."""
    mine = _barcodes.c.interaction_id == interaction
    texts = [barcode.text for barcode in barcodes]
    await connection.execute(sa.delete(_barcodes).where(mine, _barcodes.c.text.not_in(texts)))
    if barcodes:
        rows = [_values(interaction, barcode) for barcode in barcodes]
        await connection.execute(database.insert_new(_barcodes), rows)


async def people_by_code(connection: AsyncConnection, texts: Sequence[str]) -> dict[str, int]:
    """For each code, how many people say that a photo with one of these barcodes shows it.

    A person has one say for each barcode: the code of their newest photo of it that has one.
    Nothing but codes and numbers of people comes out.
    """
    person = (_rows.c.channel, _rows.c.user_id)
    newest = sa.func.row_number().over(
        partition_by=(*person, _barcodes.c.text), order_by=_rows.c.id.desc()
    )
    says = (
        sa.select(*person, _rows.c.code, _rows.c.code_key, newest.label("age"))
        .join_from(_barcodes, _rows, _barcodes.c.interaction_id == _rows.c.id)
        .where(_barcodes.c.text.in_(texts), _rows.c.code.is_not(None))
        .subquery()
    )
    voices = (
        sa.select(
            says.c.channel, says.c.user_id, says.c.code_key, sa.func.min(says.c.code).label("code")
        )
        .where(says.c.age == 1)
        .group_by(says.c.channel, says.c.user_id, says.c.code_key)
        .subquery()
    )
    codes = sa.select(
        sa.func.min(voices.c.code).label("code"), sa.func.count().label("people")
    ).group_by(voices.c.code_key)
    return {row.code: row.people for row in await connection.execute(codes)}


def _values(interaction: int, barcode: StoredBarcode) -> dict[str, Any]:
    return {
        "interaction_id": interaction,
        "format": barcode.format,
        "text": barcode.text,
        "quad": barcode.quad,
    }
