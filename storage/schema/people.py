"""What people chose and searched for."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, id_column, metadata

people = sa.Table(
    "people",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),
    # Whether photos may serve training: yes | no; NULL while unanswered, and when it was said.
    sa.Column("consent", sa.Text),
    sa.Column("consent_at", UtcDateTime),
    sa.Column("consent_event", sa.Text),  # the event whose answer asked; NULL: not asked yet
)

# What a person searched their past for: a button has no room for it, so it names the row.
searches = sa.Table(
    "searches",
    metadata,
    id_column(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("term", sa.Text, nullable=False),
    sa.Column("used_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("channel", "user_id", "term"),
    sqlite_autoincrement=True,
)
