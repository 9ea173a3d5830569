"""The web chat's routes: the page, its files, and the API that the page calls.

    GET  /, /chat               the page
    GET  /static/NAME           its files, sentences.js among them
    GET  /chat/log?after=ID     entries of the conversation, oldest first
    GET  /chat/live             server-sent events: everything that happens, to all open pages
    GET  /chat/image/ID         the JPEG of an entry
    GET  /chat/file/ID          the file of an entry
    GET  /chat/upload/ID        the photo of an entry that is not answered yet
    GET  /chat/photo/ID         the photo of an interaction
    POST /chat/photo            raw bytes; header X-Message-Id
    POST /chat/text             {"id", "text"}
    POST /chat/press            {"id", "message", "data"}
    POST /chat/mark             {"id", "interaction", "corners"}

Each POST is answered line by line (see `bot.channels.web.wire`). A message id is made by the page:
the same id sent again is not answered twice.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import quote

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.channels.web.guests import Guest, guest, objection, remember
from bot.channels.web.live import Ear
from bot.channels.web.page import SCRIPT, STATIC, answered, html, script
from bot.channels.web.requests import MAX_UPLOAD, Uploads, body, payload, refused
from bot.channels.web.turns import WebTurn, WebTurns
from bot.channels.web.types import WebShelves
from bot.channels.web.wire import (
    PageSaid,
    RequestError,
    said_mark,
    said_press,
    said_text,
    shown,
    turn_name,
)
from bot.talk.types import Handler, Reply, Who
from storage.errors import StorageError

RECHECK_S = 5.0  # another process may have answered
_PING_S = 15.0
_ENTRY = "{entry:[0-9]{1,18}}"

Answer = Callable[[web.Request, Guest], Awaitable[web.StreamResponse]]
Sayer = Callable[[object, str], tuple[str, PageSaid]]


class WebChannel:
    """Translates the page's requests into events, and replies into entries of the log."""

    def __init__(
        self, handler: Handler, shelves: WebShelves, allowed_hosts: Collection[str] = ()
    ) -> None:
        self._turns = WebTurns(handler, shelves.chat, shelves.people)
        self._shelves = shelves
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._uploads = Uploads()
        self._html = html("index.html")
        self._script = script()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Everything that the aiohttp application serves for this channel."""
        return [
            web.get("/", self._guarded(self._page)),
            web.get("/chat", self._guarded(self._page)),
            web.get("/chat/log", self._guarded(self._log)),
            web.get("/chat/live", self._guarded(self._live)),
            web.get(f"/chat/image/{_ENTRY}", self._guarded(self._image)),
            web.get(f"/chat/file/{_ENTRY}", self._guarded(self._file)),
            web.get(f"/chat/upload/{_ENTRY}", self._guarded(self._upload)),
            web.get(f"/chat/photo/{_ENTRY}", self._guarded(self._photo)),
            web.post("/chat/photo", self._guarded(self._photo_sent)),
            web.post("/chat/text", self._guarded(self._said(said_text))),
            web.post("/chat/press", self._guarded(self._said(said_press))),
            web.post("/chat/mark", self._guarded(self._said(said_mark))),
            web.get(SCRIPT, self._sentences),
            web.static("/static", STATIC),
        ]

    async def start(self) -> None:
        """Answer what a crash left unanswered."""
        await self._turns.resume()

    async def stop(self) -> None:
        """Let running turns finish."""
        await self._turns.stop()

    async def post(self, who: Who, reply: Reply) -> None:
        """Write into a person's conversation without a turn of theirs; open pages show it."""
        await self._turns.post(who, reply)

    def _guarded(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            if reason := objection(request, self._allowed_hosts):
                return refused(request, reason, 403)
            try:
                return await answer(request, guest(request))
            except RequestError as problem:
                return refused(request, str(problem))

        return handler

    async def _page(self, request: web.Request, _: Guest) -> web.StreamResponse:
        return answered(request, self._html, "text/html")

    async def _sentences(self, request: web.Request) -> web.StreamResponse:
        return answered(request, self._script, "text/javascript")

    async def _log(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        after = request.query.get("after", "0")
        if not (after.isascii() and after.isdecimal()) or len(after) > 18:
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
        remember(request, response, guest)
        return response

    async def _live(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        hub = self._turns.hub
        if hub.full(guest.who.user):
            raise RequestError("busy")
        response = EventSourceResponse(ping_interval=_PING_S, send_timeout=30.0)
        # Listening begins before the index is read: nothing falls between the two.
        with hub.listen(guest.who.user) as ear:
            try:
                await response.prepare(request)
                async with response:
                    await self._tell(response, guest, ear)
            except (ConnectionError, TimeoutError):
                pass  # the page went away
            except StorageError:
                pass  # it comes again, and hears of it from the log
        return response

    async def _tell(self, response: EventSourceResponse, guest: Guest, ear: Ear) -> None:
        told = ""
        while response.is_connected() and not ear.closed:
            if ear.missed:
                ear.start_over()  # before the index is read, which has all of it
                told = ""
            index = json.dumps(await self._shelves.chat.index(guest.who))
            if index != told:
                await response.send(index, event="index")
                told = index
            while not ear.missed and (line := await ear.next(RECHECK_S)):
                await response.send(line.decode().rstrip())

    async def _image(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        dark = "dark" in request.query
        jpeg = await self._shelves.chat.image(guest.who, _entry(request), dark=dark)
        return _picture(request, jpeg)

    async def _upload(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        return _picture(request, await self._shelves.chat.upload(_entry(request), guest.who))

    async def _photo(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        row = await self._shelves.interactions.get(_entry(request))
        mine = row is not None and row.who == guest.who
        digest = row.photo if row is not None and mine else None
        return _picture(request, await self._shelves.photos.get(digest) if digest else None)

    async def _file(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        found = await self._shelves.chat.document(guest.who, _entry(request))
        if found is None:
            return refused(request, "not_found", 404)
        name = str((json.loads(found[0]).get("file") or {}).get("name") or "file")
        # Always a download, whatever is in it: never shown as a page of ours.
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return web.Response(
            body=found[1],
            content_type="application/octet-stream",
            headers={"Content-Disposition": disposition},
        )

    async def _photo_sent(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        name = turn_name(request.headers.get("X-Message-Id"))
        if (request.content_length or 0) > MAX_UPLOAD:
            raise RequestError("too_large")
        async with self._uploads.slot():
            data = await body(request)
        said = PageSaid("photo", locale=guest.who.locale)
        return await _follow(request, guest, await self._turns.take(guest.who, name, said, data))

    def _said(self, sayer: Sayer) -> Answer:
        async def answer(request: web.Request, guest: Guest) -> web.StreamResponse:
            name, said = sayer(await payload(request), guest.who.locale)
            return await _follow(request, guest, await self._turns.take(guest.who, name, said))

        return answer


def _entry(request: web.Request) -> int:
    return int(request.match_info["entry"])


async def _follow(request: web.Request, guest: Guest, turn: WebTurn) -> web.StreamResponse:
    response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
    response.content_type = "application/x-ndjson"
    response.charset = "utf-8"
    remember(request, response, guest)
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
        return refused(request, "not_found", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return web.Response(body=jpeg, content_type="image/jpeg", headers=headers)
