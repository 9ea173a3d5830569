"""Pictures of the web chat as dark pages show them.

Revision: 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("chat_entries", sa.Column("dark", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("chat_entries", "dark")
