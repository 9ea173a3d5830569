"""The web chat's transcript.

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TURN = sa.text("author = 'person'")


def upgrade() -> None:
    op.create_table(
        "chat_entries",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("image", sa.LargeBinary()),
        sa.Column("upload", sa.LargeBinary()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ux_chat_entries_turn",
        "chat_entries",
        ["channel", "user_id", "turn"],
        unique=True,
        sqlite_where=_TURN,
        postgresql_where=_TURN,
    )
    op.create_index("ix_chat_entries_person", "chat_entries", ["channel", "user_id", "id"])
    op.create_index(
        "ix_chat_entries_pending",
        "chat_entries",
        ["id"],
        sqlite_where=sa.text("pending = 1"),
        postgresql_where=sa.text("pending"),
    )


def downgrade() -> None:
    op.drop_table("chat_entries")
