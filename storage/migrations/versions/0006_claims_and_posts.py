"""Who works on a waiting update, and which message answers which.

Revision: 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("claimed_by", sa.Text))
    op.add_column("inbox", sa.Column("claimed_until", sa.DateTime(timezone=True)))
    op.create_table(
        "posts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("event_key", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("album", sa.Text, nullable=False),
        sa.Column("addressed", sa.Boolean, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("interaction", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.BigInteger),
        sa.Column("summary", sa.BigInteger),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("channel", "chat", "message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_answer", "posts", ["channel", "chat", "answer"])
    op.create_index("ix_posts_album", "posts", ["channel", "chat", "album"])
    op.create_index("ix_posts_person", "posts", ["channel", "user_id", "interaction"])
    op.create_index("ix_posts_seen_at", "posts", ["seen_at"])


def downgrade() -> None:
    op.drop_table("posts")
    op.drop_column("inbox", "claimed_until")
    op.drop_column("inbox", "claimed_by")
