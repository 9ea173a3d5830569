"""Rows of the `barcodes` table: what barcodes a photo showed, and which codes they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.codec import quad_from_json
from storage.database import Database
from storage.types import StoredBarcode
from stylecode import key as code_key
from stylecode.witness import SURE_READING

_barcodes = schema.barcodes
_rows = schema.interactions
_MOST_SAYS = 200  # the newest; a handful of people decides


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

    A person has one say for each barcode: the code of their newest photo of it that has one. One
    person alone who says another code than their photo surely shows is not heard. Nothing but
    codes and numbers of people comes out.
    """
    person = (_rows.c.channel, _rows.c.user_id)
    newest = sa.func.row_number().over(
        partition_by=(*person, _barcodes.c.text), order_by=_rows.c.id.desc()
    )
    says = (
        sa.select(*person, _rows.c.id, newest.label("age"))
        .join_from(_barcodes, _rows, _barcodes.c.interaction_id == _rows.c.id)
        .where(_barcodes.c.text.in_(texts), _rows.c.code.is_not(None))
        .subquery()
    )
    newest_ids = sa.select(says.c.id).where(says.c.age == 1)
    newest_ids = newest_ids.order_by(says.c.id.desc()).limit(_MOST_SAYS)
    columns = (*person, _rows.c.code, _rows.c.code_key, _rows.c.candidates, _rows.c.lead)
    query = sa.select(*columns).where(_rows.c.id.in_(newest_ids))
    spelt: dict[str, str] = {}
    voices: defaultdict[str, dict[tuple[str, str], bool]] = defaultdict(dict)
    for row in await connection.execute(query):
        spelt[row.code_key] = min(row.code, spelt.get(row.code_key, row.code))
        who = (row.channel, row.user_id)
        doubted = _surely_another(row.code, row.candidates[row.lead :])
        voices[row.code_key][who] = doubted and voices[row.code_key].get(who, True)
    heard = {
        name: people
        for name, people in voices.items()
        if len(people) > 1 or not all(people.values())
    }
    return {spelt[name]: len(people) for name, people in heard.items()}


def _surely_another(code: str, candidates: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the reading was sure of another code than the person said."""
    if not candidates or candidates[0]["confidence"] < SURE_READING:
        return False
    return code_key(candidates[0]["code"]) != code_key(code)


def _values(interaction: int, barcode: StoredBarcode) -> dict[str, Any]:
    return {
        "interaction_id": interaction,
        "format": barcode.format,
        "text": barcode.text,
        "quad": barcode.quad,
    }
