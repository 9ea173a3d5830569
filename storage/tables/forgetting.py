"""Forgetting: a code of a person, a person whole, and what is older than it may get."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.errors import PhotoStoreError
from storage.photos.named import UPLOAD_COLUMNS, remove_unnamed
from storage.photos.photo_store import PhotoStore
from storage.tables.channels.kakao_answers import forget_answers
from storage.types import Retired, Who
from stylecode import key as code_key

_log = logging.getLogger(__name__)
_rows = schema.interactions
_doomed = schema.doomed_photos
_MOST_FAILURES = 3  # photos that cannot be deleted, before the rest waits for the next try
_CHUNK = 400  # rows in one transaction, so that nobody waits long


class Forgetting:
    """Deletes rows and the photos that no other row names.

    Every method raises `DatabaseError` when the database fails, and `PhotoStoreError` when a photo
    cannot be deleted; its digest is kept then, and it is deleted at the next tidying or start.
    """

    def __init__(self, database: Database, photos: PhotoStore) -> None:
        self._database = database
        self._photos = photos

    async def forget_code(self, who: Who, code: str) -> int:
        """Delete the person's rows of a code, and photos like `forget`; how many rows.

        A row that only lists it, with other codes of one message, goes too.
        """
        mine = sa.and_(is_of(_rows, who), sa.or_(_rows.c.code_key == code_key(code), _lists(code)))
        async with self._database.begin() as connection:
            await self._doom_photos(connection, mine)
            await forget_answers(connection, who, mine, code)
            deleted, _ = await _delete_interactions(connection, mine)
        await self.finish_forgetting()
        return deleted

    async def forget(self, who: Who) -> int:
        """Delete the person's rows and the photos that nobody else's row names; rows deleted.

        When this returns, neither the database file nor its log nor the photo folder holds
        anything of the person.
        """
        async with self._database.begin() as connection:
            await self._doom_photos(connection, is_of(_rows, who))
            await self._doom_uploads(connection, who)
            deleted = await _delete_rows(connection, who)
        await self.finish_forgetting()
        return deleted

    async def retire(self, photos_before: datetime | None, rows_before: datetime | None) -> Retired:
        """Delete photos, and rows whole, of interactions begun before; None: however old.

        A photo that a younger row names stays for that one. Search terms, and what people were
        told, go with rows of their age.
        """
        rows = photos = 0
        if rows_before:
            await self._retire_terms(rows_before)
        while rows_before and (gone := await self._retire_rows(rows_before)):
            rows += gone
        while photos_before and (gone := await self._retire_photos(photos_before)):
            photos += gone
        if rows or photos:
            await self.finish_forgetting()
        return Retired(rows, photos)

    async def _retire_terms(self, before: datetime) -> None:
        async with self._database.begin() as connection:
            for table, age in (
                (schema.searches, schema.searches.c.used_at < before),
                (schema.told, schema.told.c.day < before.date()),
            ):
                await connection.execute(sa.delete(table).where(age))

    async def _retire_rows(self, before: datetime) -> int:
        old = sa.select(_rows.c.id).where(_rows.c.created_at < before)
        async with self._database.begin() as connection:
            ids = (await connection.scalars(old.order_by(_rows.c.created_at).limit(_CHUNK))).all()
            batch = _rows.c.id.in_(ids)
            await self._doom_photos(connection, batch)
            return (await _delete_interactions(connection, batch))[0]

    async def _retire_photos(self, before: datetime) -> int:
        old = sa.select(_rows.c.id).where(_rows.c.created_at < before, _rows.c.photo.is_not(None))
        async with self._database.begin() as connection:
            ids = (await connection.scalars(old.order_by(_rows.c.created_at).limit(_CHUNK))).all()
            batch = _rows.c.id.in_(ids)
            await self._doom_photos(connection, batch)
            return (
                await connection.execute(sa.update(_rows).where(batch).values(photo=None))
            ).rowcount

    async def finish_forgetting(self) -> None:
        """Delete the photo files that a forgetting left to delete, then clean the log.

        Raises `PhotoStoreError` at the end for photos that cannot be deleted; the others are gone.
        """
        async with self._database.read() as connection:
            doomed = list((await connection.scalars(sa.select(_doomed.c.digest))).all())
        random.shuffle(doomed)  # a few that resist must not stand before the others for ever
        failures: list[PhotoStoreError] = []
        for digest in doomed:
            try:
                await self._delete_photo(digest)
            except PhotoStoreError as error:
                failures.append(error)
                if len(failures) == _MOST_FAILURES:
                    break
        await self._scrub()
        if failures:
            raise failures[0]

    async def _scrub(self) -> None:
        if not await self._database.scrub():
            _log.warning("the database's log is in use; it is emptied at the next tidying")

    async def _delete_photo(self, digest: str) -> None:
        async with self._database.alone(_rows) as connection:
            await remove_unnamed(connection, self._photos, digest)
            await connection.execute(sa.delete(_doomed).where(_doomed.c.digest == digest))

    async def _doom_photos(self, connection: AsyncConnection, rows: sa.ColumnElement[bool]) -> None:
        """Have the photos of these rows deleted, once the rows are gone."""
        query = sa.select(_rows.c.photo).distinct().where(rows, _rows.c.photo.is_not(None))
        await self._doom(connection, (await connection.scalars(query)).all())

    async def _doom_uploads(self, connection: AsyncConnection, who: Who) -> None:
        """Have what the person sent, and nobody answered yet, deleted as well."""
        for column in UPLOAD_COLUMNS:
            theirs = sa.and_(is_of(column.table, who), column.is_not(None))
            await self._doom(
                connection, (await connection.scalars(sa.select(column).where(theirs))).all()
            )

    async def _doom(self, connection: AsyncConnection, names: Sequence[str | None]) -> None:
        if names:
            await connection.execute(
                self._database.insert_new(_doomed), [{"digest": name} for name in names]
            )


async def _delete_rows(connection: AsyncConnection, who: Who) -> int:
    """The person's rows in all tables; how many."""
    rows = sum(await _delete_interactions(connection, is_of(_rows, who)))
    # Every table that names a person, those that nobody has thought of yet included.
    personal = [
        table
        for table in reversed(schema.metadata.sorted_tables)
        if {"channel", "user_id"} <= set(table.c.keys()) and table is not _rows
    ]
    deletes = [sa.delete(table).where(is_of(table, who)) for table in personal]
    return rows + sum([(await connection.execute(delete)).rowcount for delete in deletes])


async def _delete_interactions(
    connection: AsyncConnection, rows: sa.ColumnElement[bool]
) -> tuple[int, int]:
    """These interactions with what belongs to them; how many, and how many rows of the latter."""
    ids = sa.select(_rows.c.id).where(rows)
    deletes = [
        sa.delete(table).where(table.c.interaction_id.in_(ids))
        for table in (schema.quotes, schema.barcodes, schema.readings, schema.labels)
    ]
    belonging = sum([(await connection.execute(delete)).rowcount for delete in deletes])
    return (await connection.execute(sa.delete(_rows).where(rows))).rowcount, belonging


def is_of(table: sa.Table, who: Who) -> sa.ColumnElement[bool]:
    """The rows of a table that are the person's."""
    return sa.and_(table.c.channel == who.channel, table.c.user_id == who.user)


def _lists(code: str) -> sa.ColumnElement[bool]:
    """Rows of messages that named this code among several, none of which was chosen there."""
    text = sa.cast(_rows.c.candidates, sa.Text)
    named = text.contains(f'"{code}"', autoescape=True)
    return sa.and_(_rows.c.photo.is_(None), _rows.c.code_key.is_(None), named)
