"""Questions about a person's past rows: by code, by search, in numbers, in pages for an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import codec, schema
from storage.database import Database
from storage.past_types import CodePast, PastCode, PersonStats, PricePoint, Search, SearchWord
from storage.tables.rows import found, of
from storage.types import Interaction, Status, StoredQuote, Who
from stylecode import key as code_key

_rows = schema.interactions
_quotes = schema.quotes

_ROWS_OF_A_CODE = 50
_TOP = 5  # brands and lowest prices told
_SHOWN_CODE = sa.func.coalesce(_rows.c.code, _rows.c.auto_code)  # where there is a key


class PastTable:
    """What a person did before; `bot.talk.ports.Past` is its shape.

    Every method raises `storage.errors.DatabaseError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        """Rows that show a code, newest first, and how many there are in all."""
        coded = sa.and_(of(who), _rows.c.code_key.is_not(None))
        page = sa.select(_rows).where(coded).order_by(_rows.c.id.desc())
        async with self._database.read() as connection:
            rows = await found(connection, page.offset(offset).limit(limit))
            total = await connection.scalar(
                sa.select(sa.func.count()).select_from(_rows).where(coded)
            )
        return rows, total or 0

    async def codes(
        self, who: Who, offset: int, limit: int, search: Search | None = None
    ) -> tuple[Sequence[PastCode], int]:
        """The codes looked up, the newest first, and how many there are in all."""
        groups = _newest_of_codes(who) if search is None else _groups(who, search)
        page = groups.order_by(sa.desc("newest")).offset(offset).limit(limit)
        async with self._database.read() as connection:
            shown = (await connection.execute(page)).all()
            times = {row.newest: row.times for row in shown}
            newest = sa.select(_rows).where(_rows.c.id.in_(times)).order_by(_rows.c.id.desc())
            rows = await found(connection, newest) if times else ()
            total = shown[0].total if shown else await _count(connection, groups)
        return tuple(PastCode(row, times[row.id]) for row in rows), total

    async def times_of_codes(self, who: Who, search: Search | None = None) -> Sequence[datetime]:
        """When each code that `codes` gives was looked up last, in its order."""
        fitting = sa.and_(of(who), _rows.c.code_key.is_not(None), _fits(search))
        newest = sa.select(sa.func.max(_rows.c.id)).where(fitting).group_by(_rows.c.code_key)
        query = sa.select(_rows.c.created_at).where(_rows.c.id.in_(newest))
        async with self._database.read() as connection:
            return tuple(await connection.scalars(query.order_by(_rows.c.id.desc())))

    async def past_of(self, who: Who, code: str) -> CodePast | None:
        """All that the person's rows say of a code, however it is spelt; None: no row has it."""
        mine = sa.and_(of(who), _rows.c.code_key == code_key(code))
        newest = sa.select(_rows).where(mine).order_by(_rows.c.id.desc()).limit(_ROWS_OF_A_CODE)
        counted = sa.select(sa.func.count(), sa.func.min(_rows.c.created_at)).where(mine)
        first = sa.select(_rows.c.price_won, _rows.c.created_at).where(
            mine, _rows.c.price_won.is_not(None)
        )
        async with self._database.read() as connection:
            rows = await found(connection, newest)
            if not rows:
                return None
            times, first_at = (await connection.execute(counted)).one()
            priced = (await connection.execute(first.order_by(_rows.c.id).limit(1))).one_or_none()
            lowest = await _lowest(connection, mine)
        return CodePast(rows, times, first_at, PricePoint(*priced) if priced else None, lowest)

    async def stats(self, who: Who) -> PersonStats:
        """Numbers about the person's own rows."""
        mine, coded = of(who), sa.and_(of(who), _rows.c.code_key.is_not(None))
        different = sa.func.count(sa.distinct(_rows.c.code_key))
        price = sa.func.min(_rows.c.price_won)
        taps = sa.select(sa.func.avg(_rows.c.taps)).where(coded, _rows.c.photo.is_not(None))
        states = sa.select(_rows.c.status, sa.func.count()).where(mine, _rows.c.photo.is_not(None))
        brands = sa.select(_rows.c.brand, different).where(coded, _rows.c.brand.is_not(None))
        cheapest = sa.select(sa.func.min(_SHOWN_CODE), price).where(
            coded, _rows.c.price_won.is_not(None)
        )
        async with self._database.read() as connection:
            statuses = await _pairs(connection, states.group_by(_rows.c.status))
            codes = await connection.scalar(sa.select(different).where(coded))
            top = brands.group_by(_rows.c.brand).order_by(different.desc(), _rows.c.brand)
            by_brand = await _pairs(connection, top.limit(_TOP))
            low = cheapest.group_by(_rows.c.code_key).order_by(price, sa.func.min(_SHOWN_CODE))
            lowest = await _pairs(connection, low.limit(_TOP))
            mean_taps = await connection.scalar(taps)
        return PersonStats(
            photos=sum(count for _, count in statuses),
            codes=codes or 0,
            taps=None if mean_taps is None else float(mean_taps),
            statuses={Status(status): count for status, count in statuses},
            brands=by_brand,
            lowest=lowest,
        )

    async def rows_before(
        self, who: Who, before: int | None, limit: int, search: Search | None = None
    ) -> Sequence[Interaction]:
        """The person's rows with smaller ids, newest first; all kinds, or those that fit."""
        older = sa.true() if before is None else _rows.c.id < before
        coded = sa.true() if search is None else _rows.c.code_key.is_not(None)
        query = sa.select(_rows).where(of(who), older, coded, _fits(search))
        async with self._database.read() as connection:
            return await found(connection, query.order_by(_rows.c.id.desc()).limit(limit))

    async def quotes_of(self, interactions: Sequence[int]) -> Mapping[int, tuple[StoredQuote, ...]]:
        """All price answers shown for these rows, in the order in which they were shown."""
        kept: dict[int, tuple[StoredQuote, ...]] = {}
        if not interactions:
            return kept
        query = sa.select(_quotes).where(_quotes.c.interaction_id.in_(interactions))
        async with self._database.read() as connection:
            for row in await connection.execute(query.order_by(_quotes.c.id)):
                kept[row.interaction_id] = (*kept.get(row.interaction_id, ()), quote_of(row))
        return kept


def quote_of(row: sa.Row[Any]) -> StoredQuote:
    """A row of the `quotes` table."""
    return StoredQuote(
        source=row.source,
        source_name=row.source_name,
        state=row.state,
        fetched_at=row.fetched_at,
        offers=codec.offers_from_json(row.offers),
    )


async def _lowest(connection: AsyncConnection, mine: sa.ColumnElement[bool]) -> PricePoint | None:
    """The lowest price of one new pair ever shown for these rows, the earliest of equal ones."""
    shown = sa.select(_quotes.c.offers, _quotes.c.fetched_at).join_from(
        _quotes, _rows, _quotes.c.interaction_id == _rows.c.id
    )
    lowest: PricePoint | None = None
    async for row in await connection.stream(shown.where(mine).order_by(_quotes.c.id)):
        at: datetime = row.fetched_at
        for offer in codec.offers_from_json(row.offers):
            if offer.comparable and (lowest is None or offer.price_won < lowest.price_won):
                lowest = PricePoint(offer.price_won, at)
    return lowest


def _newest_of_codes(who: Who) -> sa.Select[Any]:
    """Each code's newest row. In the order of ids it is a walk that ends with the page."""
    later, same = _rows.alias("later"), _rows.alias("same")
    newer = sa.select(later.c.id).where(_like(later), later.c.id > _rows.c.id)
    times = sa.select(sa.func.count()).select_from(same).where(_like(same))
    coded = sa.and_(of(who), _rows.c.code_key.is_not(None))
    all_codes = sa.select(sa.func.count(sa.distinct(same.c.code_key))).where(
        same.c.channel == who.channel, same.c.user_id == who.user, same.c.code_key.is_not(None)
    )
    shown: sa.Select[Any] = sa.select(
        _rows.c.id.label("newest"),
        times.correlate(_rows).scalar_subquery().label("times"),
        all_codes.scalar_subquery().label("total"),
    )
    return shown.where(coded, sa.not_(newer.correlate(_rows).exists()))


def _like(other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Rows of the same person with the same code as the row that is looked at."""
    return sa.and_(
        other.c.channel == _rows.c.channel,
        other.c.user_id == _rows.c.user_id,
        other.c.code_key == _rows.c.code_key,
    )


def _groups(who: Who, search: Search) -> sa.Select[Any]:
    """Each code's newest row among those that fit."""
    fitting = sa.and_(of(who), _rows.c.code_key.is_not(None), _fits(search))
    columns: list[sa.ColumnElement[Any]] = [
        sa.func.max(_rows.c.id).label("newest"),
        sa.func.count().label("times"),
        sa.func.count().over().label("total"),  # of groups: one walk tells both
    ]
    return sa.select(*columns).where(fitting).group_by(_rows.c.code_key)


async def _count(connection: AsyncConnection, rows: sa.SelectBase) -> int:
    count = sa.select(sa.func.count()).select_from(rows.subquery())
    return await connection.scalar(count) or 0


async def _pairs(connection: AsyncConnection, query: sa.Select[Any]) -> tuple[tuple[str, int], ...]:
    return tuple((name, number) for name, number in await connection.execute(query))


def _fits(search: Search | None) -> sa.ColumnElement[bool]:
    if search is None:
        return sa.true()
    ways = [sa.and_(*map(_may_be, way)) for way in search.ways if way]
    return sa.or_(sa.false(), *ways)


def _may_be(word: SearchWord) -> sa.ColumnElement[bool]:
    meanings: list[sa.ColumnElement[bool]] = []
    if word.code:
        meanings.append(_rows.c.code_key.contains(word.code, autoescape=True))
    if word.brands:
        meanings.append(_rows.c.brand.in_(word.brands))
    if word.since and word.until:
        at = _rows.c.created_at
        meanings.append(sa.and_(at >= word.since, at < word.until))
    return sa.or_(sa.false(), *meanings)
