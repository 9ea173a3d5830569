"""KakaoTalk's requests and their answers: what is being answered, and what waits to be fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database, utc_now
from storage.lease import Leases
from storage.photos.arriving import Arriving
from storage.photos.named import remove_uploads
from storage.photos.photo_store import PhotoStore
from storage.types import KakaoFile, KakaoTurn, Lease, Who

_turns = schema.kakao_turns
_files = schema.kakao_files
_unfinished = _turns.c.finished_at.is_(None)


class KakaoTable:
    """Turns (one request each) and the files that belong to them.

    A turn is leased by the process that answers it (`storage.lease`) and *finished* with its
    answer; until it is *shown* the answer waits. Calls about a turn that is gone do nothing. Every
    method raises `storage.errors.DatabaseError` when the database fails, those about uploads
    `PhotoStoreError`, too.
    """

    def __init__(
        self, database: Database, photos: PhotoStore, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._database = database
        self._photos = photos
        self._clock = clock or utc_now
        self._leases = Leases(database, _turns, clock)

    async def open(
        self,
        who: Who,
        content: str,
        said: str,
        window: timedelta,
        unseen_window: timedelta = timedelta(),
    ) -> KakaoTurn:
        """The turn of this request, made unless it is the person's newest one delivered again.

        The same `content` within `window` is the same request; within `unseen_window` it is, too,
        where the person has not seen the answer. The key of a new turn names the turn before it,
        so two deliveries at the same moment, in two processes, make one.
        """
        now = self._clock()
        async with self._database.begin() as connection:
            newest = (await connection.execute(_newest(who))).one_or_none()
            if newest and newest.content == content:
                unseen = newest.shown_at is None
                if now - newest.created_at < max(window, unseen_window if unseen else window):
                    return _turn(newest)
            key = f"{content}-{newest.id if newest else 0}"
            values = {
                "channel": who.channel,
                "user_id": who.user,
                "event_key": key,
                "content": content,
                "said": said,
                "callback_url": "",
                "callback_used": False,
                "attempts": 0,
                "created_at": now,
            }
            await connection.execute(self._database.insert_new(_turns).values(values))
            mine = sa.and_(_of(_turns, who), _turns.c.event_key == key)
            return _turn((await connection.execute(sa.select(_turns).where(mine))).one())

    async def get(self, turn: int) -> KakaoTurn | None:
        """One turn."""
        return await self._first(sa.select(_turns).where(_turns.c.id == turn))

    async def newest_shown(self, who: Who) -> KakaoTurn | None:
        """The turn whose answer the person saw last."""
        query = sa.select(_turns).where(_of(_turns, who), _turns.c.shown_at.is_not(None))
        return await self._first(query.order_by(_turns.c.shown_at.desc(), _turns.c.id.desc()))

    async def unseen(self, who: Who) -> Sequence[KakaoTurn]:
        """The person's turns whose answer was not shown yet, finished or not, oldest first."""
        query = sa.select(_turns).where(_of(_turns, who), _turns.c.shown_at.is_(None))
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(_turns.c.id).limit(50))
            return tuple(_turn(row) for row in found)

    async def claim(self, turn: int, lease: Lease) -> int:
        """Take an unfinished turn that no other holds; the number of this attempt, 0: not taken."""
        waits = sa.and_(_turns.c.id == turn, _unfinished)
        take = self._leases.take(lease, waits, again=True)
        take = take.values(attempts=_turns.c.attempts + 1).returning(_turns.c.attempts)
        async with self._database.begin() as connection:
            return await connection.scalar(take) or 0

    async def note_alone(self, turn: int) -> None:
        """The turn is begun with no photo beside it."""
        await self._change(turn, alone=_turns.c.alone + 1)

    async def renew(self, lease: Lease) -> None:
        """Hold on to all turns that the owner answers."""
        await self._leases.renew(lease, _unfinished)

    async def release(self, owner: str) -> None:
        """Give back what the owner did not finish."""
        await self._leases.release(owner, _unfinished)

    async def orphans(self, lease: Lease) -> Sequence[KakaoTurn]:
        """Unfinished turns that nobody but the owner holds, oldest first."""
        free = sa.or_(self._leases.lapsed(lease.length), self._leases.held(lease.owner))
        query = sa.select(_turns).where(_unfinished, free)
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(_turns.c.id).limit(100))
            return tuple(_turn(row) for row in found)

    async def finish(self, turn: int, body: str) -> None:
        """Keep the answer; what was asked and sent is dropped."""
        finished = sa.update(_turns).where(_turns.c.id == turn)
        finished = finished.values(body=body, said="", finished_at=self._clock())
        uploads = sa.delete(_files).where(_files.c.turn_id == turn, _files.c.place.is_not(None))
        async with self._database.begin() as connection:
            await connection.execute(finished)
            dropped = (await connection.scalars(uploads.returning(_files.c.upload_file))).all()
        await remove_uploads(self._photos, dropped)

    async def show(self, turn: int) -> None:
        """The person has the answer."""
        await self._change(turn, shown_at=self._clock())

    async def promise(self, turn: int, url: str, until: datetime) -> None:
        """The answer is to be sent to this address, once, before `until`.

        An address that was promised before stays as it is: it may have been used already.
        """
        new = sa.and_(_turns.c.id == turn, _turns.c.callback_url != url)
        update = sa.update(_turns).where(new)
        update = update.values(callback_url=url, callback_until=until, callback_used=False)
        async with self._database.begin() as connection:
            await connection.execute(update)

    async def use_callback(self, turn: int) -> str:
        """Take the promised address; "" where there is none, it is too late or it was taken."""
        now = self._clock()
        update = sa.update(_turns).where(
            _turns.c.id == turn,
            _turns.c.callback_used.is_(False),
            _turns.c.callback_url != "",
            _turns.c.callback_until > now,
        )
        update = update.values(callback_used=True)
        async with self._database.begin() as connection:
            return await connection.scalar(update.returning(_turns.c.callback_url)) or ""

    async def spool(self) -> Path:
        """The folder to write a photo into while it arrives."""
        return await self._photos.spool()

    async def put_upload(self, turn: int, place: int, upload: Arriving) -> None:
        """Keep a photo that was sent, until its turn is finished."""
        name, kept = await self._photos.take(upload.path), 0
        file = KakaoFile("", "application/octet-stream", b"")
        try:
            kept = await self._put(turn, place, file, name)
        finally:
            if not kept:
                await remove_uploads(self._photos, [name])

    async def has_upload(self, turn: int, place: int) -> bool:
        """Whether a photo that was sent is kept."""
        async with self._database.read() as connection:
            return (
                await connection.scalar(sa.select(_files.c.id).where(_sent(turn, place)))
                is not None
            )

    async def upload(self, turn: int, place: int) -> bytes | None:
        """A photo that was sent, or None."""
        query = sa.select(_files.c.upload_file, _files.c.content).where(_sent(turn, place))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.upload_file is None:
            return row.content if row else None
        return await self._photos.get(row.upload_file)

    async def put_file(self, turn: int, file: KakaoFile) -> int:
        """Keep a file that an answer links to; its id, 0 where the turn is gone."""
        return await self._put(turn, None, file)

    async def file(self, file: int) -> KakaoFile | None:
        """A file that an answer links to, or None."""
        query = sa.select(_files).where(_files.c.id == file, _files.c.place.is_(None))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
            return KakaoFile(row.name, row.media_type, row.content) if row else None

    async def sweep(self, older_than: datetime) -> int:
        """Delete turns finished before `older_than`, with their files; how many turns."""
        old = sa.select(_turns.c.id).where(_turns.c.finished_at < older_than)
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(_files).where(_files.c.turn_id.in_(old)))
            delete = sa.delete(_turns).where(_turns.c.finished_at < older_than)
            return (await connection.execute(delete)).rowcount

    async def _put(
        self, turn: int, place: int | None, file: KakaoFile, upload: str | None = None
    ) -> int:
        async with self._database.begin() as connection:
            owner = await _owner(connection, turn)
            if owner is None:
                return 0
            values: dict[str, Any] = {
                "turn_id": turn,
                "channel": owner.channel,
                "user_id": owner.user,
                "place": place,
                "name": file.name,
                "media_type": file.media_type,
                "content": file.content,
                "upload_file": upload,
            }
            insert = self._database.insert_new(_files).values(values)
            return await connection.scalar(insert.returning(_files.c.id)) or 0

    async def _change(self, turn: int, **values: Any) -> None:
        async with self._database.begin() as connection:
            await connection.execute(sa.update(_turns).where(_turns.c.id == turn).values(values))

    async def _first(self, query: sa.Select[Any]) -> KakaoTurn | None:
        async with self._database.read() as connection:
            row = (await connection.execute(query.limit(1))).one_or_none()
            return _turn(row) if row else None


async def _owner(connection: AsyncConnection, turn: int) -> Who | None:
    query = sa.select(_turns.c.channel, _turns.c.user_id).where(_turns.c.id == turn)
    row = (await connection.execute(query)).one_or_none()
    return Who(row.channel, row.user_id) if row else None


def _sent(turn: int, place: int) -> sa.ColumnElement[bool]:
    return sa.and_(_files.c.turn_id == turn, _files.c.place == place)


def _newest(who: Who) -> sa.Select[Any]:
    return sa.select(_turns).where(_of(_turns, who)).order_by(_turns.c.id.desc()).limit(1)


def _of(table: sa.Table, who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.channel == who.channel, table.c.user_id == who.user)


def _turn(row: sa.Row[Any]) -> KakaoTurn:
    return KakaoTurn(
        id=row.id,
        who=Who(row.channel, row.user_id),
        key=row.event_key,
        said=row.said,
        created_at=row.created_at,
        body=row.body,
        shown=row.shown_at is not None,
        callback_url=row.callback_url,
        callback_until=row.callback_until,
        callback_used=row.callback_used,
        alone=row.alone,
    )
