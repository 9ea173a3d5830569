"""Uploads as files of the photo store: their names. What waits as bytes is answered from these.

Revision: 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("chat_entries", sa.Column("upload_file", sa.Text))
    op.add_column("kakao_files", sa.Column("upload_file", sa.Text))


def downgrade() -> None:
    op.drop_column("kakao_files", "upload_file")
    op.drop_column("chat_entries", "upload_file")
