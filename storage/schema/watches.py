"""Prices seen from day to day, the watches that people set on codes, and what they were told."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, id_column, metadata

# What a source asked for a code on a day of Korea. Nobody's: no person stands in it.
prices_seen = sa.Table(
    "prices_seen",
    metadata,
    sa.Column("code_key", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("lowest_won", sa.BigInteger, nullable=False),  # of the day
    sa.Column("median_won", sa.BigInteger, nullable=False),  # of the day's newest answer
    sa.Column("offers", sa.Integer, nullable=False),  # of the day's newest answer
)
sa.Index("ix_prices_seen_day", prices_seen.c.day)

# A person has one row for each code, switched off and on; a check of it is claimed by one process.
watches = sa.Table(
    "watches",
    metadata,
    id_column(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("code_key", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("events", sa.JSON, nullable=False),  # keys of the newest events that changed it
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("below_won", sa.BigInteger),  # NULL: any fall counts
    sa.Column("start_won", sa.BigInteger),  # the price when it was set; NULL: none known yet
    sa.Column("last_won", sa.BigInteger),
    sa.Column("checked_at", UtcDateTime),
    sa.Column("next_check", UtcDateTime, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("alerted_won", sa.BigInteger),
    sa.Column("alerted_at", UtcDateTime),
    # Told at the person's next visit, where no message could be sent; by which event's answer.
    sa.Column("waiting_won", sa.BigInteger),
    sa.Column("waiting_event", sa.Text),
    sa.UniqueConstraint("channel", "user_id", "code_key"),
    sqlite_autoincrement=True,
)
sa.Index("ix_watches_due", watches.c.active, watches.c.next_check)

# What a person is told once a day: by which event's answer.
told = sa.Table(
    "told",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text, primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("event_key", sa.Text, nullable=False),
)
