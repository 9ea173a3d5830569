"""The tables. `migrations/` builds the same ones step by step; a test compares the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC times on both sides; SQLite itself keeps no zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, turn the others to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back where the database lost it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MaybeJson(sa.types.TypeDecorator[Any]):
    """JSON that never stops a row from being read: a text that is no JSON comes as it is."""

    impl = sa.JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Parse what can be parsed."""
        parse = super().result_processor(dialect, coltype)
        return None if parse is None else lambda value: _parsed_or_raw(parse, value)


def _parsed_or_raw(parse: Callable[[Any], Any], value: Any) -> Any:
    try:
        return parse(value)
    except ValueError:  # UnicodeDecodeError, too
        return value


def _id() -> sa.Column[int]:
    # SQLite knows "never use an id again" only for INTEGER keys.
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


# AUTOINCREMENT everywhere: an old button must never meet a younger row under a used id.
interactions = sa.Table(
    "interactions",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("event_key", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime),
    sa.Column("last_event", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("photo", sa.Text),
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("models", sa.JSON, nullable=False),
    sa.Column("timings_ms", sa.JSON, nullable=False),
    sa.Column("draft", sa.JSON(none_as_null=True)),
    sa.Column("code", sa.Text),
    sa.Column("code_key", sa.Text),  # of the code shown: the final one, or `auto_code`
    sa.Column("brand", sa.Text),  # of the final code, for searching; NULL: none or unknown
    sa.Column("price_won", sa.BigInteger),
    sa.Column("fields", MaybeJson(none_as_null=True)),  # NULL: the tag says nothing else
    sa.Column("auto_code", sa.Text),  # answered with prices unasked; no person said it
    sa.Column("lead", sa.Integer, nullable=False, server_default="0"),
    sa.Column("taps", sa.Integer),  # NULL: of before they were counted
    sa.Column("priced_at", UtcDateTime),
    sa.Column("events", sa.JSON(none_as_null=True)),
    # The person is part of it, so that no chosen key can reach another person's row.
    sa.UniqueConstraint("channel", "user_id", "event_key"),
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_interactions_person",
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.id,
)
sa.Index(
    "ix_interactions_history",
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.id,
    sqlite_where=interactions.c.code_key.is_not(None),
    postgresql_where=interactions.c.code_key.is_not(None),
)
sa.Index(
    "ix_interactions_created_at",
    interactions.c.channel,
    interactions.c.user_id,
    interactions.c.created_at,
)
sa.Index("ix_interactions_photo", interactions.c.photo)
sa.Index("ix_interactions_code_key", interactions.c.code_key)

quotes = sa.Table(
    "quotes",
    metadata,
    _id(),
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("fetched_at", UtcDateTime, nullable=False),
    sa.Column("offers", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_quotes_interaction_id", quotes.c.interaction_id)

# What stands on a photo beside the code. Looked up by text: a barcode seen before with a code that
# a person confirmed is a second witness (`stylecode.witness`).
barcodes = sa.Table(
    "barcodes",
    metadata,
    _id(),
    sa.Column(
        "interaction_id",
        sa.ForeignKey("interactions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("quad", sa.JSON, nullable=False),
    sa.UniqueConstraint("interaction_id", "text"),
    sqlite_autoincrement=True,
)
sa.Index("ix_barcodes_text", barcodes.c.text)

people = sa.Table(
    "people",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),
    # Whether photos may serve training: yes | no; NULL while unanswered, and when it was said.
    sa.Column("consent", sa.Text),
    sa.Column("consent_at", UtcDateTime),
    sa.Column("consent_event", sa.Text),  # the event whose answer asked; NULL: not asked yet
)

# What a person searched their past for: a button has no room for it, so it names the row.
searches = sa.Table(
    "searches",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("term", sa.Text, nullable=False),
    sa.Column("used_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("channel", "user_id", "term"),
    sqlite_autoincrement=True,
)

inbox = sa.Table(
    "inbox",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # waiting | done | failed
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    # The process that works on it, until when; what has lapsed is anybody's.
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", UtcDateTime),
    sa.UniqueConstraint("channel", "key"),
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_inbox_waiting",
    inbox.c.channel,
    inbox.c.id,
    sqlite_where=inbox.c.state == "waiting",
    postgresql_where=inbox.c.state == "waiting",
)
sa.Index("ix_inbox_person", inbox.c.channel, inbox.c.user_id)
sa.Index("ix_inbox_finished_at", inbox.c.finished_at)

# A person's message on a channel and the message that answers it: what an edit changes, which
# photos make an album, and which row a message is about. Swept with the inbox.
posts = sa.Table(
    "posts",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("message", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("event_key", sa.Text, nullable=False),  # the inbox's key of its newest update
    sa.Column("content", sa.Text, nullable=False),  # fingerprint of what was answered
    sa.Column("album", sa.Text, nullable=False),
    sa.Column("addressed", sa.Boolean, nullable=False),
    sa.Column("code", sa.Text, nullable=False),  # that the answer told
    sa.Column("interaction", sa.BigInteger, nullable=False),  # 0: none; its row may be gone
    sa.Column("answer", sa.BigInteger),
    sa.Column("summary", sa.BigInteger),  # the message that sums its album up
    sa.Column("counted", sa.Boolean, nullable=False),  # whether the summary counts it
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("channel", "chat", "message"),
    sqlite_autoincrement=True,
)
sa.Index("ix_posts_answer", posts.c.channel, posts.c.chat, posts.c.answer)
sa.Index("ix_posts_album", posts.c.channel, posts.c.chat, posts.c.album)
sa.Index("ix_posts_person", posts.c.channel, posts.c.user_id, posts.c.interaction)
sa.Index("ix_posts_seen_at", posts.c.seen_at)

# A request of KakaoTalk: claimed by the process that answers it, kept until its answer was fetched.
kakao_turns = sa.Table(
    "kakao_turns",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("event_key", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # fingerprint of what was sent
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("callback_url", sa.Text, nullable=False),
    sa.Column("callback_until", UtcDateTime),
    sa.Column("callback_used", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("body", sa.Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("shown_at", UtcDateTime),
    sa.UniqueConstraint("channel", "user_id", "event_key"),
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_kakao_turns_person",
    kakao_turns.c.channel,
    kakao_turns.c.user_id,
    kakao_turns.c.id,
)
sa.Index(
    "ix_kakao_turns_waiting",
    kakao_turns.c.id,
    sqlite_where=kakao_turns.c.finished_at.is_(None),
    postgresql_where=kakao_turns.c.finished_at.is_(None),
)
sa.Index("ix_kakao_turns_finished_at", kakao_turns.c.finished_at)

# Photos as sent (`place` counts them from 0; dropped once answered), and what answers link to.
kakao_files = sa.Table(
    "kakao_files",
    metadata,
    _id(),
    sa.Column("turn_id", sa.ForeignKey("kakao_turns.id", ondelete="CASCADE"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("place", sa.Integer),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("turn_id", "place"),
    sqlite_autoincrement=True,
)
sa.Index("ix_kakao_files_person", kakao_files.c.channel, kakao_files.c.user_id)

catalogue = sa.Table(
    "catalogue",
    metadata,
    _id(),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("code_key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("price_won", sa.BigInteger, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("image", sa.Text, nullable=False),
    sa.Column("in_stock", sa.Boolean, nullable=False),
    sa.UniqueConstraint("code_key", "url"),  # its index also serves the search by key
    sqlite_autoincrement=True,
)

chat_entries = sa.Table(
    "chat_entries",
    metadata,
    _id(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("turn", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),  # person | bot
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("image", sa.LargeBinary),
    sa.Column("upload", sa.LargeBinary),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("pending", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary),
    sqlite_autoincrement=True,
)
sa.Index(
    "ux_chat_entries_turn",  # a turn has one entry of the person and any number of the bot
    chat_entries.c.channel,
    chat_entries.c.user_id,
    chat_entries.c.turn,
    unique=True,
    sqlite_where=chat_entries.c.author == "person",
    postgresql_where=chat_entries.c.author == "person",
)
sa.Index(
    "ix_chat_entries_person",
    chat_entries.c.channel,
    chat_entries.c.user_id,
    chat_entries.c.id,
)
sa.Index(
    "ix_chat_entries_pending",
    chat_entries.c.id,
    sqlite_where=sa.text("pending = 1"),  # as the query says it; SQLite compares the words
    postgresql_where=chat_entries.c.pending,
)

# Photos whose rows are gone but whose files may still lie there: a crash between the two is
# made good at the next start.
doomed_photos = sa.Table(
    "doomed_photos",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
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
