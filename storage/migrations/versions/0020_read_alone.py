"""How often a message was begun with no photo beside it: what dies then died of itself.

Revision: 0020, after 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None

_TABLES = ("chat_entries", "kakao_turns")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("alone", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "alone")
