"""Messages of people on a channel and the messages that answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import schema
from storage.database import Database
from storage.types import Post

_rows = schema.posts


class PostTable:
    """One row for each message of a person that was read, by channel, chat and message.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, posts: Sequence[Post]) -> None:
        """Remember messages that were received; those known already stay as they are."""
        if not posts:
            return
        async with self._database.begin() as connection:
            await connection.execute(
                self._database.insert_new(_rows), [_values(post) for post in posts]
            )

    async def get(self, channel: str, chat: int, message: int) -> Post | None:
        """The person's message."""
        return await self._one(_in(channel, chat), _rows.c.message == message)

    async def of_answer(self, channel: str, chat: int, answer: int) -> Post | None:
        """The message that this one of ours answers."""
        return await self._one(_in(channel, chat), _rows.c.answer == answer)

    async def of_interaction(self, channel: str, user: str, interaction: int) -> Post | None:
        """The person's newest message about a row."""
        mine = sa.and_(_rows.c.channel == channel, _rows.c.user_id == user)
        return await self._one(mine, _rows.c.interaction == interaction)

    async def album(self, channel: str, chat: int, album: str) -> tuple[Post, ...]:
        """The messages of an album, in order."""
        query = sa.select(_rows).where(_in(channel, chat), _rows.c.album == album)
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(_rows.c.message))
            return tuple(_post(row) for row in found)

    async def save(self, post: Post) -> None:
        """Write the message's row, new or known."""
        values = _values(post)
        place = sa.and_(_in(post.channel, post.chat), _rows.c.message == post.message)
        async with self._database.begin() as connection:
            await connection.execute(self._database.insert_new(_rows).values(values))
            await connection.execute(sa.update(_rows).where(place).values(values))

    async def sum_up(self, channel: str, chat: int, messages: Sequence[int], summary: int) -> None:
        """These messages are counted in the message `summary`."""
        counted = sa.and_(_in(channel, chat), _rows.c.message.in_(messages))
        update = sa.update(_rows).where(counted).values(summary=summary, counted=True)
        async with self._database.begin() as connection:
            await connection.execute(update)

    async def sweep(self, older_than: datetime) -> int:
        """Delete what was seen before `older_than`; how many rows."""
        delete = sa.delete(_rows).where(_rows.c.seen_at < older_than)
        async with self._database.begin() as connection:
            return (await connection.execute(delete)).rowcount

    async def _one(self, *conditions: sa.ColumnElement[bool]) -> Post | None:
        query = sa.select(_rows).where(*conditions).order_by(_rows.c.id.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return _post(row) if row else None


def _in(channel: str, chat: int) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == channel, _rows.c.chat == chat)


def _values(post: Post) -> dict[str, Any]:
    values = asdict(post)
    values["user_id"] = values.pop("user")
    return values


def _post(row: sa.Row[Any]) -> Post:
    values = row._asdict()
    del values["id"]
    return Post(user=values.pop("user_id"), **values)
