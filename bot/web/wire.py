"""The JSON that the page and the server exchange.

Answers come as one JSON object a line, as they arise:
`{"type": "message", "entry": {...}}`, `{"type": "working"}`, `{"type": "toast", "text"}` and at
last `{"type": "end", "first", "language"}`: entries below `first` are gone for good.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from bot.buttons import MAX_BYTES, parse
from bot.types import CommandSent, Event, PhotoSent, Reply, TextSent
from storage.types import ChatEntry

MAX_TEXT = 1000
_TURN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COMMAND = re.compile(r"/(?P<name>[a-z]{1,16})(?:@\S*)?(?:\s+(?P<argument>.*))?", re.DOTALL)


class RequestError(Exception):
    """The request is not what the page sends; the argument is a name in `sentences`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person did: `kind` is photo, text or press; `message` is the entry pressed."""

    kind: str
    text: str = ""
    data: str = ""
    message: int = 0
    locale: str = ""

    def body(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)


def turn_name(value: object) -> str:
    """A message id made by the page. Raises `RequestError` for anything else."""
    if isinstance(value, str) and _TURN.fullmatch(value):
        return value
    raise RequestError("bad_request")


def said_text(payload: object, locale: str) -> tuple[str, Said]:
    """Turn name and text of a POST /chat/text. Raises `RequestError`."""
    fields = _fields(payload)
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise RequestError("bad_request")
    if len(text) > MAX_TEXT:
        raise RequestError("too_long")
    return turn_name(fields.get("id")), Said("text", text=text.strip(), locale=locale)


def said_press(payload: object, locale: str) -> tuple[str, Said]:
    """Turn name, button and pressed entry of a POST /chat/press. Raises `RequestError`."""
    fields = _fields(payload)
    data, message = fields.get("data"), fields.get("message", 0)
    if not isinstance(data, str) or not isinstance(message, int) or len(data.encode()) > MAX_BYTES:
        raise RequestError("bad_request")
    return turn_name(fields.get("id")), Said("press", data=data, message=message, locale=locale)


def said_of(entry: ChatEntry) -> Said:
    """What the person did, from the stored entry."""
    return Said(**json.loads(entry.body))


def event_of(said: Said, key: str, fetch: Callable[[], Awaitable[bytes]]) -> Event:
    """The event that the conversation handles."""
    if said.kind == "photo":
        return PhotoSent(key, fetch)
    if said.kind == "press":
        return parse(key, said.data)
    if command := _COMMAND.fullmatch(said.text):
        return CommandSent(key, command["name"], (command["argument"] or "").strip())
    return TextSent(key, said.text)


def body_of(reply: Reply) -> str:
    """A reply as it is stored and shown (its image is kept beside it)."""
    fields = {
        "text": reply.text,
        "rows": [[asdict(choice) for choice in row] for row in reply.rows],
        "code": reply.code,
        "interaction": reply.interaction,
    }
    return json.dumps(fields, ensure_ascii=False)


def shown(entry: ChatEntry) -> dict[str, Any]:
    """An entry as the page gets it."""
    return {
        "id": entry.id,
        "turn": entry.turn,
        "author": entry.author,
        "image": f"/chat/image/{entry.id}?v={entry.version}" if entry.has_image else "",
        "at": entry.created_at.isoformat(),
        "pending": entry.pending,
        **json.loads(entry.body),
    }


def line(kind: str, **fields: Any) -> bytes:
    """One line of an answer."""
    return json.dumps({"type": kind, **fields}, ensure_ascii=False).encode() + b"\n"


def _fields(payload: object) -> dict[str, Any]:
    if not isinstance(payload, dict):
        raise RequestError("bad_request")
    return payload
