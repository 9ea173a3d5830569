"""A person's codes in the order of their newest rows, for pages of their history.

Revision: 0015, after 0014.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None

_NAME = "ix_interactions_history"
_CODED = sa.text("code_key IS NOT NULL")


def upgrade() -> None:
    _replace(["channel", "user_id", "id", "code_key"])


def downgrade() -> None:
    _replace(["channel", "user_id", "id"])


def _replace(columns: list[str]) -> None:
    op.drop_index(_NAME, "interactions")
    op.create_index(_NAME, "interactions", columns, sqlite_where=_CODED, postgresql_where=_CODED)
