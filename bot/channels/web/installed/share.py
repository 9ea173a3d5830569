"""Photos that another app shares with the installed page: posted here, sent like any other photo.

The device opens the answer as a page, so whatever happens ends in the conversation: what could not
be taken is told there, its reason behind the # of the address.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.channels.web.answering.turns import WebTurns
from bot.channels.web.guests import Guest
from bot.channels.web.installed.manifest import SHARED_FILES
from bot.channels.web.requests import MAX_UPLOAD
from bot.channels.web.rush import Rush
from bot.channels.web.wire import MOST_PHOTOS, PageSaid, RequestError
from storage.errors import StorageError
from storage.photos.arriving import arriving
from storage.photos.photo_store import PhotoStore

CHAT = "/chat"

log = logging.getLogger(__name__)


class Shared:
    """Takes what is shared."""

    def __init__(self, turns: WebTurns, rush: Rush, photos: PhotoStore) -> None:
        self._turns = turns
        self._rush = rush
        self._photos = photos

    async def take(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        """Send the photos as the person's, and lead to the conversation."""
        if guest.fresh:  # no cookie: nobody would see the answer
            raise web.HTTPSeeOther(f"{CHAT}#share=nobody")
        try:
            await self._taken(request, guest)
        except RequestError as problem:
            raise web.HTTPSeeOther(f"{CHAT}#share={problem}") from None
        except StorageError as error:
            log.warning("what was shared could not be kept: %s", error)
            raise web.HTTPSeeOther(f"{CHAT}#share=unavailable") from None
        raise web.HTTPSeeOther(CHAT)

    async def _taken(self, request: web.Request, guest: Guest) -> None:
        names: list[str] = []
        try:
            with self._rush.slot(request.remote):
                async with self._rush.pace.kept() as came:
                    async for part in _parts(request):
                        if len(names) < MOST_PHOTOS and (
                            name := await self._sent(request, guest, part, came)
                        ):
                            names.append(name)
        except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
            raise RequestError("cut_off") from error
        except ValueError as error:  # no boundary, broken headers
            raise RequestError("bad_request") from error
        if not names:
            raise RequestError("empty")
        if len(names) > 1:
            album = PageSaid("album", locale=guest.who.locale, turns=tuple(names))
            await self._turns.take(guest.who, _name(), album)

    async def _sent(
        self,
        request: web.Request,
        guest: Guest,
        part: aiohttp.BodyPartReader,
        came: Callable[[int], None],
    ) -> str:
        """The turn of this photo, "" for an empty one. Raises `RequestError`, `StorageError`."""
        name = _name()
        await self._turns.admit(guest.who, name)
        self._rush.photo(request.remote)
        async with arriving(self._photos) as file:
            while chunk := await part.read_chunk(64 * 1024):
                if file.size + len(chunk) > MAX_UPLOAD:
                    raise RequestError("too_large")
                came(len(chunk))
                await file.write(chunk)
            if not file.size:
                return ""
            said = PageSaid("photo", locale=guest.who.locale, upload_bytes=file.size)
            await self._turns.take(guest.who, name, said, file)
        return name


def _name() -> str:
    return f"share-{uuid4().hex}"


async def _parts(request: web.Request) -> AsyncIterator[aiohttp.BodyPartReader]:
    """The form's photos, one after the other. Raises `RequestError`, and what aiohttp does."""
    if request.content_type != "multipart/form-data":
        raise RequestError("bad_request")
    async for part in await request.multipart():
        if isinstance(part, aiohttp.BodyPartReader) and part.name == SHARED_FILES:
            yield part
