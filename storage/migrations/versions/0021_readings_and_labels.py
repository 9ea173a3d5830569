"""What readers saw on photos, and what operators say of them.

Revision: 0021, after 0020.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema.base import UtcDateTime

revision = "0021"
down_revision: str | None = "0020"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("interaction_id", _ID, autoincrement=False, nullable=False),
        sa.Column("regions", sa.JSON, nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("worth", sa.Float),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("interaction_id", name="pk_readings"),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name="fk_readings_interaction_id",
            ondelete="CASCADE",
        ),
    )
    worth: sa.ColumnClause[float] = sa.column("worth")
    op.create_index(
        "ix_readings_worth",
        "readings",
        ["worth", "interaction_id"],
        sqlite_where=worth.is_not(None),
        postgresql_where=worth.is_not(None),
    )
    op.create_table(
        "labels",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("interaction_id", _ID, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("quad", sa.JSON),
        sa.Column("weak", sa.Boolean, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name="fk_labels_interaction_id",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_labels_interaction_id", "labels", ["interaction_id"])


def downgrade() -> None:
    op.drop_table("labels")
    op.drop_table("readings")
