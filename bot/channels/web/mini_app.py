"""The page where the code is marked, as a Mini App inside Telegram.

    GET  /mark?interaction=ID   the page; nobody is known yet
    POST /mark/photo            {"init", "interaction"}: the photo
    POST /mark/read             {..., "corners"}: marks it; {"code", "text", "others"} once read
    POST /mark/confirm          {..., "code", "id"}: says that the code is right; {"text"}

What the person does is answered in their chat, too: the page may be closed at any moment.

`init` is Telegram's proof of who opened the page (see `bot.channels.web.proof`). There is no cookie
here: the page may stand in a frame of Telegram's web client.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.channels.web.guests import language
from bot.channels.web.proof import ProofError, proven
from bot.channels.web.requests import payload, refused, unavailable
from bot.channels.web.sentences import sentence
from bot.channels.web.types import Marks, WebShelves
from bot.channels.web.wire import RequestError, turn_name
from bot.guarding.marks import BadMark, corners_of, interaction_of, on_the_photo
from bot.guarding.origin import objection
from bot.talk import buttons
from bot.talk.types import Who
from storage.errors import StorageError
from storage.types import Interaction

FRAMED_BY = "https://web.telegram.org"
_LOOK_S = 0.2
_CODES_TOLD = 5  # as many as the chat has buttons for; the page shows those that look alike
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose request it is, about which row."""

    who: Who
    row: Interaction
    fields: dict[str, object]
    language: str


class MiniApp:
    """Serves the page and what it asks for; `marks` answers in the person's chat."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        shelves: WebShelves,
        marks: Marks,
        token: str,
        clock: Callable[[], datetime],
        page: str,
        allowed_hosts: Collection[str] = (),
        patience_s: float = 20.0,
    ) -> None:
        """`page` is the HTML; after `patience_s` without a reading the chat alone has it."""
        self._shelves = shelves
        self._marks = marks
        self._token = token
        self._clock = clock
        self._page = page
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._patience_s = patience_s

    def routes(self) -> list[web.AbstractRouteDef]:
        """Everything that the aiohttp application serves for the Mini App."""
        return [
            web.get("/mark", self._guarded(self._shown)),
            web.post("/mark/photo", self._guarded(self._photo)),
            web.post("/mark/read", self._guarded(self._read)),
            web.post("/mark/confirm", self._guarded(self._confirm)),
        ]

    def _guarded(
        self, answer: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            try:
                if reason := objection(request, self._allowed_hosts):
                    return refused(request, reason)
                return await answer(request)
            except RequestError as problem:
                return refused(request, str(problem), 404 if str(problem) == "not_found" else 0)
            except StorageError as error:
                return unavailable(request, error, "later")

        return handler

    async def _shown(self, request: web.Request) -> web.Response:
        response = web.Response(text=self._page, content_type="text/html", charset="utf-8")
        response.headers["X-Framed-By"] = FRAMED_BY  # `bot.running.server` makes the policy of it
        return response

    async def _photo(self, request: web.Request) -> web.Response:
        asked = await self._asked(request)
        jpeg = await self._shelves.photos.get(asked.row.photo) if asked.row.photo else None
        if jpeg is None:
            raise RequestError("not_found")
        headers = {"Content-Language": asked.language}
        return web.Response(body=jpeg, content_type="image/jpeg", headers=headers)

    async def _read(self, request: web.Request) -> web.Response:
        asked = await self._asked(request)
        try:
            corners = on_the_photo(corners_of(asked.fields.get("corners")))
            who, row = asked.who, asked.row
            await self._marks.marked(who.user, who.locale, row.id, corners)
        except ValueError as error:  # BadMark, too
            raise RequestError("bad_mark") from error
        before = asked.row.updated_at
        read = await self._once(row.id, lambda row: row.updated_at != before)
        return web.json_response(_told(read, asked.language))

    async def _confirm(self, request: web.Request) -> web.Response:
        asked = await self._asked(request)
        name, code = turn_name(asked.fields.get("id")), asked.fields.get("code")
        codes = [candidate.code for candidate in asked.row.current]
        if code not in codes:
            raise RequestError("changed")
        data = buttons.data("pick", asked.row.id, asked.row.lead + codes.index(str(code)))
        await self._marks.pressed(asked.who.user, asked.who.locale, data, name)
        priced = await self._once(asked.row.id, lambda row: row.code == code)
        said = "confirmed" if priced else "in_the_chat"
        return web.json_response({"text": sentence(said, asked.language)})

    async def _asked(self, request: web.Request) -> _Asked:
        """Who asks about which of their rows. Raises `RequestError`."""
        fields = await payload(request)
        if not isinstance(fields, dict):
            raise RequestError("bad_request")
        try:
            who = proven(fields.get("init"), self._token, self._clock())
        except ProofError as error:
            log.info("a Mini App without proof: %s", error)
            raise RequestError("not_proven") from None
        try:
            row = await self._shelves.interactions.get(interaction_of(fields.get("interaction")))
        except BadMark as error:
            raise RequestError("not_found") from error
        if row is None or row.who != who:  # whether another's exists is not told
            raise RequestError("not_found")
        chosen = await self._shelves.people.language(who)
        return _Asked(who, row, fields, chosen or language(request))

    async def _once(
        self, interaction: int, there: Callable[[Interaction], bool]
    ) -> Interaction | None:
        """The row once it is so; None where that takes long or the chat says why not."""
        try:
            async with asyncio.timeout(self._patience_s):
                while True:
                    row = await self._shelves.interactions.get(interaction)
                    if row is None or there(row):
                        return row
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            return None


def _told(row: Interaction | None, language: str) -> dict[str, object]:
    if row is None:
        return {"code": "", "text": sentence("in_the_chat", language), "others": []}
    if not row.current:
        return {"code": "", "text": "", "others": []}
    first, *others = row.current[:_CODES_TOLD]
    return {
        "code": first.code,
        "text": sentence("sure", language, percent=f"{first.confidence:.0%}"),
        "others": [{"code": other.code} for other in others],
    }
