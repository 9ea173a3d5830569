"""The web chat's routes: the page, its files, and the API that the page calls.

    GET  /, /chat               the page
    GET  /static/NAME           its files
    GET  /chat/log?after=ID     entries of the conversation, oldest first
    GET  /chat/image/ID         the JPEG of an entry
    GET  /chat/photo/ID         the photo of an interaction
    POST /chat/photo            raw bytes; header X-Message-Id
    POST /chat/text             {"id", "text"}
    POST /chat/press            {"id", "message", "data"}

Each POST is answered line by line (see `bot.web.wire`). A message id is made by the page: the
same id sent again is not answered twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.types import Handler
from bot.web.guests import Guest, guest, language, objection, remember
from bot.web.sentences import sentence
from bot.web.turns import Turn, Turns
from bot.web.types import Shelves
from bot.web.wire import RequestError, Said, said_press, said_text, shown, turn_name

STATIC = Path(__file__).parent / "static"
MAX_UPLOAD = 20 * 1024 * 1024
MAX_UPLOADS_AT_ONCE = 16
UPLOAD_DEADLINE_S = 180.0
_MAX_JSON = 16 * 1024

Answer = Callable[[web.Request, Guest], Awaitable[web.StreamResponse]]
STATUS_OF = {"too_large": 413, "too_long": 413, "busy": 503, "cut_off": 408}


class WebChannel:
    """Translates the page's requests into events, and replies into entries of the log."""

    def __init__(
        self, handler: Handler, shelves: Shelves, allowed_hosts: Collection[str] = ()
    ) -> None:
        self._turns = Turns(handler, shelves.chat, shelves.people)
        self._shelves = shelves
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._uploads = 0

    def routes(self) -> list[web.AbstractRouteDef]:
        """Everything that the aiohttp application serves for this channel."""
        return [
            web.get("/", self._guarded(self._page)),
            web.get("/chat", self._guarded(self._page)),
            web.get("/chat/log", self._guarded(self._log)),
            web.get("/chat/image/{entry:[0-9]{1,18}}", self._guarded(self._image)),
            web.get("/chat/photo/{interaction:[0-9]{1,18}}", self._guarded(self._photo)),
            web.post("/chat/photo", self._guarded(self._photo_sent)),
            web.post("/chat/text", self._guarded(self._text_sent)),
            web.post("/chat/press", self._guarded(self._pressed)),
            web.static("/static", STATIC),
        ]

    async def start(self) -> None:
        """Answer what a crash left unanswered."""
        await self._turns.resume()

    async def stop(self) -> None:
        """Let running turns finish."""
        await self._turns.stop()

    def _guarded(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            if reason := objection(request, self._allowed_hosts):
                return _refused(request, reason, 403)
            try:
                return await answer(request, guest(request))
            except RequestError as problem:
                reason = str(problem)
                return _refused(request, reason, STATUS_OF.get(reason, 400))

        return handler

    async def _page(self, request: web.Request, _: Guest) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def _log(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        after = request.query.get("after", "0")
        if not after.isdecimal() or len(after) > 18:
            raise RequestError("bad_request")
        kept = await self._shelves.chat.entries(guest.who)
        response = web.json_response(
            {
                "entries": [shown(entry) for entry in kept if entry.id > int(after)],
                "first": kept[0].id if kept else 0,
                "language": await self._shelves.people.language(guest.who) or "",
            }
        )
        # Only a request from the page itself carries a SameSite=Strict cookie for sure, so the
        # identity is given here and never by the page's own address.
        remember(response, guest, secure=request.secure)
        return response

    async def _image(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        jpeg = await self._shelves.chat.image(guest.who, int(request.match_info["entry"]))
        return _picture(request, jpeg)

    async def _photo(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        row = await self._shelves.interactions.get(int(request.match_info["interaction"]))
        mine = row is not None and row.who == guest.who
        digest = row.photo if row is not None and mine else None
        return _picture(request, await self._shelves.photos.get(digest) if digest else None)

    async def _photo_sent(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        name = turn_name(request.headers.get("X-Message-Id"))
        if (request.content_length or 0) > MAX_UPLOAD:
            raise RequestError("too_large")
        async with self._upload_slot():
            data = await _body(request)
        turn = await self._turns.take(guest.who, name, Said("photo", locale=_hint(guest)), data)
        return await _follow(request, guest, turn)

    async def _text_sent(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        name, said = said_text(await _json(request), _hint(guest))
        return await _follow(request, guest, await self._turns.take(guest.who, name, said))

    async def _pressed(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        name, said = said_press(await _json(request), _hint(guest))
        return await _follow(request, guest, await self._turns.take(guest.who, name, said))

    @asynccontextmanager
    async def _upload_slot(self) -> AsyncIterator[None]:
        """Uploads are held in memory while they arrive, so their number is bounded."""
        if self._uploads >= MAX_UPLOADS_AT_ONCE:
            raise RequestError("busy")
        self._uploads += 1
        try:
            yield
        finally:
            self._uploads -= 1


def _hint(guest: Guest) -> str:
    return guest.who.locale


async def _body(request: web.Request) -> bytes:
    """The request's bytes. Raises `RequestError` when too large, empty or cut off."""
    data = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S):
            async for chunk in request.content.iter_chunked(64 * 1024):
                data += chunk
                if len(data) > MAX_UPLOAD:
                    raise RequestError("too_large")
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise RequestError("cut_off") from error
    if not data:
        raise RequestError("empty")
    return bytes(data)


async def _json(request: web.Request) -> object:
    if request.content_type != "application/json":
        raise RequestError("bad_request")
    if (request.content_length or 0) > _MAX_JSON:
        raise RequestError("too_long")
    try:
        return await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError("bad_request") from error


async def _follow(request: web.Request, guest: Guest, turn: Turn) -> web.StreamResponse:
    response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
    response.content_type = "application/x-ndjson"
    response.charset = "utf-8"
    remember(response, guest, secure=request.secure)
    try:
        await response.prepare(request)
        async for line in turn.follow():
            await response.write(line)
        await response.write_eof()
    except ConnectionError:
        pass  # the page went away; the turn goes on and stands in the log
    return response


def _picture(request: web.Request, jpeg: bytes | None) -> web.Response:
    if jpeg is None:
        return _refused(request, "not_found", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return web.Response(body=jpeg, content_type="image/jpeg", headers=headers)


def _refused(request: web.Request, reason: str, status: int) -> web.Response:
    text = sentence(reason, language(request))
    return web.json_response({"error": reason, "message": text}, status=status)
