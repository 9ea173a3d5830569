"""A person's codes, for pages of their history.

Revision: 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

_CODED = sa.text("code_key IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_interactions_codes",
        "interactions",
        ["channel", "user_id", "code_key", "id"],
        sqlite_where=_CODED,
        postgresql_where=_CODED,
    )


def downgrade() -> None:
    op.drop_index("ix_interactions_codes", "interactions")
