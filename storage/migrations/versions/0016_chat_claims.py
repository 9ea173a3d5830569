"""Which process answers a turn of the web chat, and until when it holds it.

Revision: 0016, after 0015.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("chat_entries", sa.Column("claimed_by", sa.Text))
    op.add_column("chat_entries", sa.Column("claimed_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("chat_entries", "claimed_until")
    op.drop_column("chat_entries", "claimed_by")
