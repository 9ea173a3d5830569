"""The web chat's transcript: what each person did and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database, utc_now
from storage.lease import Leases
from storage.photos.arriving import Arriving
from storage.photos.jpeg_size import HEAD_BYTES, jpeg_size
from storage.photos.named import remove_uploads
from storage.photos.photo_store import PhotoStore
from storage.tables.channels.chat_tidying import MOST_SHOWN, ChatTidying
from storage.types import ChatEntry, Lease, Who

_rows = schema.chat_entries
# Pictures are only read when asked for, of the others their size: a transcript must not drag them.
_shown = (
    _rows.c.id,
    _rows.c.channel,
    _rows.c.user_id,
    _rows.c.turn,
    _rows.c.author,
    _rows.c.body,
    _rows.c.created_at,
    _rows.c.image.is_not(None).label("has_image"),
    _rows.c.dark.is_not(None).label("has_dark"),
    sa.func.substr(_rows.c.image, 1, HEAD_BYTES, type_=sa.LargeBinary).label("head"),
    _rows.c.pending,
    _rows.c.version,
    _rows.c.upload_file,
    _rows.c.alone,
)


class ChatTable(ChatTidying):
    """Entries of persons and of the bot; `bot.channels.web.types.ChatLog` is its shape.

    Calls about an entry that is gone do nothing. Every method raises
    `storage.errors.DatabaseError` when the database fails, those about uploads `PhotoStoreError`,
    too. Unanswered turns are leased (`storage.lease`).
    """

    def __init__(
        self, database: Database, photos: PhotoStore, clock: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(database)
        self._photos = photos
        self._clock = clock or utc_now
        self._leases = Leases(database, _rows, clock)

    async def open_turn(
        self, who: Who, turn: str, body: str, upload: Arriving | None
    ) -> tuple[ChatEntry, bool]:
        """The person's entry of this turn; True where this call made it and took the upload."""
        name = await self._photos.take(upload.path) if upload else None
        values = self._values(who, turn, "person", body) | {"upload_file": name, "pending": True}
        insert = self._database.insert_new(_rows).values(values).returning(_rows.c.id)
        mine = sa.and_(_turn(who, turn), _rows.c.author == "person")
        made = False
        try:
            async with self._database.begin() as connection:
                made = await connection.scalar(insert) is not None
                entry = await _one(connection, mine)
        finally:
            if not made:
                await remove_uploads(self._photos, [name])
        return entry, made

    async def begin_answer(self, entry: ChatEntry, lease: Lease) -> int:
        """Take an unanswered turn that nobody else holds; the number of this attempt, 0: not taken.

        Half an answer left by a crash is dropped.
        """
        waits = sa.and_(_rows.c.id == entry.id, _rows.c.pending)
        take = self._leases.take(lease, waits, again=True)
        take = take.values(attempts=_rows.c.attempts + 1).returning(_rows.c.attempts)
        half = sa.and_(_turn(entry.who, entry.turn), _rows.c.author == "bot")
        async with self._database.begin() as connection:
            attempts = await connection.scalar(take) or 0
            if attempts:
                await connection.execute(sa.delete(_rows).where(half))
            return attempts

    async def renew(self, lease: Lease) -> None:
        """Hold on to all turns that the owner answers."""
        await self._leases.renew(lease, _rows.c.pending)

    async def release(self, owner: str) -> None:
        """Give back the turns that the owner did not answer."""
        await self._leases.release(owner, _rows.c.pending)

    async def is_pending(self, entry: ChatEntry) -> bool:
        """Whether a turn waits for its answer; False where it is gone."""
        query = sa.select(_rows.c.pending).where(_rows.c.id == entry.id)
        async with self._database.read() as connection:
            return bool(await connection.scalar(query))

    async def close_turn(self, entry: ChatEntry) -> None:
        """The turn is answered: its upload is dropped."""
        update = sa.update(_rows).where(_rows.c.id == entry.id)
        async with self._database.begin() as connection:
            await connection.execute(update.values(pending=False, upload=None, upload_file=None))
        await remove_uploads(self._photos, [entry.upload])

    async def say(  # noqa: PLR0913
        self,
        who: Who,
        turn: str,
        body: str,
        image: bytes | None,
        document: bytes | None = None,
        *,
        dark: bytes | None = None,
    ) -> ChatEntry:
        """Add an entry of the bot, with its picture (for dark pages, too) and its file."""
        pictures = {"image": image or None, "document": document, "dark": dark}
        values = self._values(who, turn, "bot", body) | pictures
        async with self._database.begin() as connection:
            made = await connection.scalar(sa.insert(_rows).values(values).returning(_rows.c.id))
            return await _one(connection, _rows.c.id == made)

    async def change(  # noqa: PLR0913
        self,
        who: Who,
        entry: int,
        body: str,
        image: bytes | None,
        document: bytes | None = None,
        *,
        dark: bytes | None = None,
    ) -> ChatEntry | None:
        """Replace an entry of the bot; None: not there.

        It keeps its image where `image` is None, and loses it where that is empty.
        """
        new: dict[str, Any] = {"body": body, "version": _rows.c.version + 1, "document": document}
        if image is not None:
            new |= {"image": image or None, "dark": dark}
        update = sa.update(_rows).where(_of(who), _rows.c.id == entry, _rows.c.author == "bot")
        async with self._database.begin() as connection:
            changed = await connection.scalar(update.values(new).returning(_rows.c.id))
            return None if changed is None else await _one(connection, _rows.c.id == changed)

    async def entries(
        self, who: Who, after: int = 0, before: int | None = None, most: int = MOST_SHOWN
    ) -> Sequence[ChatEntry]:
        """The person's entries between these ids, oldest first; of many only the newest."""
        older = sa.true() if before is None else _rows.c.id < before
        newest = sa.select(_rows.c.id).where(_of(who), _rows.c.id > after, older)
        shown = newest.order_by(_rows.c.id.desc()).limit(min(most, MOST_SHOWN))
        return await self._entries(_rows.c.id.in_(shown))

    async def unanswered(self, lease: Lease) -> Sequence[ChatEntry]:
        """Entries of all persons that wait and that nobody but the owner holds, oldest first."""
        free = sa.or_(self._leases.lapsed(lease.length), self._leases.held(lease.owner))
        return await self._entries(sa.and_(_rows.c.pending, free))

    async def note_alone(self, entry: ChatEntry) -> None:
        """The turn is begun with no photo beside it."""
        update = sa.update(_rows).where(_rows.c.id == entry.id)
        async with self._database.begin() as connection:
            await connection.execute(update.values(alone=_rows.c.alone + 1))

    async def image(self, who: Who, entry: int, *, dark: bool = False) -> bytes | None:
        """The JPEG of an entry of the bot, as dark pages show it where it has that; or None."""
        image = sa.func.coalesce(_rows.c.dark, _rows.c.image) if dark else _rows.c.image
        return await self._blob(sa.select(image).where(_of(who), _rows.c.id == entry))

    async def document(self, who: Who, entry: int) -> tuple[str, bytes] | None:
        """The body of an entry of the bot and the file that goes with it, or None."""
        query = sa.select(_rows.c.body, _rows.c.document).where(
            _of(who), _rows.c.id == entry, _rows.c.document.is_not(None)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else (row.body, row.document)

    async def upload(self, entry: int, who: Who | None = None) -> bytes | None:
        """What the person (`who`, where given) sent, until its turn is closed."""
        mine = sa.true() if who is None else _of(who)
        query = sa.select(_rows.c.upload_file, _rows.c.upload).where(_rows.c.id == entry, mine)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.upload_file is None:
            return row.upload if row else None
        return await self._photos.get(row.upload_file)

    async def upload_path(self, entry: int, who: Who) -> Path | None:
        """Where on this machine that lies; None where it does not."""
        query = sa.select(_rows.c.upload_file).where(_rows.c.id == entry, _of(who))
        async with self._database.read() as connection:
            name = await connection.scalar(query)
        path = self._photos.path(name) if name else None
        return path if isinstance(path, Path) else None

    async def waiting(self, who: Who, beside: str) -> int:
        """How many photos of the person are not answered yet, without that of turn `beside`."""
        sent = sa.and_(_of(who), _rows.c.pending, _rows.c.upload_file.is_not(None))
        query = sa.select(sa.func.count()).where(sent, _rows.c.turn != beside)
        async with self._database.read() as connection:
            return await connection.scalar(query) or 0

    async def index(self, who: Who) -> Sequence[tuple[int, int, bool]]:
        """Id, version and whether it is pending of all that `entries` gives, oldest first."""
        newest = sa.select(_rows.c.id, _rows.c.version, _rows.c.pending).where(_of(who))
        shown = newest.order_by(_rows.c.id.desc()).limit(MOST_SHOWN)
        async with self._database.read() as connection:
            rows = (await connection.execute(shown)).all()
        return [(row.id, row.version, row.pending) for row in reversed(rows)]

    async def _entries(self, which: sa.ColumnElement[bool]) -> tuple[ChatEntry, ...]:
        query = sa.select(*_shown).where(which).order_by(_rows.c.id)
        async with self._database.read() as connection:
            return tuple(_entry(row) for row in await connection.execute(query))

    async def _blob(self, query: sa.Select[tuple[bytes | None]]) -> bytes | None:
        async with self._database.read() as connection:
            blob: bytes | None = await connection.scalar(query)
            return blob

    def _values(self, who: Who, turn: str, author: str, body: str) -> dict[str, Any]:
        return {
            "channel": who.channel,
            "user_id": who.user,
            "turn": turn,
            "author": author,
            "body": body,
            "created_at": self._clock(),
            "pending": False,
            "attempts": 0,
            "version": 1,
        }


async def _one(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> ChatEntry:
    # Asked for after the write: SQLite 3.40 answers `image IS NOT NULL` wrongly in RETURNING.
    return _entry((await connection.execute(sa.select(*_shown).where(which))).one())


def _of(who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(_rows.c.channel == who.channel, _rows.c.user_id == who.user)


def _turn(who: Who, turn: str) -> sa.ColumnElement[bool]:
    return sa.and_(_of(who), _rows.c.turn == turn)


def _entry(row: sa.Row[Any]) -> ChatEntry:
    return ChatEntry(
        id=row.id,
        who=Who(row.channel, row.user_id),
        turn=row.turn,
        author=row.author,
        body=row.body,
        created_at=row.created_at,
        has_image=bool(row.has_image),
        has_dark=bool(row.has_dark),
        pending=row.pending,
        version=row.version,
        size=jpeg_size(bytes(row.head)) if row.head else None,
        upload=row.upload_file or "",
        alone=row.alone,
    )
