"""Files that an answer of the web chat carries.

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("chat_entries", sa.Column("document", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("chat_entries", "document")
