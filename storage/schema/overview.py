"""What the operator's first page counts, by day. Nobody's: no person stands in it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, metadata


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


# Photos and typed codes of a day of Korea. '' stands for no brand, and for no reader's version.
day_figures = sa.Table(
    "day_figures",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("brand", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    _count("photos"),
    _count("answered"),  # of these, with a code; the next three are of these
    _count("unmended"),
    _count("corrected"),
    _count("refused"),
    _count("none_found"),
    _count("failed"),
    _count("auto"),  # answered with prices unasked
    _count("auto_wrong"),
    _count("taps"),
    _count("tapped"),  # photos whose taps were counted
    _count("typed"),
)

# What a day's rows looked like when they were counted: a day that looks so still is not counted
# anew.
counted_days = sa.Table(
    "counted_days",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("newest", UtcDateTime),  # when one of them was changed last
    sa.Column("counted_at", UtcDateTime, nullable=False),
)
