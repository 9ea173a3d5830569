"""Photos whose file was cut off, and how much of them is missing.

Revision: 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column(
        "interactions", sa.Column("missing", sa.Float(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("interactions", "missing")
