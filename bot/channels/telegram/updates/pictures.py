"""The picture in a message: which size, and whether a file is one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from mimetypes import guess_type

from telegram import Document, ExternalReplyInfo, Message

Fetch = Callable[[str, int | None], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class SentPicture:
    """Where a picture's bytes are; `unique` stays the same however often it is sent."""

    file: str
    unique: str
    size: int | None


def picture_of(message: Message | ExternalReplyInfo) -> SentPicture | None:
    """The best picture in a message: a photo's largest size, or a file that may be an image."""
    photo = message.photo or (message.live_photo.photo if message.live_photo else ())
    if photo:
        best = max(photo, key=lambda size: size.width * size.height)
        return SentPicture(best.file_id, best.file_unique_id, best.file_size)
    document = message.document
    if document and not message.animation and _is_picture(document):
        return SentPicture(document.file_id, document.file_unique_id, document.file_size)
    return None


def answered_picture(message: Message) -> SentPicture | None:
    """The picture in the message that this one replies to, in this chat or another."""
    replied = message.reply_to_message or message.external_reply
    return picture_of(replied) if replied else None


def _is_picture(document: Document) -> bool:
    """By its type or its name; what neither tells is fetched, and tried by its content."""
    told = {document.mime_type or "", guess_type(document.file_name or "")[0] or ""}
    return any(kind.startswith("image/") for kind in told) or all(map(_tells_nothing, told))


def _tells_nothing(kind: str) -> bool:
    return not kind or kind.endswith("/octet-stream")
