"""Photos that another app shares with the installed page: posted here, sent like any other photo.

The device opens the answer as a page, so whatever happens ends in the conversation: what could not
be taken is told there, its reason behind the # of the address.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.channels.web.answering.turns import WebTurns
from bot.channels.web.guests import Guest
from bot.channels.web.installed.manifest import SHARED_FILES
from bot.channels.web.requests import MAX_UPLOAD, UPLOAD_DEADLINE_S, Uploads
from bot.channels.web.wire import MOST_PHOTOS, PageSaid, RequestError

CHAT = "/chat"


class Shared:
    """Takes what is shared."""

    def __init__(self, turns: WebTurns, uploads: Uploads) -> None:
        self._turns = turns
        self._uploads = uploads

    async def take(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        """Send the photos as the person's, and lead to the conversation."""
        if guest.fresh:  # no cookie: nobody would see the answer
            raise web.HTTPSeeOther(f"{CHAT}#share=nobody")
        try:
            await self._taken(request, guest)
        except RequestError as problem:
            raise web.HTTPSeeOther(f"{CHAT}#share={problem}") from None
        raise web.HTTPSeeOther(CHAT)

    async def _taken(self, request: web.Request, guest: Guest) -> None:
        said = PageSaid("photo", locale=guest.who.locale)
        names: list[str] = []
        async with self._uploads.slot():
            async for photo in _photos(request):
                names.append(_name())
                await self._turns.take(guest.who, names[-1], said, photo)
        if not names:
            raise RequestError("empty")
        if len(names) > 1:
            album = PageSaid("album", locale=guest.who.locale, turns=tuple(names))
            await self._turns.take(guest.who, _name(), album)


def _name() -> str:
    return f"share-{uuid4().hex}"


async def _photos(request: web.Request) -> AsyncIterator[bytes]:
    """The form's photos, one after the other. Raises `RequestError`."""
    if request.content_type != "multipart/form-data":
        raise RequestError("bad_request")
    left = MOST_PHOTOS
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S):
            async for part in await request.multipart():
                if not isinstance(part, aiohttp.BodyPartReader) or part.name != SHARED_FILES:
                    continue
                if left and (photo := await _whole(part)):
                    left -= 1
                    yield photo
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise RequestError("cut_off") from error
    except ValueError as error:  # no boundary, broken headers
        raise RequestError("bad_request") from error


async def _whole(part: aiohttp.BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        data += chunk
        if len(data) > MAX_UPLOAD:
            raise RequestError("too_large")
    return bytes(data)
