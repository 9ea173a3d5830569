"""What is kept of people: settings, consent, searches; and forgetting a code or a person whole."""

from __future__ import annotations

import logging
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.photos import PhotoFolder
from storage.types import Consent, Who
from stylecode import key as code_key

_log = logging.getLogger(__name__)
_people = schema.people
_rows = schema.interactions
_doomed = schema.doomed_photos
_searches = schema.searches

_SEARCHES_KEPT = 20
_ANSWERS = {True: "yes", False: "no"}


class PeopleTable:
    """What each person chose and searched for; `bot.ports.People` is its shape.

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
        async with self._database.begin() as connection:
            await self._make_known(connection, who)
            await connection.execute(
                sa.update(_people).where(_is(_people, who)).values(language=language)
            )

    async def consent(self, who: Who) -> Consent:
        """Whether the person's photos may serve training."""
        query = sa.select(_people.c.consent, _people.c.consent_at).where(_is(_people, who))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.consent is None:
            return Consent()
        return Consent(row.consent == _ANSWERS[True], row.consent_at)

    async def ask_consent(self, who: Who, event_key: str) -> bool:
        """Whether this event's answer asks: the first one that calls, while nothing was said."""
        mine = _is(_people, who)
        known = sa.select(_people.c.consent, _people.c.consent_event).where(mine)
        async with self._database.read() as connection:
            row = (await connection.execute(known)).one_or_none()
        if row is not None and (row.consent or row.consent_event):  # so nearly always
            return not row.consent and bool(row.consent_event == event_key)
        unasked = sa.and_(mine, _people.c.consent_event.is_(None), _people.c.consent.is_(None))
        async with self._database.begin() as connection:
            await self._make_known(connection, who)
            await connection.execute(
                sa.update(_people).where(unasked).values(consent_event=event_key)
            )
            asking = await connection.scalar(
                sa.select(_people.c.consent_event).where(mine, _people.c.consent.is_(None))
            )
        return bool(asking == event_key)

    async def answer_consent(self, who: Who, given: bool, now: datetime) -> None:
        """Remember the answer; the same one again keeps its time."""
        answer = _ANSWERS[given]
        changes = sa.and_(
            _is(_people, who), sa.or_(_people.c.consent.is_(None), _people.c.consent != answer)
        )
        async with self._database.begin() as connection:
            await self._make_known(connection, who)
            await connection.execute(
                sa.update(_people).where(changes).values(consent=answer, consent_at=now)
            )

    async def remember_search(self, who: Who, term: str, now: datetime) -> int:
        """A number for the term, the same for the same term; the person's oldest ones go."""
        row = {"channel": who.channel, "user_id": who.user, "term": term, "used_at": now}
        mine = _is(_searches, who)
        this = sa.and_(mine, _searches.c.term == term)
        newest = sa.select(_searches.c.id).where(mine).order_by(_searches.c.used_at.desc())
        async with self._database.begin() as connection:
            await connection.execute(self._database.insert_new(_searches).values(row))
            await connection.execute(sa.update(_searches).where(this).values(used_at=now))
            number = await connection.scalar(sa.select(_searches.c.id).where(this))
            kept = (await connection.scalars(newest.limit(_SEARCHES_KEPT))).all()
            gone = sa.and_(mine, _searches.c.id.not_in([*kept, number]))
            await connection.execute(sa.delete(_searches).where(gone))
        return int(number or 0)

    async def search_term(self, who: Who, number: int) -> str | None:
        """The person's term of that number, None where it is gone or another's."""
        query = sa.select(_searches.c.term).where(_is(_searches, who), _searches.c.id == number)
        async with self._database.read() as connection:
            term: str | None = await connection.scalar(query)
        return term

    async def forget_code(self, who: Who, code: str) -> int:
        """Delete the person's rows of a code, and photos like `forget`; how many rows."""
        mine = sa.and_(_is(_rows, who), _rows.c.code_key == code_key(code))
        async with self._database.begin() as connection:
            await self._doom_photos(connection, mine)
            deleted, _ = await _delete_interactions(connection, mine)
        await self.finish_forgetting()
        return deleted

    async def forget(self, who: Who) -> int:
        """Delete the person's rows and the photos that nobody else's row names; rows deleted.

        When this returns, neither the database file nor its log nor the photo folder holds
        anything of the person. Raises PhotoStoreError when a photo cannot be deleted; it is
        then deleted at the next start.
        """
        async with self._database.begin() as connection:
            await self._doom_photos(connection, _is(_rows, who))
            deleted = await _delete_rows(connection, who)
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

    async def _make_known(self, connection: AsyncConnection, who: Who) -> None:
        row = {"channel": who.channel, "user_id": who.user}
        await connection.execute(self._database.insert_new(_people).values(row))

    async def _doom_photos(self, connection: AsyncConnection, rows: sa.ColumnElement[bool]) -> None:
        """Have the photos of these rows deleted, once the rows are gone."""
        query = sa.select(_rows.c.photo).distinct().where(rows, _rows.c.photo.is_not(None))
        photos = (await connection.scalars(query)).all()
        if photos:
            await connection.execute(
                self._database.insert_new(_doomed), [{"digest": photo} for photo in photos]
            )


async def _delete_rows(connection: AsyncConnection, who: Who) -> int:
    """The person's rows in all tables; how many."""
    rows = sum(await _delete_interactions(connection, _is(_rows, who)))
    kakao = (schema.kakao_files, schema.kakao_turns)
    own = (_people, _searches, schema.watches, schema.told)
    tables = (*own, schema.inbox, schema.posts, schema.chat_entries, *kakao)
    deletes = [sa.delete(table).where(_is(table, who)) for table in tables]
    return rows + sum([(await connection.execute(delete)).rowcount for delete in deletes])


async def _delete_interactions(
    connection: AsyncConnection, rows: sa.ColumnElement[bool]
) -> tuple[int, int]:
    """These interactions with their quotes and barcodes; how many, and how many of the latter."""
    ids = sa.select(_rows.c.id).where(rows)
    deletes = [
        sa.delete(table).where(table.c.interaction_id.in_(ids))
        for table in (schema.quotes, schema.barcodes)
    ]
    belonging = sum([(await connection.execute(delete)).rowcount for delete in deletes])
    return (await connection.execute(sa.delete(_rows).where(rows))).rowcount, belonging


def _is(table: sa.Table, who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.channel == who.channel, table.c.user_id == who.user)
