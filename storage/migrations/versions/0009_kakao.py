"""KakaoTalk's requests, their answers and files.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("finished_at IS NULL")


def upgrade() -> None:
    _create_turns()
    op.create_index("ix_kakao_turns_person", "kakao_turns", ["channel", "user_id", "id"])
    op.create_index(
        "ix_kakao_turns_waiting",
        "kakao_turns",
        ["id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_kakao_turns_finished_at", "kakao_turns", ["finished_at"])
    _create_files()
    op.create_index("ix_kakao_files_person", "kakao_files", ["channel", "user_id"])


def _create_turns() -> None:
    op.create_table(
        "kakao_turns",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("callback_url", sa.Text(), nullable=False),
        sa.Column("callback_until", sa.DateTime(timezone=True)),
        sa.Column("callback_used", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("body", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("shown_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint(
            "channel", "user_id", "event_key", name="uq_kakao_turns_channel_user_id_event_key"
        ),
        sqlite_autoincrement=True,
    )


def _create_files() -> None:
    op.create_table(
        "kakao_files",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("turn_id", _ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["kakao_turns.id"], name="fk_kakao_files_turn_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("turn_id", "place", name="uq_kakao_files_turn_id_place"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("kakao_files")
    op.drop_table("kakao_turns")
