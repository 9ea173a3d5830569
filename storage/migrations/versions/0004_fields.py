"""What the tag on a photo says beside its code.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("interactions", sa.Column("fields", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("interactions", "fields")
