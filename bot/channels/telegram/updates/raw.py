"""What an update as received tells before it is parsed. Nothing here raises."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

CHANNEL = "telegram"
_ALBUM, _MARK, _NEWS = "tga:", "tgm:", "tgt:"
_LARGEST_INT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AlbumPart:
    """One photo of an album."""

    chat: int
    message: int
    album: str


def key_of(update_id: int) -> str:
    """The inbox's and the conversation's key for an update."""
    return f"tg:{update_id}"


def album_key(key: str) -> str:
    """The inbox's key for summing up the album that this update belongs to."""
    return _ALBUM + key.removeprefix("tg:")


def mark_key(name: str) -> str:
    """The inbox's key for a mark."""
    return _MARK + name


def told_key(name: str) -> str:
    """The inbox's key for a message that answers no update."""
    return _NEWS + name


def is_album(key: str) -> bool:
    """Whether the inbox's item is about an album as a whole."""
    return key.startswith(_ALBUM)


def is_mark(key: str) -> bool:
    """Whether the inbox's item is a mark made in the Mini App."""
    return key.startswith(_MARK)


def number_of(key: str) -> int:
    """The update's number in a key."""
    return int(key.partition(":")[2])


def is_update(update: object) -> bool:
    """Whether this is an update at all."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) <= _LARGEST_INT


def packed(content: dict[str, Any]) -> str:
    """JSON that every database takes: ASCII, so that no half of a character is in it."""
    return json.dumps(content, separators=(",", ":"))


def person_of(raw: dict[str, Any]) -> str:
    """The sender's id, also of an item of the Mini App's; "" where there is none."""
    if isinstance(user := raw.get("user"), str):
        return user
    part = raw.get("callback_query") or raw.get("inline_query") or _message(raw)
    sender = part.get("from") if isinstance(part, dict) else None
    return str(_int(sender.get("id")) or "") if isinstance(sender, dict) else ""


def chat_of(raw: dict[str, Any]) -> int:
    """The chat that an answer goes to, 0 where it cannot be told."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else _message(raw)
    chat = message.get("chat") if isinstance(message, dict) else None
    return _int(chat.get("id")) if isinstance(chat, dict) else 0


def press_of(raw: dict[str, Any]) -> str:
    """The id of the callback query, "" where it is none."""
    query = raw.get("callback_query")
    return str(query.get("id", "")) if isinstance(query, dict) else ""


def is_photo(raw: dict[str, Any]) -> bool:
    """Whether a picture, or a file that may be one, comes with it, or is marked in the Mini App."""
    message = _message(raw)
    return bool(message.get("photo") or message.get("document") or raw.get("corners"))


def album_of(raw: dict[str, Any]) -> AlbumPart | None:
    """The album that a picture belongs to."""
    message = _message(raw)
    album, chat, number = (
        message.get("media_group_id"),
        chat_of(raw),
        _int(message.get("message_id")),
    )
    if not isinstance(album, str) or not 0 < len(album) <= 64 or not album.isascii():
        return None
    document = message.get("document")
    kind = document.get("mime_type") if isinstance(document, dict) else ""
    is_picture = bool(message.get("photo")) or str(kind).startswith("image/")
    return AlbumPart(chat, number, album) if is_picture and chat and number else None


def _message(raw: dict[str, Any]) -> dict[str, Any]:
    message = raw.get("message") or raw.get("edited_message")
    return message if isinstance(message, dict) else {}


def _int(value: object) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_INT
    return value if whole and isinstance(value, int) else 0
