"""Interactions by age, for the daily deletion of what is old.

Revision: 0012, after 0011.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_index("ix_interactions_age", "interactions", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_interactions_age", "interactions")
