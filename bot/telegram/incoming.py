"""Updates into events: who, what, and where the answer goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from telegram import CallbackQuery, Document, InlineKeyboardMarkup, Message, Update, User

from bot import buttons
from bot.types import CommandSent, Event, PhotoSent, TextSent, Who

CHANNEL = "telegram"
_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}
_UNKNOWN_TYPES = {None, "", "application/octet-stream"}
_OTHERS = (
    *("animation", "audio", "contact", "dice", "document", "location", "poll"),
    *("sticker", "story", "venue", "video", "video_note", "voice"),
)

Fetch = Callable[[str, int | None], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as far as it matters for who is spoken to."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button press: the query to answer and the message that carries the button."""

    query: str
    message: int
    is_photo: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update for us: `message` is what the answer replies to in `chat`."""

    who: Who
    event: Event
    chat: int
    message: int
    press: Press | None = None


def key_of(update_id: int) -> str:
    """The inbox's and the conversation's key for an update."""
    return f"tg:{update_id}"


def person_of(raw: dict[str, Any]) -> str:
    """The sender's id in an update as received, "" where there is none. Never raises."""
    part = raw.get("callback_query") or raw.get("message")
    sender = part.get("from") if isinstance(part, dict) else None
    return str(sender.get("id", "")) if isinstance(sender, dict) else ""


def press_of(raw: dict[str, Any]) -> str:
    """The id of the callback query in an update as received, "" where it is none."""
    query = raw.get("callback_query")
    return str(query.get("id", "")) if isinstance(query, dict) else ""


def translate(update: Update, me: Me, fetch: Fetch) -> Incoming | None:
    """The event in an update, or None where it is nothing for us."""
    key = key_of(update.update_id)
    if update.callback_query:
        return _pressed(key, update.callback_query)
    message = update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.chat.type != "private" and not _addressed(message, me):
        return None
    event = _event(key, message, me, fetch)
    who = _who(message.from_user)
    return Incoming(who, event, message.chat.id, message.message_id) if event else None


def _who(user: User) -> Who:
    return Who(CHANNEL, str(user.id), user.language_code or "")


def _pressed(key: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None  # a message of another bot, or a game
    message = query.message
    is_photo = isinstance(message, Message) and bool(message.photo)
    press = Press(query.id, message.message_id, is_photo)
    event = buttons.parse(key, query.data)
    return Incoming(_who(query.from_user), event, message.chat.id, message.message_id, press)


def _addressed(message: Message, me: Me) -> bool:
    """Whether a message in a group is for us: a command, a reply to us, or our name in it."""
    text = message.text or message.caption or ""
    to = message.reply_to_message
    to_us = to is not None and to.from_user is not None and to.from_user.id == me.id
    return to_us or text.startswith("/") or f"@{me.username}".lower() in text.lower()


def _event(key: str, message: Message, me: Me, fetch: Fetch) -> Event | None:
    picture = _picture(message)
    if picture:
        file_id, size = picture
        return PhotoSent(key, lambda: fetch(file_id, size))
    if message.text:
        return _text(key, message.text, message, me)
    if any(getattr(message, kind, None) for kind in _OTHERS):
        # No command of ours has this name, so the conversation says what it can do.
        return CommandSent(key, "unsupported")
    return None  # "joined the group", "pinned a message", …


def _picture(message: Message) -> tuple[str, int | None] | None:
    """File id and size in bytes of the best picture in a message."""
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return best.file_id, best.file_size
    document = message.document
    if document and not message.animation and _is_picture(document):
        return document.file_id, document.file_size
    return None


def _is_picture(document: Document) -> bool:
    kind = document.mime_type
    named = PurePath(document.file_name or "").suffix.lower() in _PICTURES
    return (kind or "").startswith("image/") or (kind in _UNKNOWN_TYPES and named)


def _text(key: str, text: str, message: Message, me: Me) -> Event | None:
    if text.startswith("/"):
        return _command(key, text, me)
    if me.username and message.chat.type != "private":
        text = " ".join(word for word in text.split() if word.lower() != f"@{me.username}".lower())
    return TextSent(key, text, _replied_interaction(message.reply_to_message, me))


def _command(key: str, text: str, me: Me) -> CommandSent | None:
    first, _, argument = text[1:].partition(" ")
    name, _, bot = first.strip().partition("@")
    if bot and bot.lower() != me.username.lower():
        return None
    return CommandSent(key, name.lower(), argument.strip())


def _replied_interaction(message: Message | None, me: Me) -> int | None:
    """The interaction of the message that a text replies to: its buttons name it."""
    if message is None or message.from_user is None or message.from_user.id != me.id:
        return None
    markup: InlineKeyboardMarkup | None = message.reply_markup
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            data = button.callback_data
            pressed = buttons.parse("", data) if isinstance(data, str) else None
            if pressed and pressed.interaction:
                return pressed.interaction
    return None
