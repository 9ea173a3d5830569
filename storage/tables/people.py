"""What is kept of people: settings, consent and searches."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.tables.forgetting import Forgetting, is_of
from storage.types import Consent, Who

_people = schema.people
_searches = schema.searches

_SEARCHES_KEPT = 20
_ANSWERS = {True: "yes", False: "no"}


class PeopleTable(Forgetting):
    """What each person chose and searched for; `bot.talk.ports.People` is its shape.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    async def language(self, who: Who) -> str | None:
        """The language the person chose ("ko", "en"), or None."""
        async with self._database.read() as connection:
            chosen: str | None = await connection.scalar(
                sa.select(_people.c.language).where(is_of(_people, who))
            )
        return chosen

    async def choose_language(self, who: Who, language: str) -> None:
        """Remember the choice."""
        async with self._database.begin() as connection:
            await self._make_known(connection, who)
            await connection.execute(
                sa.update(_people).where(is_of(_people, who)).values(language=language)
            )

    async def consent(self, who: Who) -> Consent:
        """Whether the person's photos may serve training."""
        query = sa.select(_people.c.consent, _people.c.consent_at).where(is_of(_people, who))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return consent_of(row.consent, row.consent_at) if row else Consent()

    async def ask_consent(self, who: Who, event_key: str) -> bool:
        """Whether this event's answer asks: the first one that calls, while nothing was said."""
        mine = is_of(_people, who)
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
            is_of(_people, who), sa.or_(_people.c.consent.is_(None), _people.c.consent != answer)
        )
        async with self._database.begin() as connection:
            await self._make_known(connection, who)
            await connection.execute(
                sa.update(_people).where(changes).values(consent=answer, consent_at=now)
            )

    async def remember_search(self, who: Who, term: str, now: datetime) -> int:
        """A number for the term, the same for the same term; the person's oldest ones go."""
        row = {"channel": who.channel, "user_id": who.user, "term": term, "used_at": now}
        mine = is_of(_searches, who)
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
        query = sa.select(_searches.c.term).where(is_of(_searches, who), _searches.c.id == number)
        async with self._database.read() as connection:
            term: str | None = await connection.scalar(query)
        return term

    async def _make_known(self, connection: AsyncConnection, who: Who) -> None:
        row = {"channel": who.channel, "user_id": who.user}
        await connection.execute(self._database.insert_new(_people).values(row))


def consent_of(answer: str | None, at: datetime | None) -> Consent:
    """What `people.consent` and `people.consent_at` say."""
    return Consent() if answer is None else Consent(answer == _ANSWERS[True], at)
