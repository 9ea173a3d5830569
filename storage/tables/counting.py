"""What is counted of a day's interactions, as SQL for both databases."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.overview_types import began
from storage.types import Status
from stylecode import brand_of

_rows = schema.interactions
_MARKS = " -._/:"
"""What codes are spelt differently with; `stylecode.key` leaves it out, too."""

_COUNTED_BY = ("channel", "brand", "version", "first")
_Key = tuple[str, str, str]

Truth = sa.ColumnElement[bool]


def in_day(day: date) -> Truth:
    """Rows that began on a day of Korea."""
    at = _rows.c.created_at
    return sa.and_(at >= began(day), at < began(day + timedelta(days=1)))


async def day_counts(connection: AsyncConnection, day: date) -> list[dict[str, Any]]:
    """A day's rows of `day_figures`."""
    summed: dict[_Key, Counter[str]] = defaultdict(Counter)
    for row in await connection.execute(_counts(day, connection.dialect.name)):
        counts = row._asdict()
        channel, brand, version, first = (str(counts.pop(name)) for name in _COUNTED_BY)
        # Of a photo that shows no code any more, a refused one's, its reading tells the brand.
        summed[channel, brand or brand_of(first) or "", version].update(counts)
    names = _COUNTED_BY[:-1]
    return [
        {"day": day, **dict(zip(names, key, strict=True)), **counts}
        for key, counts in summed.items()
    ]


def _counts(day: date, dialect: str) -> sa.Select[Any]:
    version = _rows.c.models["reader"].as_string()
    typed = _rows.c.status == Status.TYPED
    photo = sa.or_(
        _rows.c.photo.is_not(None),  # old ones are deleted ...
        version.is_not(None),  # ... and this stays
        _rows.c.status.in_([Status.NONE_FOUND, Status.FAILED]),
    )
    keys = (
        _rows.c.channel,
        sa.func.coalesce(_rows.c.brand, "").label("brand"),
        sa.func.coalesce(version, "").label("version"),
        sa.case(
            (_rows.c.brand.is_(None), sa.func.coalesce(_first_code(dialect), "")), else_=""
        ).label("first"),
    )
    numbers = _numbers(photo, dialect) | {"typed": _one(sa.and_(typed, sa.not_(photo)))}
    sums = [sa.func.sum(number).label(name) for name, number in numbers.items()]
    query: sa.Select[Any] = sa.select(*keys, *sums).where(in_day(day), sa.or_(photo, typed))
    return query.group_by(sa.text("1, 2, 3, 4"))


def _numbers(photo: Truth, dialect: str) -> dict[str, sa.ColumnElement[int]]:
    """By column: what one row adds to it."""
    status, code_key = _rows.c.status, _rows.c.code_key
    failed = status == Status.FAILED
    read = sa.and_(photo, sa.not_(failed))
    shown = sa.func.json_array_length(_rows.c.candidates) > 0
    said = sa.and_(read, shown, _rows.c.code.is_not(None))
    first = _key(_first_code(dialect)) == code_key
    # One after the other: candidates are long, and looked into only where the rest does not tell.
    unmended = sa.case(
        (sa.not_(said), sa.false()),
        (status == Status.CONFIRMED, sa.true()),
        else_=sa.func.coalesce(first, sa.false()),
    )
    auto = sa.and_(read, shown, _rows.c.auto_code.is_not(None))
    tapped = sa.and_(photo, code_key.is_not(None), _rows.c.taps.is_not(None))
    return {
        "photos": _one(photo),
        "answered": _one(sa.and_(read, shown)),
        "unmended": _one(unmended),
        "corrected": _one(sa.and_(said, sa.not_(unmended))),
        "refused": _one(sa.and_(read, shown, status == Status.REFUSED)),
        "none_found": _one(sa.and_(read, sa.not_(shown))),
        "failed": _one(sa.and_(photo, failed)),
        "auto": _one(auto),
        "auto_wrong": _one(sa.and_(auto, said, _key(_rows.c.auto_code) != code_key)),
        "taps": sa.case((tapped, _rows.c.taps), else_=0),
        "tapped": _one(tapped),
    }


def _one(what: Truth) -> sa.ColumnElement[int]:
    return sa.case((what, 1), else_=0)


def _first_code(dialect: str) -> sa.ColumnElement[str]:
    """The code that the newest reading showed first; NULL where it showed none."""
    candidates, lead = _rows.c.candidates, _rows.c.lead
    if dialect == "sqlite":  # its arrows are of 3.38, younger than some machines' SQLite
        place = sa.literal("$[").concat(sa.cast(lead, sa.Text)).concat("].code")
        return sa.func.json_extract(candidates, place, type_=sa.Text)
    return candidates.op("->")(lead).op("->>", return_type=sa.Text())("code")


def _key(code: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """`stylecode.key` of what is a code already."""
    bare: sa.ColumnElement[str] = code
    for mark in _MARKS:
        bare = sa.func.replace(bare, mark, "", type_=sa.Text)
    return sa.func.upper(bare, type_=sa.Text)
