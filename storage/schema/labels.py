"""What a photo's readers saw, and what was said of it afterwards: what learning is made of."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, id_column, metadata

# The newest reading of a photo, beside the candidates that its interaction shows.
readings = sa.Table(
    "readings",
    metadata,
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("regions", sa.JSON, nullable=False),  # quad, text, confidence, what each reader read
    sa.Column("terms", sa.JSON, nullable=False),  # by candidate: what spoke for and against it
    # How much an operator's word would teach; NULL: there is one. And why (`storage.worth`).
    sa.Column("worth", sa.Float),
    sa.Column("reasons", sa.JSON, nullable=False),
)
sa.Index(
    "ix_readings_worth",
    readings.c.worth,
    readings.c.interaction_id,
    sqlite_where=readings.c.worth.is_not(None),
    postgresql_where=readings.c.worth.is_not(None),
)

# What operators, agreeing readers and imported lists say of a photo. Nothing is ever overwritten.
labels = sa.Table(
    "labels",
    metadata,
    id_column(),
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),  # code | none | unreadable
    sa.Column("code", sa.Text),
    sa.Column("quad", sa.JSON(none_as_null=True)),
    sa.Column("weak", sa.Boolean, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_labels_interaction_id", labels.c.interaction_id)
