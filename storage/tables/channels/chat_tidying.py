"""What goes from the web chat's transcripts because it is old, or too much."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storage import schema
from storage.database import Database

MOST_SHOWN = 200  # entries of one person
MOST_ENTRIES_KEPT = 2 * MOST_SHOWN  # enough to know a message that a page sends again

_rows = schema.chat_entries


class ChatTidying:
    """The part of `ChatTable` that tidying calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sweep(self, before: datetime) -> int:
        """Delete answered entries older than `before`, and all but each person's newest; how many.

        A person's newest `MOST_ENTRIES_KEPT` entries stay, where they are young enough.
        """
        place = sa.func.row_number().over(
            partition_by=(_rows.c.channel, _rows.c.user_id), order_by=_rows.c.id.desc()
        )
        places = sa.select(_rows.c.id, place.label("place")).subquery()
        beyond = sa.select(places.c.id).where(places.c.place > MOST_ENTRIES_KEPT)
        useless = sa.or_(_rows.c.created_at < before, _rows.c.id.in_(beyond))
        async with self._database.begin() as connection:
            query = sa.delete(_rows).where(sa.not_(_rows.c.pending), useless)
            return (await connection.execute(query)).rowcount

    async def drop_pictures(self, before: datetime) -> int:
        """Take the pictures out of answered entries older than `before`; of how many entries."""
        pictures = {"image": None, "dark": None}
        old = sa.and_(_rows.c.created_at < before, _rows.c.image.is_not(None))
        async with self._database.begin() as connection:
            update = sa.update(_rows).where(sa.not_(_rows.c.pending), old).values(pictures)
            return (await connection.execute(update)).rowcount
