"""A person in a Telegram chat: sends, presses, looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram_chats import JSON, Shown
from tests.fakes.telegram_methods import File
from tests.fakes.telegram_server import TelegramServer


class Person:
    """Somebody in a private chat with the bot, or (with `group`) in a group."""

    def __init__(
        self, server: TelegramServer, id: int = 1001, language: str = "ko", group: int = 0
    ) -> None:
        self.server = server
        self.id = id
        self.chat = group or id
        self.user = {"id": id, "is_bot": False, "first_name": "P", "language_code": language}
        kind: JSON = {"id": self.chat, "type": "group" if group else "private"}
        kind |= {"title": "G"} if group else {"first_name": "P"}
        server.chats.known[self.chat] = kind

    async def send(self, reply_to: int | None = None, **content: Any) -> Shown:
        """Any message; `content` is what the update's message carries."""
        text = content.pop("text", "")
        extra = {"from": self.user, **content}
        chats = self.server.chats
        message = chats.add(self.chat, self.id, text=text, reply_to=reply_to, extra=extra)
        await self.server.deliver("message", chats.json(message))
        return message

    async def send_text(self, text: str, reply_to: int | None = None) -> Shown:
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        more = {"entities": entities} if text.startswith("/") else {}
        return await self.send(reply_to, text=text, **more)

    async def send_photo(self, data: bytes, caption: str = "") -> Shown:
        """A photo as Telegram delivers it: several sizes, not in order."""
        sizes = [self._file(data[:100]), self._file(data), self._file(data[:200])]
        shapes = [(90, 67), (1280, 960), (320, 240)]
        photo = [
            {**size, "width": width, "height": height}
            for size, (width, height) in zip(sizes, shapes, strict=True)
        ]
        return await self.send(None, photo=photo, **({"caption": caption} if caption else {}))

    async def send_document(
        self, data: bytes, name: str = "tag.jpg", mime: str | None = "image/jpeg", size: int = 0
    ) -> Shown:
        document = {**self._file(data, size), "file_name": name}
        return await self.send(document={**document, **({"mime_type": mime} if mime else {})})

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

    async def until(
        self, true: Callable[[list[Shown]], Any], timeout_s: float = 8.0
    ) -> list[Shown]:
        """Wait until what the bot shows makes this true."""
        try:
            async with asyncio.timeout(timeout_s):
                while not true(self.sees()):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
        except TimeoutError:
            seen = "\n".join(f"{m.id} {m.text!r} {m.buttons}" for m in self.sees())
            raise AssertionError(f"not seen; the chat shows:\n{seen}") from None
        return self.sees()

    async def answered(self, count: int = 1, timeout_s: float = 8.0) -> list[Shown]:
        """Wait until `count` messages with buttons are there."""
        return await self.until(lambda seen: sum(bool(m.buttons) for m in seen) >= count, timeout_s)
