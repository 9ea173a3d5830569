"""What comes with a request: bytes and JSON, within bounds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.channels.web.guests import language
from bot.channels.web.sentences import sentence
from bot.channels.web.wire import RequestError

MAX_UPLOAD = 20 * 1024 * 1024
MAX_UPLOADS_AT_ONCE = 16
UPLOAD_DEADLINE_S = 180.0
_MAX_JSON = 16 * 1024
_STATUS_OF = {"too_large": 413, "too_long": 413, "busy": 503, "cut_off": 408, "not_proven": 403}


class Uploads:
    """Uploads are held in memory while they arrive, so their number is bounded."""

    def __init__(self) -> None:
        self._arriving = 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Room for one upload. Raises `RequestError` where there is none."""
        if self._arriving >= MAX_UPLOADS_AT_ONCE:
            raise RequestError("busy")
        self._arriving += 1
        try:
            yield
        finally:
            self._arriving -= 1


async def body(request: web.Request) -> bytes:
    """The request's bytes. Raises `RequestError` when too large, empty or cut off."""
    data = await _read(request, MAX_UPLOAD, "too_large")
    if not data:
        raise RequestError("empty")
    return data


async def payload(request: web.Request) -> object:
    """The request's JSON. Raises `RequestError` for what is none, or too long."""
    if request.content_type != "application/json":
        raise RequestError("bad_request")
    data = await _read(request, _MAX_JSON, "too_long")
    try:
        parsed: object = json.loads(data.decode())
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError, too
        raise RequestError("bad_request") from error
    return parsed


def refused(request: web.Request, reason: str, status: int = 0) -> web.Response:
    """An answer that says in the person's language why not."""
    text = sentence(reason, language(request))
    body = {"error": reason, "message": text}
    return web.json_response(body, status=status or _STATUS_OF.get(reason, 400))


async def _read(request: web.Request, most: int, reason: str) -> bytes:
    if (request.content_length or 0) > most:
        raise RequestError(reason)
    data = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_DEADLINE_S):
            async for chunk in request.content.iter_chunked(64 * 1024):
                data += chunk
                if len(data) > most:
                    raise RequestError(reason)
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise RequestError("cut_off") from error
    return bytes(data)
