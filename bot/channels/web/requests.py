"""What comes with a request: a file and JSON, within bounds; and how it is refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.web.guests import language
from bot.channels.web.rush import Pace
from bot.channels.web.sentences import sentence
from bot.channels.web.wire import RequestError
from storage.errors import StorageError
from storage.photos.arriving import Arriving

MAX_UPLOAD = 20 * 1024 * 1024
_MAX_JSON = 16 * 1024
_RETRY_S = 2  # most of what is short passes as soon: a lock, a rush of photos
_STATUS_OF = {
    "too_large": 413,
    "too_long": 413,
    "busy": 503,
    "cut_off": 408,
    "not_proven": 403,
    "wrong_host": 403,
    "foreign": 403,
    "crowded": 429,
    "rush": 503,
    "unavailable": 503,
}

log = logging.getLogger(__name__)


async def body(request: web.Request, file: Arriving, pace: Pace) -> None:
    """Write the request's bytes down as they come.

    Raises `RequestError` when too large, empty, cut off or too slow, and `PhotoStoreError`.
    """
    await _read(request, MAX_UPLOAD, "too_large", pace, file.write)
    if not file.size:
        raise RequestError("empty")


async def payload(request: web.Request, pace: Pace = Pace()) -> object:  # noqa: B008 - frozen
    """The request's JSON. Raises `RequestError` for what is none, too long or too slow."""
    if request.content_type != "application/json":
        raise RequestError("bad_request")
    data = bytearray()

    async def add(chunk: bytes) -> None:
        data.extend(chunk)

    await _read(request, _MAX_JSON, "too_long", pace, add)
    try:
        parsed: object = json.loads(data.decode())
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError, too
        raise RequestError("bad_request") from error
    return parsed


def refused(
    request: web.Request, reason: str, status: int = 0, text: str = "", retry_s: int = _RETRY_S
) -> web.Response:
    """An answer that says in the person's language why not; `text`: in which words.

    What is refused with 503 the page sends again by itself, after `retry_s` seconds.
    """
    body = {"error": reason, "message": text or sentence(reason, language(request))}
    status = status or _STATUS_OF.get(reason, 400)
    headers = {"Retry-After": str(retry_s)} if status == 503 else {}
    return web.json_response(body, status=status, headers=headers)


def unavailable(
    request: web.Request, error: StorageError, reason: str = "unavailable"
) -> web.Response:
    """Nothing can be kept right now; what was sent is to be sent again."""
    log.warning("a request of the web chat waits for the storage: %s", error)
    return refused(request, reason, 503)


async def _read(
    request: web.Request,
    most: int,
    reason: str,
    pace: Pace,
    take: Callable[[bytes], Awaitable[None]],
) -> None:
    if (request.content_length or 0) > most:
        raise RequestError(reason)
    size = 0
    try:
        async with pace.kept() as came:
            async for chunk in request.content.iter_chunked(64 * 1024):
                size += len(chunk)
                if size > most:
                    raise RequestError(reason)
                came(len(chunk))
                await take(chunk)
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise RequestError("cut_off") from error
