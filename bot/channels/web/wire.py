"""The JSON that the page and the server exchange.

Answers come as one JSON object a line, as they arise, each with its `turn`:
`{"type": "message", "entry": {...}}`, `{"type": "working"}`, `{"type": "toast", "text"}` and at
last `{"type": "end", "first", "language"}`: entries below `first` are gone for good. All open pages
of the person get the same lines as server-sent events, and `index` events: `[id, version, pending]`
of every entry that there is, so that each page finds out what it has missed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from bot.guarding.marks import LARGEST_ID, BadMark, corners_of, interaction_of
from bot.talk.buttons import MAX_DATA_BYTES, parse
from bot.talk.types import (
    CommandSent,
    Document,
    Event,
    MarkSent,
    PhotoSent,
    PriceCard,
    Reply,
    TextSent,
)
from storage.types import ChatEntry, Quad

MAX_TEXT = 4000
MOST_PHOTOS = 10
"""Photos of an album, as the page's tray takes them."""

_TURN_NAME = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COMMAND = re.compile(r"/(?P<name>[a-z]{1,16})(?:@\S*)?(?:\s+(?P<argument>.*))?", re.DOTALL)


class RequestError(Exception):
    """The request is not what the page sends; the argument is a name in `sentences`."""


class Busy(RequestError):
    """There is no room right now; in so many `seconds` there may be. `reason`: as its base's."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


class LimitReached(RequestError):
    """The person sends too many photos; `text` says so."""

    def __init__(self, text: str) -> None:
        super().__init__("limit")
        self.text = text


@dataclass(frozen=True, slots=True)
class PageSaid:
    """What a person did: `kind` is photo, text, press, mark or album; `message` the entry pressed.

    A mark is four `corners` on the photo of an `interaction`. An album are the `turns` of photos
    that were sent at once. Of a photo `upload_bytes` tells how large it is, 0: not known.
    """

    kind: str
    text: str = ""
    data: str = ""
    message: int = 0
    locale: str = ""
    interaction: int = 0
    corners: Quad | None = None
    turns: tuple[str, ...] = ()
    upload_bytes: int = 0

    def body(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)


def turn_name(value: object) -> str:
    """A message id made by the page. Raises `RequestError` for anything else."""
    if isinstance(value, str) and _TURN_NAME.fullmatch(value):
        return value
    raise RequestError("bad_request")


def said_text(payload: object, locale: str) -> tuple[str, PageSaid]:
    """Turn name and text of a POST /chat/text. Raises `RequestError`."""
    fields = _fields(payload)
    text = fields.get("text")
    if not isinstance(text, str):
        raise RequestError("bad_request")
    if len(text) > MAX_TEXT:
        raise RequestError("too_long")
    # Half a character cannot be stored, and PostgreSQL stores no NUL.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    if not text.strip():
        raise RequestError("bad_request")
    return turn_name(fields.get("id")), PageSaid("text", text=text.strip(), locale=locale)


def said_press(payload: object, locale: str) -> tuple[str, PageSaid]:
    """Turn name, button and pressed entry of a POST /chat/press. Raises `RequestError`."""
    fields = _fields(payload)
    data, message = fields.get("data"), fields.get("message", 0)
    if not isinstance(data, str) or not data.isascii() or len(data) > MAX_DATA_BYTES:
        raise RequestError("bad_request")
    name, message = turn_name(fields.get("id")), _message(message)
    return name, PageSaid("press", data=data, message=message, locale=locale)


def said_mark(payload: object, locale: str) -> tuple[str, PageSaid]:
    """Turn name, interaction and corners of a POST /chat/mark. Raises `RequestError`."""
    fields = _fields(payload)
    try:
        interaction = interaction_of(fields.get("interaction"))
        corners = corners_of(fields.get("corners"))
    except BadMark as error:
        raise RequestError("bad_mark") from error
    name = turn_name(fields.get("id"))
    return name, PageSaid("mark", locale=locale, interaction=interaction, corners=corners)


def said_album(payload: object, locale: str) -> tuple[str, PageSaid]:
    """Turn name and the photos' turn names of a POST /chat/album. Raises `RequestError`."""
    fields = _fields(payload)
    turns = fields.get("turns")
    if not isinstance(turns, list) or not 2 <= len(turns) <= MOST_PHOTOS:
        raise RequestError("bad_request")
    names = tuple(map(turn_name, turns))
    return turn_name(fields.get("id")), PageSaid("album", locale=locale, turns=names)


def said_of(entry: ChatEntry) -> PageSaid:
    """What the person did, from the stored entry."""
    fields = json.loads(entry.body)
    if fields.get("corners"):
        fields["corners"] = corners_of(fields["corners"])
    fields["turns"] = tuple(fields.get("turns", ()))
    return PageSaid(**fields)


def event_of(said: PageSaid, key: str, fetch: Callable[[], Awaitable[bytes]]) -> Event:
    """The event that the conversation handles."""
    if said.kind == "photo":

        async def size() -> int:
            return said.upload_bytes

        return PhotoSent(key, fetch, size=size, admitted=True)
    if said.kind == "press":
        return parse(key, said.data)
    if said.kind == "mark" and said.corners:
        return MarkSent(key, said.interaction, said.corners)
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
        "correcting": reply.correcting,
        "search": f"/{reply.search}" if reply.search else "",
        "file": _file(reply.document),
        "offers": [_offer(reply, at) for at in range(len(reply.offers))],
        "card": _card(reply.card),
    }
    return json.dumps(fields, ensure_ascii=False)


def code_of(entry: ChatEntry) -> str:
    """The code that an entry of the bot is about, "" for none."""
    return str(json.loads(entry.body).get("code") or "")


def shown(entry: ChatEntry) -> dict[str, Any]:
    """An entry as the page gets it."""
    fields = json.loads(entry.body)
    if fields.get("file"):
        fields["file"]["url"] = f"/chat/file/{entry.id}?v={entry.version}"
    return {
        "id": entry.id,
        "version": entry.version,
        "turn": entry.turn,
        "author": entry.author,
        "image": f"/chat/image/{entry.id}?v={entry.version}" if entry.has_image else "",
        "dark": entry.has_dark,
        "size": entry.size,
        "at": entry.created_at.isoformat(),
        "pending": entry.pending,
        **fields,
    }


def line(kind: str, **fields: Any) -> bytes:
    """One line of an answer."""
    return json.dumps({"type": kind, **fields}, ensure_ascii=False).encode() + b"\n"


def _file(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    size = len(document.content)
    return {"name": document.name, "type": document.media_type, "bytes": size}


def _offer(reply: Reply, at: int) -> dict[str, Any]:
    offer = reply.offers[at]
    title, mall = (" ".join(text.split()) for text in (offer.title, offer.mall))
    where = reply.card.places[at] if reply.card else mall
    return {"title": title, "won": offer.price_won, "where": where, "link": offer.link}


def _card(card: PriceCard | None) -> dict[str, Any] | None:
    """What the page shows in the text's stead."""
    if card is None:
        return None
    shown = ("name", "price", "summary", "rest", "large")
    return {name: getattr(card, name) for name in shown}


def _message(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_ID:
        raise RequestError("bad_request")
    return value


def _fields(payload: object) -> dict[str, Any]:
    if not isinstance(payload, dict):
        raise RequestError("bad_request")
    return payload
