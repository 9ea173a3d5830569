"""Calls to price services, counted over all processes.

Revision: 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "price_calls",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("spent_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("bucket", "period", name="pk_price_calls"),
    )


def downgrade() -> None:
    op.drop_table("price_calls")
