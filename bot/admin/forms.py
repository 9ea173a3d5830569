"""What a form of a page sends, within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

Form = Mapping[str, str]

_LARGEST_FORM = 16 * 1024  # several times what the fullest one has
_FORM_S = 10.0
"""For a form to arrive, which fits into some packets."""
_MOST_FIELDS = 50  # some times as many as any has


class FormRefused(Exception):
    """What came is no form of ours: the sentence `admin-REASON`, and the status to answer with."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


async def fields_of(request: web.Request) -> Form:
    """The fields of a form as browsers send it. Raises `FormRefused`."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise FormRefused("bad_request", 400)
    data = bytearray()
    try:
        async with asyncio.timeout(_FORM_S):
            async for chunk in request.content.iter_chunked(_LARGEST_FORM):
                data.extend(chunk)
                if len(data) > _LARGEST_FORM:
                    raise FormRefused("bad_request", 413)
        text = data.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (TimeoutError, ConnectionError, web.RequestPayloadError) as error:
        raise FormRefused("bad_request", 408) from error
    except ValueError as error:  # UnicodeDecodeError, too
        raise FormRefused("bad_request", 400) from error
    return {name: value.replace("\0", "") for name, value in pairs}
