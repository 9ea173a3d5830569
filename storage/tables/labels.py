"""What readers saw on photos, what was said of them, and which are worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import codec, schema
from storage.database import Database
from storage.label_types import PhotoLabel, PhotoVerdict, Queued, TaughtPhoto, WorthOf
from storage.tables.people import consent_of
from storage.tables.rows import found, mine_of
from storage.types import Interaction, StoredReading
from storage.worth import worth

_rows, _people = schema.interactions, schema.people
_readings, _labels = schema.readings, schema.labels

_LESSONS_AT_ONCE = 200  # rows that are read, or written, in one go


class LabelTable:
    """Reads and writes `readings` and `labels`.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, interaction: int, label: PhotoLabel) -> bool:
        """Keep what somebody says; False where the photo's row is gone. Nothing is overwritten."""
        async with self._database.begin() as connection:
            owner = sa.select(_rows.c.id).where(_rows.c.id == interaction).with_for_update()
            if await connection.scalar(owner) is None:
                return False
            values = {"interaction_id": interaction, **asdict(label)}
            await connection.execute(sa.insert(_labels).values(values))
            (row,) = await found(connection, sa.select(_rows).where(_rows.c.id == interaction))
            await weigh(connection, self._database, row)
        return True

    async def of(self, interaction: int) -> tuple[PhotoLabel, ...]:
        """All that was said of a photo, oldest first."""
        async with self._database.read() as connection:
            return (await _labels_of(connection, [interaction])).get(interaction, ())

    async def reading(self, interaction: int) -> StoredReading:
        """What was read; empty for rows of older versions."""
        async with self._database.read() as connection:
            return (await _readings_of(connection, [interaction])).get(interaction, StoredReading())

    async def queue(self, limit: int, author: str = "", after: int = 0) -> tuple[Queued, ...]:
        """The consented photos that are most worth a look, best first.

        Those are left out that `author` has had a say on, and `after` skips so many.
        """
        said = sa.select(_labels.c.id).where(
            _labels.c.interaction_id == _readings.c.interaction_id, _labels.c.author == author
        )
        query = (
            sa.select(_readings.c.interaction_id, _readings.c.worth, _readings.c.reasons)
            .join(_rows, _rows.c.id == _readings.c.interaction_id)
            .join(_people, mine_of(_people))
            .where(_readings.c.worth.is_not(None), _rows.c.photo.is_not(None))
            .where(_people.c.consent == "yes", sa.not_(sa.exists(said)))
            .order_by(_readings.c.worth.desc(), _readings.c.interaction_id.desc())
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query.limit(limit).offset(after))
            return tuple(Queued(row[0], row[1], tuple(row[2])) for row in rows)

    async def waiting(self, most: int = 1000) -> int:
        """How many consented photos are worth a look, counted up to `most`."""
        return len(await self.queue(most))

    async def lessons(
        self, after: int = 0, limit: int = _LESSONS_AT_ONCE
    ) -> tuple[TaughtPhoto, ...]:
        """Consented photos behind the row `after`, oldest first."""
        query = (
            sa.select(_rows.c.id, _people.c.consent, _people.c.consent_at)
            .join(_people, mine_of(_people))
            .where(_people.c.consent == "yes", _rows.c.photo.is_not(None), _rows.c.id > after)
            .order_by(_rows.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            chosen = (await connection.execute(query)).all()
            ids = [row.id for row in chosen]
            rows = await found(connection, sa.select(_rows).where(_rows.c.id.in_(ids)))
            readings = await _readings_of(connection, ids)
            labels = await _labels_of(connection, ids)
            queued = await _queued_of(connection, ids)
        by_id = {row.id: row for row in rows}
        return tuple(
            TaughtPhoto(
                by_id[row.id],
                readings.get(row.id, StoredReading()),
                labels.get(row.id, ()),
                consent_of(row.consent, row.consent_at),
                queued.get(row.id),
            )
            for row in chosen
            if row.id in by_id
        )

    async def consented(self, interactions: Sequence[int]) -> frozenset[int]:
        """Those of these that may still serve: the row is there, with its photo and consent."""
        found: set[int] = set()
        for start in range(0, len(interactions), _LESSONS_AT_ONCE):
            some = interactions[start : start + _LESSONS_AT_ONCE]
            query = (
                sa.select(_rows.c.id)
                .join(_people, mine_of(_people))
                .where(_rows.c.id.in_(some), _rows.c.photo.is_not(None))
                .where(_people.c.consent == "yes")
            )
            async with self._database.read() as connection:
                found.update(await connection.scalars(query))
        return frozenset(found)

    async def reweigh(self, worths: WorthOf) -> None:
        """Put photos where they belong in the queue, as who knows the whole data set sees it."""
        items = list(worths.items())
        for start in range(0, len(items), _LESSONS_AT_ONCE):
            async with self._database.begin() as connection:
                for interaction, (value, reasons) in items[start : start + _LESSONS_AT_ONCE]:
                    await _put(
                        connection,
                        self._database,
                        interaction,
                        {"worth": value, "reasons": list(reasons)},
                    )


async def keep_reading(connection: AsyncConnection, database: Database, row: Interaction) -> None:
    """With a row that is saved: its reading, where there is a new one, and its worth."""
    if row.reading is not None:
        values = codec.reading_to_row(row.reading)
        await _put(connection, database, row.id, values)
    if row.photo is not None:
        await weigh(connection, database, row)


async def weigh(connection: AsyncConnection, database: Database, row: Interaction) -> None:
    """Work out anew how much a word on the photo would teach."""
    reading = (await _readings_of(connection, [row.id])).get(row.id, StoredReading())
    labels = (await _labels_of(connection, [row.id])).get(row.id, ())
    value, reasons = worth(row, reading, labels)
    await _put(connection, database, row.id, {"worth": value, "reasons": list(reasons)})


async def _put(
    connection: AsyncConnection, database: Database, interaction: int, values: dict[str, Any]
) -> None:
    update = sa.update(_readings).where(_readings.c.interaction_id == interaction).values(values)
    if (await connection.execute(update)).rowcount:
        return
    blank = {"interaction_id": interaction, "regions": [], "terms": [], "reasons": []}
    await connection.execute(database.insert_new(_readings).values({**blank, **values}))


async def _readings_of(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, StoredReading]:
    query = sa.select(_readings).where(_readings.c.interaction_id.in_(ids))
    rows = await connection.execute(query)
    return {row.interaction_id: codec.reading_of(row) for row in rows}


async def _labels_of(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[PhotoLabel, ...]]:
    query = sa.select(_labels).where(_labels.c.interaction_id.in_(ids)).order_by(_labels.c.id)
    labels: dict[int, tuple[PhotoLabel, ...]] = {}
    for row in await connection.execute(query):
        known = labels.get(row.interaction_id, ())
        labels[row.interaction_id] = (*known, _label_of(row))
    return labels


async def _queued_of(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Queued]:
    columns = _readings.c.interaction_id, _readings.c.worth, _readings.c.reasons
    open_ones = _readings.c.worth.is_not(None)
    query = sa.select(*columns).where(_readings.c.interaction_id.in_(ids), open_ones)
    rows = await connection.execute(query)
    return {row[0]: Queued(row[0], row[1], tuple(row[2])) for row in rows}


def _label_of(row: sa.Row[Any]) -> PhotoLabel:
    quad = None if row.quad is None else codec.quad_from_json(row.quad)
    return PhotoLabel(
        author=row.author,
        verdict=PhotoVerdict(row.verdict),
        created_at=row.created_at,
        code=row.code,
        quad=quad,
        weak=row.weak,
        evidence=row.evidence,
    )
