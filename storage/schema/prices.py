"""The own price list, and calls to price services."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, id_column, metadata

catalogue = sa.Table(
    "catalogue",
    metadata,
    id_column(),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("code_key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("price_won", sa.BigInteger, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("image", sa.Text, nullable=False),
    sa.Column("in_stock", sa.Boolean, nullable=False),
    sa.Index("ix_catalogue_code_key", "code_key"),
    sqlite_autoincrement=True,
)

# Calls to price services. `bucket` is what shares a quota, `period` the service's day or month.
price_calls = sa.Table(
    "price_calls",
    metadata,
    sa.Column("bucket", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("spent_until", UtcDateTime),
)
