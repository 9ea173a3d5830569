"""First tables.

Revision: 0001, after nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _interactions()
    _quotes()
    _people()
    _inbox()
    _catalogue()
    op.create_table(
        "doomed_photos",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_doomed_photos"),
    )


def downgrade() -> None:
    for table in ("doomed_photos", "catalogue", "inbox", "people", "quotes", "interactions"):
        op.drop_table(table)


def _interactions() -> None:
    op.create_table(
        "interactions",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME),
        sa.Column("last_event", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text()),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.Column("timings_ms", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON()),
        sa.Column("code", sa.Text()),
        sa.Column("code_key", sa.Text()),
        sa.Column("price_won", sa.BigInteger()),
        sa.UniqueConstraint(
            "channel",
            "user_id",
            "event_key",
            name="uq_interactions_channel_user_id_event_key",
        ),
        sqlite_autoincrement=True,
    )
    person = ["channel", "user_id", "id"]
    op.create_index("ix_interactions_person", "interactions", person)
    coded = sa.text("code IS NOT NULL")
    op.create_index(
        "ix_interactions_history",
        "interactions",
        person,
        sqlite_where=coded,
        postgresql_where=coded,
    )
    op.create_index("ix_interactions_photo", "interactions", ["photo"])
    op.create_index("ix_interactions_code_key", "interactions", ["code_key"])


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("interaction_id", _ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fetched_at", _TIME, nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name="fk_quotes_interaction_id",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quotes_interaction_id", "quotes", ["interaction_id"])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.PrimaryKeyConstraint("channel", "user_id", name="pk_people"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("finished_at", _TIME),
        sa.UniqueConstraint("channel", "key", name="uq_inbox_channel_key"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["channel", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_inbox_person", "inbox", ["channel", "user_id"])
    op.create_index("ix_inbox_finished_at", "inbox", ["finished_at"])


def _catalogue() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_won", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("code_key", "url", name="uq_catalogue_code_key_url"),
        sqlite_autoincrement=True,
    )
