"""Settings of people, and forgetting a person whole."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.photos import PhotoFolder
from storage.types import Who

_log = logging.getLogger(__name__)
_people = schema.people
_rows = schema.interactions
_doomed = schema.doomed_photos


class PeopleTable:
    """The language each person chose; `bot.ports.People` is its shape.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database, photos: PhotoFolder) -> None:
        self._database = database
        self._photos = photos

    async def language(self, who: Who) -> str | None:
        """The language the person chose ("ko", "en"), or None."""
        async with self._database.read() as connection:
            chosen: str | None = await connection.scalar(
                sa.select(_people.c.language).where(_is(_people, who))
            )
        return chosen

    async def choose_language(self, who: Who, language: str) -> None:
        """Remember the choice."""
        row = {"channel": who.channel, "user_id": who.user}
        async with self._database.begin() as connection:
            await connection.execute(self._database.insert_new(_people).values(row))
            await connection.execute(
                sa.update(_people).where(_is(_people, who)).values(language=language)
            )

    async def forget(self, who: Who) -> int:
        """Delete the person's rows and the photos that nobody else's row names; rows deleted.

        When this returns, neither the database file nor its log nor the photo folder holds
        anything of the person. Raises PhotoStoreError when a photo cannot be deleted; it is
        then deleted at the next start.
        """
        async with self._database.begin() as connection:
            photos = await self._photos_of(connection, who)
            deleted = await _delete_rows(connection, who)
            if photos:
                await connection.execute(
                    self._database.insert_new(_doomed), [{"digest": photo} for photo in photos]
                )
        await self.finish_forgetting()
        return deleted

    async def finish_forgetting(self) -> None:
        """Delete the photo files that a forgetting left to delete, then clean the log."""
        async with self._database.read() as connection:
            doomed = (await connection.scalars(sa.select(_doomed.c.digest))).all()
        for digest in doomed:
            await self._delete_photo(digest)
        if not await self._database.scrub():
            _log.warning("the database's log is in use; it will be emptied at the next forgetting")

    async def _delete_photo(self, digest: str) -> None:
        # One writing transaction around question and deletion: no row comes to name the photo
        # between the two.
        async with self._database.begin() as connection:
            named = await connection.scalar(
                sa.select(_rows.c.id).where(_rows.c.photo == digest).limit(1)
            )
            if named is None:
                await self._photos.remove(digest)
            await connection.execute(sa.delete(_doomed).where(_doomed.c.digest == digest))

    async def _photos_of(self, connection: AsyncConnection, who: Who) -> list[str]:
        query = sa.select(_rows.c.photo).distinct()
        found = await connection.scalars(query.where(_is(_rows, who), _rows.c.photo.is_not(None)))
        return list(found)


async def _delete_rows(connection: AsyncConnection, who: Who) -> int:
    mine = sa.select(_rows.c.id).where(_is(_rows, who))
    deletes = (
        sa.delete(schema.quotes).where(schema.quotes.c.interaction_id.in_(mine)),
        sa.delete(schema.barcodes).where(schema.barcodes.c.interaction_id.in_(mine)),
        sa.delete(_rows).where(_is(_rows, who)),
        sa.delete(_people).where(_is(_people, who)),
        sa.delete(schema.inbox).where(_is(schema.inbox, who)),
        sa.delete(schema.chat_entries).where(_is(schema.chat_entries, who)),
    )
    return sum([(await connection.execute(delete)).rowcount for delete in deletes])


def _is(table: sa.Table, who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.channel == who.channel, table.c.user_id == who.user)
