"""Pictures and files of a person's conversation, each to that person alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from bot.channels.web.guests import Guest
from bot.channels.web.requests import refused
from bot.channels.web.types import WebShelves
from bot.pictures.close_up import strip
from storage.types import Interaction, Quad

Answer = Callable[[web.Request, Guest], Awaitable[web.StreamResponse]]
Guard = Callable[[Answer], Callable[[web.Request], Awaitable[web.StreamResponse]]]

_KEEP = {"Cache-Control": "private, max-age=3600"}
_ENTRY = "{entry:[0-9]{1,18}}"


class Pictures:
    """Answers requests for what an entry or an interaction shows."""

    def __init__(self, shelves: WebShelves) -> None:
        self._shelves = shelves

    def routes(self, guarded: Guard) -> list[web.AbstractRouteDef]:
        """The routes; each handler wrapped in `guarded`."""
        return [
            web.get(f"/chat/image/{_ENTRY}", guarded(self._image)),
            web.get(f"/chat/file/{_ENTRY}", guarded(self._file)),
            web.get(f"/chat/upload/{_ENTRY}", guarded(self._upload)),
            web.get(f"/chat/photo/{_ENTRY}", guarded(self._photo)),
            web.get(f"/chat/strip/{_ENTRY}", guarded(self._strip)),
        ]

    async def _image(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        dark = "dark" in request.query
        jpeg = await self._shelves.chat.image(guest.who, _entry(request), dark=dark)
        return _picture(request, jpeg)

    async def _upload(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        chat, entry = self._shelves.chat, _entry(request)
        if path := await chat.upload_path(entry, guest.who):  # large: never in memory whole
            return web.FileResponse(path, headers={**_KEEP, "Content-Type": "image/jpeg"})
        return _picture(request, await chat.upload(entry, guest.who))

    async def _photo(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        row = await self._own_row(request, guest)
        return _picture(request, await self._photo_of(row))

    async def _strip(self, request: web.Request, guest: Guest) -> web.StreamResponse:
        row = await self._own_row(request, guest)
        jpeg, quad = await self._photo_of(row), _place(row)
        shown = await asyncio.to_thread(strip, jpeg, quad) if jpeg and quad else None
        return _picture(request, shown)

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

    async def _own_row(self, request: web.Request, guest: Guest) -> Interaction | None:
        row = await self._shelves.interactions.get(_entry(request))
        return row if row is not None and row.who == guest.who else None

    async def _photo_of(self, row: Interaction | None) -> bytes | None:
        return await self._shelves.photos.get(row.photo) if row is not None and row.photo else None


def _entry(request: web.Request) -> int:
    return int(request.match_info["entry"])


def _place(row: Interaction | None) -> Quad | None:
    """Where the code that is being mended was read."""
    if row is None:
        return None
    shown = (each for each in row.candidates if each.code == row.shown_code)
    candidate = next(shown, row.current[0] if row.current else None)
    return candidate.quad if candidate else None


def _picture(request: web.Request, jpeg: bytes | None) -> web.Response:
    if jpeg is None:
        return refused(request, "not_found", 404)
    return web.Response(body=jpeg, content_type="image/jpeg", headers=_KEEP)
