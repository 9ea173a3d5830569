"""The barcodes seen with an interaction.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "barcodes",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("interaction_id", _ID, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quad", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name="fk_barcodes_interaction_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("interaction_id", "text", name="uq_barcodes_interaction_id_text"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_barcodes_text", "barcodes", ["text"])


def downgrade() -> None:
    op.drop_table("barcodes")
