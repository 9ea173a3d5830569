"""What the operator's first page counts, by day.

Revision: 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema.base import UtcDateTime

revision = "0022"
down_revision: str | None = "0021"
branch_labels: str | None = None
depends_on: str | None = None

_COUNTS = (
    "photos",
    "answered",
    "unmended",
    "corrected",
    "refused",
    "none_found",
    "failed",
    "auto",
    "auto_wrong",
    "taps",
    "tapped",
    "typed",
)


def upgrade() -> None:
    op.create_table(
        "day_figures",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("brand", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("day", "channel", "brand", "version", name="pk_day_figures"),
    )
    op.create_table(
        "counted_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("newest", UtcDateTime),
        sa.Column("counted_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_counted_days"),
    )


def downgrade() -> None:
    op.drop_table("counted_days")
    op.drop_table("day_figures")
