"""What channels received and answered: updates, messages, requests, transcripts."""

from __future__ import annotations

import sqlalchemy as sa

from storage.schema.base import UtcDateTime, id_column, metadata

inbox = sa.Table(
    "inbox",
    metadata,
    id_column(),
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
    id_column(),
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
    id_column(),
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
    sa.Column("alone", sa.Integer, nullable=False, server_default="0"),  # begun with no other photo
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
# A photo's bytes lie in the photo store, as the upload that `upload_file` names; older versions
# kept them in `content`.
kakao_files = sa.Table(
    "kakao_files",
    metadata,
    id_column(),
    sa.Column("turn_id", sa.ForeignKey("kakao_turns.id", ondelete="CASCADE"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("place", sa.Integer),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("upload_file", sa.Text),
    sa.UniqueConstraint("turn_id", "place"),
    sqlite_autoincrement=True,
)
sa.Index("ix_kakao_files_person", kakao_files.c.channel, kakao_files.c.user_id)

chat_entries = sa.Table(
    "chat_entries",
    metadata,
    id_column(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("turn", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),  # person | bot
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("image", sa.LargeBinary),
    sa.Column("upload", sa.LargeBinary),  # as older versions kept it; now `upload_file`
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("pending", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary),
    sa.Column("dark", sa.LargeBinary),  # the image as dark pages show it
    sa.Column("claimed_by", sa.Text),  # the process that answers the turn
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("upload_file", sa.Text),  # what was sent, in the photo store, until it is answered
    sa.Column("alone", sa.Integer, nullable=False, server_default="0"),  # begun with no other photo
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
