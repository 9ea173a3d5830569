"""The brand of a row, what a person answered about training, and saved searches.

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from stylecode import brand_of

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_rows = sa.table("interactions", sa.column("code", sa.Text), sa.column("brand", sa.Text))


def upgrade() -> None:
    op.add_column("interactions", sa.Column("brand", sa.Text()))
    _name_brands()
    op.add_column("people", sa.Column("consent", sa.Text()))
    op.add_column("people", sa.Column("consent_at", sa.DateTime(timezone=True)))
    op.add_column("people", sa.Column("consent_event", sa.Text()))
    op.create_table(
        "searches",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("channel", "user_id", "term", name="uq_searches_channel_user_id_term"),
        sqlite_autoincrement=True,
    )


def _name_brands() -> None:
    """Rows of before get the brand that their code's shape tells."""
    connection = op.get_bind()
    codes = connection.scalars(sa.select(_rows.c.code).where(_rows.c.code.is_not(None)).distinct())
    named = [{"of": code, "name": brand_of(code)} for code in codes.all() if brand_of(code)]
    if named:
        update = sa.update(_rows).where(_rows.c.code == sa.bindparam("of"))
        connection.execute(update.values(brand=sa.bindparam("name")), named)


def downgrade() -> None:
    op.drop_table("searches")
    for column in ("consent_event", "consent_at", "consent"):
        op.drop_column("people", column)
    op.drop_column("interactions", "brand")
