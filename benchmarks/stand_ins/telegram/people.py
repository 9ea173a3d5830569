"""A person in a Telegram chat: sends, presses, looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.stand_ins.telegram.chats import JSON, Shown
from benchmarks.stand_ins.telegram.methods import File
from benchmarks.stand_ins.telegram.server import TelegramServer
from benchmarks.stand_ins.waiting import until


def entities(text: str) -> list[JSON]:
    """The commands and names in a text as Telegram marks them; offsets in UTF-16 units."""
    kinds = (
        ("bot_command", r"(?<!\S)/\w{1,64}(@\w+)?"),
        ("mention", r"(?<![\w@/])@\w{4,32}(?![\w.])"),
    )
    return [
        {"type": kind, "offset": _units(text[: found.start()]), "length": _units(found[0])}
        for kind, pattern in kinds
        for found in re.finditer(pattern, text)
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Person:
    """Somebody in a private chat with the bot, or (with `group`) in a group, or in its `topic`."""

    def __init__(
        self,
        server: TelegramServer,
        id: int = 1001,
        language: str = "ko",
        group: int = 0,
        topic: int = 0,
    ) -> None:
        self.server = server
        self.id = id
        self.chat = group or id
        self.topic = topic
        if topic:
            server.chats.topics.add((group, topic))
        self.user = {"id": id, "is_bot": False, "first_name": "P", "language_code": language}
        kind: JSON = {"id": self.chat, "type": _kind(group, topic)}
        kind |= {"title": "G"} if group else {"first_name": "P"}
        server.chats.known[self.chat] = kind

    async def send(self, reply_to: int | None = None, **content: Any) -> Shown:
        """Any message; `content` is what the update's message carries."""
        message = self._written(reply_to, **content)
        await self.server.deliver("message", self.server.chats.json(message))
        return message

    def _written(self, reply_to: int | None = None, **content: Any) -> Shown:
        """The message as the chat has it; not delivered yet."""
        text = content.pop("text", "")
        extra = {"from": self.user, **content}
        return self.server.chats.add(
            self.chat, self.id, text=text, reply_to=reply_to, extra=extra, thread=self.topic or None
        )

    async def send_text(self, text: str, reply_to: int | None = None) -> Shown:
        found = entities(text)
        return await self.send(reply_to, text=text, **({"entities": found} if found else {}))

    async def send_photo(
        self, data: bytes, caption: str = "", reply_to: int | None = None, **more: Any
    ) -> Shown:
        """A photo as Telegram delivers it: several sizes, not in order."""
        return await self.send(reply_to, **self.photo(data), **_captioned(caption), **more)

    def photo(self, data: bytes) -> JSON:
        sizes = [self._file(data[:100]), self._file(data), self._file(data[:200])]
        shapes = [(90, 67), (1280, 960), (320, 240)]
        photo = [
            {**size, "width": width, "height": height}
            for size, (width, height) in zip(sizes, shapes, strict=True)
        ]
        return {"photo": photo}

    async def send_album(
        self, photos: Sequence[bytes], captions: Sequence[str] = (), name: str = "A1"
    ) -> list[Shown]:
        """An album: updates of their own that share its name and come together."""
        captions = [*captions, *[""] * len(photos)]
        messages = [
            self._written(**self.photo(data), **_captioned(caption), media_group_id=name)
            for data, caption in zip(photos, captions, strict=False)
        ]
        await self.server.deliver("message", *map(self.server.chats.json, messages))
        return messages

    async def send_document(
        self, data: bytes, name: str = "tag.jpg", mime: str | None = "image/jpeg", size: int = 0
    ) -> Shown:
        document = {**self._file(data, size), "file_name": name}
        return await self.send(document={**document, **({"mime_type": mime} if mime else {})})

    async def edit(self, message: Shown, text: str | None = None, **content: Any) -> None:
        """Change a message that was sent; a caption is `caption=`."""
        message.extra = {**message.extra, **content, "edit_date": 1_790_000_100}
        message.extra |= _captioned(content.get("caption", ""))
        if text is not None:
            message.text = text
            message.extra["entities"] = entities(text)
        await self.server.deliver("edited_message", self.server.chats.json(message))

    async def ask_inline(self, text: str) -> str:
        """Type "@bot text" in another chat; the query's id."""
        number = f"I{len(self.server.inline) + 1}"
        self.server.inline[number] = None
        query = {"id": number, "from": self.user, "query": text, "offset": ""}
        await self.server.deliver("inline_query", query)
        return number

    def _file(self, data: bytes, size: int = 0) -> JSON:
        number = len(self.server.files) + 1
        file = File(data, size or len(data), f"photos/file_{number}.jpg")
        self.server.files[f"F{number}"] = file
        return {"file_id": f"F{number}", "file_unique_id": f"U{number}", "file_size": file.size}

    async def press(self, message: Shown, verb: str, nth: int = 0) -> str:
        """Press the nth button with this verb on a message; the callback query's id."""
        data = self.data(message, verb)[nth]
        number = f"Q{len(self.server.queries) + 1}"
        self.server.queries[number] = "open"
        shown = self.server.chats.json(message)
        query = {"id": number, "from": self.user, "chat_instance": "1", "data": data}
        await self.server.deliver("callback_query", {**query, "message": shown})
        return number

    def data(self, message: Shown, verb: str) -> list[str]:
        found = [b.get("callback_data", "") for b in message.buttons]
        found = [data for data in found if data.startswith(f"{verb}:")]
        assert found, f"no button {verb!r} in {message.buttons}"
        return found

    def sees(self) -> list[Shown]:
        """The bot's messages in the chat."""
        return self.server.seen(self.chat)

    async def until(self, true: Callable[[list[Shown]], Any]) -> list[Shown]:
        """Wait until what the bot shows makes this true."""
        try:
            await until(lambda: true(self.sees()))
        except TimeoutError:
            seen = "\n".join(f"{m.id} {m.text!r} {m.buttons}" for m in self.sees())
            raise AssertionError(f"not seen; the chat shows:\n{seen}") from None
        return self.sees()

    async def answered(self, count: int = 1) -> list[Shown]:
        """Wait until `count` messages with buttons are there."""
        return await self.until(lambda seen: sum(bool(m.buttons) for m in seen) >= count)


def _kind(group: int, topic: int) -> str:
    if not group:
        return "private"
    return "supergroup" if topic or group < -1_000_000_000 else "group"


def _captioned(caption: str) -> JSON:
    if not caption:
        return {}
    found = entities(caption)
    return {"caption": caption, **({"caption_entities": found} if found else {})}
