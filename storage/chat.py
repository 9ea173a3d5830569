"""The web chat's transcripts: what the page shows again after a reload or a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database, utc_now
from storage.types import ChatEntry, Who

MOST_KEPT = 200  # entries of one person; the oldest go first

_rows = schema.chat
_SHOWN = (
    _rows.c.id,
    _rows.c.channel,
    _rows.c.user_id,
    _rows.c.turn,
    _rows.c.author,
    _rows.c.body,
    _rows.c.pending,
    _rows.c.version,
    _rows.c.created_at,
    _rows.c.image.is_not(None).label("has_image"),
)


class ChatTable:
    """Entries by person; `bot.web.types.ChatLog` is its shape.

    A person's entry is made once for each turn and stays pending until the turn is closed, with
    the upload kept beside it, so that a crash loses nothing. Every method raises
    `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def open_turn(
        self, who: Who, turn: str, body: str, upload: bytes | None
    ) -> tuple[ChatEntry, bool]:
        """The person's entry of this turn; True where this call made it."""
        values = self._values(who, turn, "person", body)
        values |= {"upload": upload, "pending": True, "once": turn}
        insert = self._database.insert_new(_rows).values(values).returning(_rows.c.id)
        mine = sa.and_(_is(who), _rows.c.once == turn)
        async with self._database.begin() as connection:
            made = await connection.scalar(insert)
            if made is not None:
                await _trim(connection, who)
            row = (await connection.execute(sa.select(*_SHOWN).where(mine))).one()
        return _entry(row), made is not None

    async def begin_answer(self, entry: ChatEntry) -> int:
        """Drop half an answer left by a crash and count the attempt; how many there were."""
        half = sa.and_(_is(entry.who), _rows.c.turn == entry.turn, _rows.c.author == "bot")
        update = sa.update(_rows).where(_rows.c.id == entry.id)
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(_rows).where(half))
            counted = update.values(attempts=_rows.c.attempts + 1).returning(_rows.c.attempts)
            return await connection.scalar(counted) or 0

    async def close_turn(self, entry: ChatEntry) -> None:
        """The turn is answered: its upload is no longer needed."""
        update = sa.update(_rows).where(_rows.c.id == entry.id)
        async with self._database.begin() as connection:
            await connection.execute(update.values(pending=False, upload=None))

    async def say(self, who: Who, turn: str, body: str, image: bytes | None) -> ChatEntry:
        """Add an entry of the bot."""
        values = self._values(who, turn, "bot", body) | {"image": image}
        insert = sa.insert(_rows).values(values).returning(*_SHOWN)
        async with self._database.begin() as connection:
            return _entry((await connection.execute(insert)).one())

    async def change(
        self, who: Who, entry: int, body: str, image: bytes | None
    ) -> ChatEntry | None:
        """Replace an entry of the bot, keeping its image where none is given; None: not there."""
        values: dict[str, Any] = {"body": body, "version": _rows.c.version + 1}
        if image is not None:
            values["image"] = image
        mine = sa.and_(_is(who), _rows.c.id == entry, _rows.c.author == "bot")
        update = sa.update(_rows).where(mine).values(values).returning(*_SHOWN)
        async with self._database.begin() as connection:
            row = (await connection.execute(update)).one_or_none()
        return _entry(row) if row is not None else None

    async def entries(self, who: Who, after: int = 0) -> Sequence[ChatEntry]:
        """The person's entries with a larger id, oldest first."""
        mine = sa.and_(_is(who), _rows.c.id > after)
        return await self._select(sa.select(*_SHOWN).where(mine).order_by(_rows.c.id))

    async def unanswered(self) -> Sequence[ChatEntry]:
        """Entries of all persons whose turn was never closed, oldest first."""
        waiting = _rows.c.pending.is_(sa.true())
        return await self._select(sa.select(*_SHOWN).where(waiting).order_by(_rows.c.id))

    async def image(self, who: Who, entry: int) -> bytes | None:
        """The JPEG of an entry of the bot, or None."""
        return await self._blob(_rows.c.image, sa.and_(_is(who), _rows.c.id == entry))

    async def upload(self, entry: int) -> bytes | None:
        """What the person sent, until its turn is closed."""
        return await self._blob(_rows.c.upload, _rows.c.id == entry)

    async def _blob(
        self, column: sa.Column[bytes | None], condition: sa.ColumnElement[bool]
    ) -> bytes | None:
        async with self._database.read() as connection:
            found: bytes | None = await connection.scalar(sa.select(column).where(condition))
        return found

    async def _select(self, query: sa.Select[Any]) -> list[ChatEntry]:
        async with self._database.read() as connection:
            return [_entry(row) for row in await connection.execute(query)]

    def _values(self, who: Who, turn: str, author: str, body: str) -> dict[str, Any]:
        return {
            "channel": who.channel,
            "user_id": who.user,
            "turn": turn,
            "author": author,
            "body": body,
            "pending": False,
            "attempts": 0,
            "version": 1,
            "created_at": self._clock(),
        }


async def _trim(connection: AsyncConnection, who: Who) -> None:
    newest = sa.select(_rows.c.id).where(_is(who)).order_by(_rows.c.id.desc())
    oldest = await connection.scalar(newest.offset(MOST_KEPT).limit(1))
    if oldest is not None:
        old = sa.and_(_is(who), _rows.c.id <= oldest, _rows.c.pending.is_(sa.false()))
        await connection.execute(sa.delete(_rows).where(old))


def _is(who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == who.channel, _rows.c.user_id == who.user)


def _entry(row: sa.Row[Any]) -> ChatEntry:
    return ChatEntry(
        id=row.id,
        who=Who(row.channel, row.user_id),
        turn=row.turn,
        author=row.author,
        body=row.body,
        created_at=row.created_at,
        has_image=row.has_image,
        pending=row.pending,
        version=row.version,
    )
