"""Several rows of one code and address in a price list: a row for each size.

Revision: 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None

_UNIQUE = "uq_catalogue_code_key_url"
_INDEX = "ix_catalogue_code_key"
_KEEPS_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("catalogue", table_kwargs=_KEEPS_IDS) as batch:
        batch.drop_constraint(_UNIQUE, type_="unique")
    op.create_index(_INDEX, "catalogue", ["code_key"])


def downgrade() -> None:
    op.drop_index(_INDEX, "catalogue")
    rows = sa.table("catalogue", sa.column("id"), sa.column("code_key"), sa.column("url"))
    first = sa.select(sa.func.min(rows.c.id)).group_by(rows.c.code_key, rows.c.url)
    op.execute(sa.delete(rows).where(rows.c.id.not_in(first)))
    with op.batch_alter_table("catalogue", table_kwargs=_KEEPS_IDS) as batch:
        batch.create_unique_constraint(_UNIQUE, ["code_key", "url"])
