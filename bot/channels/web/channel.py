"""The web chat's routes: the page, its files, and the API that the page calls.

    GET  /, /chat               the page
    GET  /static/NAME           its files, sentences.js among them
    GET  /chat/log?after=ID     entries of the conversation, oldest first; without ID the newest
    GET  /chat/log?before=ID    the ones before these
    GET  /chat/live             server-sent events: everything that happens, to all open pages
    GET  /chat/image/ID         the JPEG of an entry
    GET  /chat/file/ID          the file of an entry
    GET  /chat/upload/ID        the photo of an entry that is not answered yet
    GET  /chat/photo/ID         the photo of an interaction
    GET  /chat/strip/ID         the line on it that its code was read in, straight and large
    POST /chat/photo            raw bytes; header X-Message-Id
    POST /chat/text             {"id", "text"}
    POST /chat/press            {"id", "message", "data"}
    POST /chat/mark             {"id", "interaction", "corners"}
    POST /chat/album            {"id", "turns"}: the photos that were sent at once
    POST /chat/share            a form with photos that another app shares; leads to the page
    GET  /manifest.webmanifest, /icon-SIDE.png   to install the page

Each POST is answered line by line (see `bot.channels.web.wire`). A message id is made by the page:
the same id sent again is not answered twice. 429: too many photos; 503 with `Retry-After`: nothing
can be kept right now, the page sends it again.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.channels.web.answering.turn import WebTurn
from bot.channels.web.answering.turns import WebTurns
from bot.channels.web.guests import Guest, guest, remember
from bot.channels.web.installed.manifest import ICON_PATH, SHARE_PATH, icon, manifest
from bot.channels.web.installed.share import Shared
from bot.channels.web.live import Ear
from bot.channels.web.page import SCRIPT, STATIC, answered, html, script
from bot.channels.web.pictures import Answer, Pictures
from bot.channels.web.requests import MAX_UPLOAD, body, payload, refused, unavailable
from bot.channels.web.rush import Rush, RushLimits
from bot.channels.web.types import WebShelves
from bot.channels.web.wire import (
    Busy,
    LimitReached,
    PageSaid,
    RequestError,
    said_album,
    said_mark,
    said_press,
    said_text,
    shown,
    turn_name,
)
from bot.guarding.origin import objection
from bot.talk.types import PhotoHandler, Reply, Who
from storage.errors import StorageError
from storage.photos.arriving import arriving

RECHECK_S = 5.0  # another process may have answered
_PING_S = 15.0
_PAGE_OF_LOG = 40
"""Entries that a page begins with, and gets when it scrolls up: some screens of a phone."""

Sayer = Callable[[object, str], tuple[str, PageSaid]]


@dataclass(frozen=True, slots=True)
class Front:
    """The names that people come by, the one of them that speaks https alone, and the limits."""

    hosts: frozenset[str] = frozenset()
    https_host: str = ""
    limits: RushLimits = field(default_factory=RushLimits)


class WebChannel:
    """Translates the page's requests into events, and replies into entries of the log."""

    def __init__(self, handler: PhotoHandler, shelves: WebShelves, front: Front = Front()) -> None:
        self._turns = WebTurns(handler, shelves.chat, shelves.people)
        self._shelves = shelves
        self._front = front
        self._pictures = Pictures(shelves)
        self._rush = Rush(front.limits)
        self._shared = Shared(self._turns, self._rush, shelves.photos)
        self._html = html("index.html")
        self._script = script()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Everything that the aiohttp application serves for this channel."""
        return [
            web.get("/", self._guarded(self._page)),
            web.get("/chat", self._guarded(self._page)),
            web.get("/chat/log", self._guarded(self._log)),
            web.get("/chat/live", self._guarded(self._live)),
            *self._pictures.routes(self._guarded),
            web.post("/chat/photo", self._guarded(self._photo_sent)),
            web.post("/chat/text", self._guarded(self._said(said_text))),
            web.post("/chat/press", self._guarded(self._said(said_press))),
            web.post("/chat/mark", self._guarded(self._said(said_mark))),
            web.post("/chat/album", self._guarded(self._said(said_album))),
            web.post(SHARE_PATH, self._guarded(self._shared.take)),
            web.get("/manifest.webmanifest", self._guarded(manifest)),
            web.get(ICON_PATH, self._guarded(icon)),
            web.get(SCRIPT, self._sentences),
            web.static("/static", STATIC),
        ]

    async def start(self) -> None:
        """Answer what a crash left unanswered."""
        self._turns.start()

    async def stop(self) -> None:
        """Let running turns finish."""
        await self._turns.stop()

    async def post(self, who: Who, reply: Reply) -> None:
        """Write into a person's conversation without a turn of theirs; open pages show it."""
        await self._turns.post(who, reply)

    def _guarded(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                if reason := objection(request, self._front.hosts):
                    return refused(request, reason)
                return await answer(request, guest(request))
            except LimitReached as problem:
                return refused(request, str(problem), 429, problem.text)
            except Busy as problem:
                return refused(request, str(problem), retry_s=problem.seconds)
            except RequestError as problem:
                return refused(request, str(problem))
            except StorageError as error:
                return unavailable(request, error)

        return handler

    async def _page(self, request: web.Request, _: Guest) -> web.StreamResponse:
        return answered(request, self._html, "text/html")

    async def _sentences(self, request: web.Request) -> web.StreamResponse:
        return answered(request, self._script, "text/javascript")

    async def _log(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        after, before = _number(request, "after"), _number(request, "before")
        chat = self._shelves.chat
        index = await chat.index(guest.who)
        first = index[0][0] if index else 0
        least = max(after, first - 1)
        # What came after an entry is wanted whole, what went before it a page at a time.
        most = len(index) if after else _PAGE_OF_LOG
        kept = await chat.entries(guest.who, least, before or None, most)
        response = web.json_response(
            {
                "entries": [shown(entry) for entry in kept],
                "first": first,
                "more": bool(kept) and not after and kept[0].id > first,
                "language": await self._shelves.people.language(guest.who) or "",
            }
        )
        # Only a request from the page itself carries a SameSite=Strict cookie for sure, so the
        # identity is given here and never by the page's own address.
        remember(request, response, guest, self._front.https_host)
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

    async def _photo_sent(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        name = turn_name(request.headers.get("X-Message-Id"))
        if (request.content_length or 0) > MAX_UPLOAD:
            raise RequestError("too_large")
        await self._turns.admit(guest.who, name)
        with self._rush.slot(request.remote):
            self._rush.photo(request.remote)
            turn = await self._taken(request, guest, name)
        return await self._follow(request, guest, turn)

    async def _taken(self, request: web.Request, guest: Guest, name: str) -> WebTurn:
        async with arriving(self._shelves.photos) as file:
            await body(request, file, self._rush.pace)
            said = PageSaid("photo", locale=guest.who.locale, upload_bytes=file.size)
            return await self._turns.take(guest.who, name, said, file)

    def _said(self, sayer: Sayer) -> Answer:
        async def answer(request: web.Request, guest: Guest) -> web.StreamResponse:
            name, said = sayer(await payload(request, self._rush.pace), guest.who.locale)
            turn = await self._turns.take(guest.who, name, said)
            return await self._follow(request, guest, turn)

        return answer

    async def _follow(
        self, request: web.Request, guest: Guest, turn: WebTurn
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
        response.content_type = "application/x-ndjson"
        response.charset = "utf-8"
        remember(request, response, guest, self._front.https_host)
        try:
            await response.prepare(request)
            async for line in turn.follow():
                await response.write(line)
            await response.write_eof()
        except ConnectionError:
            pass  # the page went away; the turn goes on and stands in the log
        return response


def _number(request: web.Request, name: str) -> int:
    """An id of the query, 0 where there is none. Raises `RequestError`."""
    text = request.query.get(name, "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise RequestError("bad_request")
    return int(text)
