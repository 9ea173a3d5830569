"""Codes answered unasked, readings of a marked part, and how many taps a price took.

Revision: 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_HISTORY, _COLUMNS = "ix_interactions_history", ["channel", "user_id", "id"]


def upgrade() -> None:
    op.add_column("interactions", sa.Column("auto_code", sa.Text()))
    op.add_column(
        "interactions", sa.Column("lead", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("interactions", sa.Column("taps", sa.Integer()))
    op.add_column("interactions", sa.Column("priced_at", sa.DateTime(timezone=True)))
    op.add_column("interactions", sa.Column("events", sa.JSON(none_as_null=True)))
    op.create_index(
        "ix_interactions_created_at", "interactions", ["channel", "user_id", "created_at"]
    )
    _index_history("code_key")


def _index_history(column: str) -> None:
    condition = sa.text(f"{column} IS NOT NULL")
    op.drop_index(_HISTORY, "interactions")
    op.create_index(
        _HISTORY, "interactions", _COLUMNS, sqlite_where=condition, postgresql_where=condition
    )


def downgrade() -> None:
    _index_history("code")
    op.drop_index("ix_interactions_created_at", "interactions")
    for column in ("events", "priced_at", "taps", "lead", "auto_code"):
        op.drop_column("interactions", column)
