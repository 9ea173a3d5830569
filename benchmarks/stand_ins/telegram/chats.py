"""What a strict Bot API server knows: chats, messages, files, presses, and what it refuses."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.stand_ins.telegram.buttons import keyboard
from benchmarks.stand_ins.telegram.refusal import JSON, Refusal

__all__ = ["BOT", "JSON", "Chats", "Refusal", "Shown", "keyboard", "picture", "plain"]

BOT = {"id": 777, "is_bot": True, "first_name": "Pumbeon", "username": "pumbeon_bot"}
_TAGS = {"b", "i", "u", "s", "code", "pre", "tg-spoiler", "blockquote"}
_TAG = re.compile(r"<(/?)([^<>]*)>|<|&(?![a-z]+;|#\d+;)")


@dataclass
class Shown:
    """A message as the chat shows it now; `past` are the texts that it had before."""

    id: int
    chat: int
    author: int
    text: str = ""
    codes: list[str] = field(default_factory=list)
    photo: bytes | None = None
    document: bytes | None = None
    name: str = ""  # of the document
    thread: int | None = None
    keyboard: list[list[JSON]] = field(default_factory=list)
    reply_to: int | None = None
    deleted: bool = False
    past: list[str] = field(default_factory=list)
    extra: JSON = field(default_factory=dict)  # what a person's message carries beside

    @property
    def by_bot(self) -> bool:
        return self.author == BOT["id"]

    @property
    def buttons(self) -> list[JSON]:
        return [button for row in self.keyboard for button in row]

    def content(self) -> tuple[Any, ...]:
        return self.text, self.codes, self.photo, self.keyboard


def plain(text: str, mode: str | None, limit: int, what: str) -> tuple[str, list[str]]:
    """The text without its tags, and what stood in <code>; refuses what Telegram refuses."""
    codes: list[str] = []
    if mode == "HTML":
        _check_tags(text)
        codes = [html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", text, re.S)]
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    elif mode:
        raise Refusal("Bad Request: unsupported parse_mode")
    if len(text.encode("utf-16-le")) > limit * 2:
        raise Refusal(f"Bad Request: {what} is too long")
    return text, codes


def _check_tags(text: str) -> None:
    """Close to the real parser: a stray "<" or an unknown or unclosed tag is an error."""
    opened: list[str] = []
    for found in _TAG.finditer(text):
        name = found[2]
        if found[0].startswith("&"):
            continue  # a lone ampersand is taken as it is
        if name is None or name not in _TAGS:
            where = f'tag "{name or ""}" at byte offset {len(text[: found.start()].encode())}'
            raise Refusal(f"Bad Request: can't parse entities: Unsupported start {where}")
        if not found[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise Refusal("Bad Request: can't parse entities: Unmatched end tag")
    if opened:
        raise Refusal("Bad Request: can't parse entities: Can't find end tag")


def picture(data: bytes | None) -> bytes:
    """The picture, if Telegram would take it."""
    if not data or not data.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        raise Refusal("Bad Request: IMAGE_PROCESS_FAILED")
    return data


class Chats:
    """All messages of all chats; ids count up over all of them, as they do for a bot."""

    def __init__(self) -> None:
        self.messages: dict[int, Shown] = {}
        self.known: dict[int, JSON] = {}  # chats that somebody wrote in
        self.blocked: set[int] = set()
        self.gone: set[int] = set()  # messages that can no longer be edited
        self.media_on_text = True
        self.topics: set[tuple[int, int]] = set()
        self.moved: dict[int, int] = {}  # groups that became supergroups
        self.silent_until: dict[int, float] = {}  # chats under a flood limit

    def add(self, chat: int, author: int, **more: Any) -> Shown:
        message = Shown(max(self.messages, default=100) + 1, chat, author, **more)
        self.messages[message.id] = message
        return message

    def of(self, chat: int) -> list[Shown]:
        """What the chat shows now, oldest first."""
        return [m for m in self.messages.values() if m.chat == chat and not m.deleted]

    def _writable(self, params: JSON) -> int:
        chat = int(params["chat_id"])
        left_s = self.silent_until.get(chat, 0.0) - time.monotonic()
        if left_s > 0:
            wait = max(1, round(left_s))
            raise Refusal(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)
        if new := self.moved.get(chat):
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(text, migrate_to_chat_id=new)
        if chat in self.blocked:
            raise Refusal("Forbidden: bot was blocked by the user", 403)
        if chat not in self.known:
            raise Refusal("Bad Request: chat not found")
        return chat

    def check(self, params: JSON) -> None:
        """Refuse what cannot go to this chat."""
        self._writable(params)

    def send(
        self,
        params: JSON,
        text: tuple[str, list[str]],
        photo: bytes | None = None,
        document: bytes | None = None,
        name: str = "",
    ) -> Shown:
        chat = self._writable(params)
        if not text[0].strip() and photo is None and document is None:
            raise Refusal("Bad Request: message text is empty")
        thread = int(params.get("message_thread_id", 0)) or None
        if thread and (chat, thread) not in self.topics:
            raise Refusal("Bad Request: message thread not found")
        rows, to = keyboard(params.get("reply_markup"), self._private(chat)), None
        if reply := params.get("reply_parameters"):
            to = self.messages.get(int(reply["message_id"]))
            if to is None or to.deleted or to.chat != chat:
                to = None
                if not reply.get("allow_sending_without_reply"):
                    raise Refusal("Bad Request: message to be replied not found")
        return self.add(
            chat,
            int(BOT["id"]),  # type: ignore[call-overload]
            text=text[0],
            codes=text[1],
            photo=photo,
            document=document,
            name=name,
            thread=thread,
            keyboard=rows,
            reply_to=to and to.id,
        )

    def _private(self, chat: int) -> bool:
        return bool(self.known[chat]["type"] == "private")

    def _editable(self, params: JSON) -> Shown:
        chat, message = self._writable(params), self.messages.get(int(params["message_id"]))
        if message is None or message.deleted or message.chat != chat or message.id in self.gone:
            raise Refusal("Bad Request: message to edit not found")
        if not message.by_bot:
            raise Refusal("Bad Request: message can't be edited")
        return message

    def edit(
        self, params: JSON, kind: str, new: tuple[str, list[str]], photo: bytes | None
    ) -> Shown:
        """`kind` is text, caption, media or markup: which part of the message is replaced."""
        message = self._editable(params)
        if kind == "text" and message.photo is not None:
            raise Refusal("Bad Request: there is no text in the message to edit")
        if kind == "caption" and message.photo is None:
            raise Refusal("Bad Request: there is no caption in the message to edit")
        if kind == "media" and message.photo is None and not self.media_on_text:
            raise Refusal("Bad Request: there is no media in the message to edit")
        if kind == "text" and not new[0].strip():
            raise Refusal("Bad Request: message text is empty")
        rows, before, old_text = (
            keyboard(params.get("reply_markup"), self._private(message.chat)),
            message.content(),
            message.text,
        )
        if kind != "markup":
            new_photo = photo if kind == "media" else message.photo
        else:
            new, new_photo = (message.text, message.codes), message.photo
        if (*new, new_photo, rows) == before:
            raise Refusal(
                "Bad Request: message is not modified: specified new message content and reply "
                "markup are exactly the same as a current content and reply markup of the message"
            )
        message.text, message.codes = new
        message.photo, message.keyboard = new_photo, rows
        message.past.append(old_text)
        return message

    def delete(self, params: JSON) -> None:
        message = self.messages.get(int(params["message_id"]))
        if message is None or message.deleted or message.chat != self._writable(params):
            raise Refusal("Bad Request: message to delete not found")
        message.deleted = True

    def json(self, message: Shown, deep: bool = True) -> JSON:
        """The message as updates and results carry it."""
        data: JSON = {"message_id": message.id, "date": 1_790_000_000, **message.extra}
        data["chat"] = self.known[message.chat]
        data.setdefault("from", BOT)
        if message.thread:
            data |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.photo is not None and message.by_bot:
            size = {"file_id": f"bot{message.id}", "file_unique_id": f"u{message.id}"}
            data["photo"] = [{**size, "width": 320, "height": 240}]
            data["caption"] = message.text
        elif message.text:
            data["text"] = message.text
        if message.keyboard:
            data["reply_markup"] = {"inline_keyboard": message.keyboard}
        if deep and message.reply_to:
            data["reply_to_message"] = self.json(self.messages[message.reply_to], deep=False)
        return data
