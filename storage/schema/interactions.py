"""Photos and typed codes, and what belongs to one: prices shown, barcodes seen."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import MaybeJson, UtcDateTime, id_column, metadata

interactions = sa.Table(
    "interactions",
    metadata,
    id_column(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("event_key", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime),
    sa.Column("last_event", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("photo", sa.Text),
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("models", sa.JSON, nullable=False),
    sa.Column("timings_ms", sa.JSON, nullable=False),
    sa.Column("draft", sa.JSON(none_as_null=True)),
    sa.Column("code", sa.Text),
    sa.Column("code_key", sa.Text),  # of the code shown: the final one, or `auto_code`
    sa.Column("brand", sa.Text),  # of the final code, for searching; NULL: none or unknown
    sa.Column("price_won", sa.BigInteger),
    sa.Column("fields", MaybeJson(none_as_null=True)),  # NULL: the tag says nothing else
    sa.Column("auto_code", sa.Text),  # answered with prices unasked; no person said it
    sa.Column("lead", sa.Integer, nullable=False, server_default="0"),
    sa.Column("taps", sa.Integer),  # NULL: of before they were counted
    sa.Column("priced_at", UtcDateTime),
    sa.Column("events", sa.JSON(none_as_null=True)),
    sa.Column("missing", sa.Float, nullable=False, server_default="0"),
    # The person is part of it, so that no chosen key can reach another person's row.
    sa.UniqueConstraint("channel", "user_id", "event_key"),
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_interactions_person",
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.id,
)
sa.Index(
    "ix_interactions_history",  # with the key, so that rows of the same code are told apart by it
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.id,
    interactions.c.code_key,
    sqlite_where=interactions.c.code_key.is_not(None),
    postgresql_where=interactions.c.code_key.is_not(None),
)
sa.Index(
    "ix_interactions_created_at",
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.created_at,
)
sa.Index(
    "ix_interactions_codes",  # a page of `/history` is made of this alone, but for its few rows
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.code_key,
    interactions.c.id,
    sqlite_where=interactions.c.code_key.is_not(None),
    postgresql_where=interactions.c.code_key.is_not(None),
)
sa.Index("ix_interactions_age", interactions.c.created_at)  # what is old goes
sa.Index("ix_interactions_photo", interactions.c.photo)
sa.Index("ix_interactions_code_key", interactions.c.code_key)

quotes = sa.Table(
    "quotes",
    metadata,
    id_column(),
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("fetched_at", UtcDateTime, nullable=False),
    sa.Column("offers", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_quotes_interaction_id", quotes.c.interaction_id)

# What stands on a photo beside the code. Looked up by text: a barcode seen before with a code that
# a person confirmed is a second witness (`stylecode.witness`).
barcodes = sa.Table(
    "barcodes",
    metadata,
    id_column(),
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("quad", sa.JSON, nullable=False),
    sa.UniqueConstraint("interaction_id", "text"),
    sqlite_autoincrement=True,
)
sa.Index("ix_barcodes_text", barcodes.c.text)

# Photos whose rows are gone but whose files may still lie there: a crash between the two is
# made good at the next start.
doomed_photos = sa.Table(
    "doomed_photos",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
)
