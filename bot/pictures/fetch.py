"""Fetching a picture from somebody else's server: no redirects, a limited number of bytes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import aiohttp
from yarl import URL

_READ_BYTES = 64 * 1024
_PICTURE_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity"}


class PictureRefused(Exception):
    """The server does not hand it out; asking again helps nothing."""


class PictureTooLarge(PictureRefused):
    """More bytes than are taken."""


async def picture_at(session: aiohttp.ClientSession, address: URL, most_bytes: int) -> bytes:
    """The bytes at an address that was checked before. Raises what `pieces_at` does."""
    data = bytearray()
    async with aclosing(pieces_at(session, address, most_bytes)) as pieces:
        async for piece in pieces:
            data += piece
    return bytes(data)


async def pieces_at(
    session: aiohttp.ClientSession, address: URL, most_bytes: int
) -> AsyncGenerator[bytes, None]:
    """The same as they come, so that nobody needs to hold all of them.

    Raises `PictureRefused`, and `aiohttp.ClientError` where another try may help.
    """
    async with session.get(address, allow_redirects=False, headers=_PICTURE_HEADERS) as got:
        if got.status >= 500:
            raise aiohttp.ClientError(f"status {got.status}")
        if got.status != 200:
            raise PictureRefused(f"status {got.status}")
        if (got.content_length or 0) > most_bytes:
            raise PictureTooLarge(f"{got.content_length} bytes")
        size = 0
        async for chunk in got.content.iter_chunked(_READ_BYTES):
            size += len(chunk)
            if size > most_bytes:
                raise PictureTooLarge(f"more than {most_bytes} bytes")
            yield chunk
