"""Prices seen from day to day, watches on codes, what was told once.

Revision: 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "prices_seen",
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("lowest_won", sa.BigInteger(), nullable=False),
        sa.Column("median_won", sa.BigInteger(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_key", "source", "day", name="pk_prices_seen"),
    )
    op.create_index("ix_prices_seen_day", "prices_seen", ["day"])
    _watches()
    op.create_table(
        "told",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "user_id", "topic", name="pk_told"),
    )


def _watches() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "watches",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("below_won", sa.BigInteger()),
        sa.Column("start_won", sa.BigInteger()),
        sa.Column("last_won", sa.BigInteger()),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("next_check", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("alerted_won", sa.BigInteger()),
        sa.Column("alerted_at", sa.DateTime(timezone=True)),
        sa.Column("waiting_won", sa.BigInteger()),
        sa.Column("waiting_event", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint(
            "channel", "user_id", "code_key", name="uq_watches_channel_user_id_code_key"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watches_due", "watches", ["active", "next_check"])


def downgrade() -> None:
    op.drop_table("told")
    op.drop_table("watches")
    op.drop_table("prices_seen")
