"""Small pictures of what shops sell, fetched by us: no person's address reaches a shop by them.

Shops and price services name these addresses, so nothing but a public web server is asked (not the
operator's own network), and what comes is decoded and made again before anybody sees it.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Collection, Sequence
from ipaddress import IPv4Address

import aiohttp
import cv2
import numpy as np
from aiohttp.abc import AbstractResolver, ResolveResult
from cachetools import TTLCache
from yarl import URL

from bot.pictures.fetch import PictureRefused, picture_at
from recognizer.errors import PhotoError
from recognizer.photo.photo import decode, encode_jpeg
from recognizer.types import Photo

log = logging.getLogger(__name__)

LONGEST_SIDE_SHOWN = 480
"""Pixels of a picture as it is shown: a third of a phone's width, sharp."""

_PICTURE_PATIENCE_S = 1.2  # that an answer waits for its picture
_MOST_BYTES = 4_000_000  # of a shop's picture; usual are 20 to 500 kB
_KEPT_PICTURES, _KEPT_S = 300, 3_600.0  # of about 25 kB each
_PICTURES_AT_ONCE = 8
_JPEG_QUALITY = 82
_WEB_PORTS = {80, 443}


class ShopPictures:
    """`extra` are host names that may be asked at any place and port: for tests, or one's own."""

    def __init__(self, extra: Collection[str] = ()) -> None:
        self._extra = frozenset(name.lower() for name in extra)
        self._session: aiohttp.ClientSession | None = None
        self._kept: TTLCache[str, bytes | None] = TTLCache(_KEPT_PICTURES, _KEPT_S)
        self._slots = asyncio.Semaphore(_PICTURES_AT_ONCE)

    async def first_of(self, addresses: Sequence[str]) -> bytes | None:
        """A JPEG of the first address that has a picture; None where none comes in time."""
        try:
            async with asyncio.timeout(_PICTURE_PATIENCE_S):
                for address in addresses:
                    if (picture := await self._one(address)) is not None:
                        return picture
        except TimeoutError:
            log.info("a picture of goods took too long")
        return None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _one(self, address: str) -> bytes | None:
        if address in self._kept:
            return self._kept[address]
        url = self._allowed(address)
        picture = await self._fetched(url) if url is not None else None
        self._kept[address] = picture
        return picture

    def _allowed(self, address: str) -> URL | None:
        try:
            url = URL(address)
            host, port = (url.host or "").lower(), url.port
        except ValueError:
            return None
        if url.scheme not in {"http", "https"} or url.user is not None or url.password is not None:
            return None
        if host in self._extra:
            return url
        known = port in _WEB_PORTS and ":" not in host
        return url if known and (not _is_address(host) or _is_public(host)) else None

    async def _fetched(self, url: URL) -> bytes | None:
        async with self._slots:
            try:
                data = await picture_at(self._open(), url, _MOST_BYTES)
                return await asyncio.to_thread(_made_small, data)
            except (PictureRefused, PhotoError, aiohttp.ClientError, OSError, ValueError) as error:
                log.info("a picture of goods was not had: %s", type(error).__name__)
                return None

    def _open(self) -> aiohttp.ClientSession:
        """A session that keeps no cookies and unpacks nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=PublicResolver(self._extra), family=socket.AF_INET
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session


class PublicResolver(AbstractResolver):
    """Names that lead into a private network lead nowhere, whatever they did when last asked."""

    def __init__(self, extra: Collection[str] = ()) -> None:
        self._extra = frozenset(extra)
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a name. Raises `OSError` where there is none."""
        found = await self._system.resolve(host, port, family)
        public = [each for each in found if host in self._extra or _is_public(each["host"])]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        """Let go of the system's resolver."""
        await self._system.close()


def _is_address(host: str) -> bool:
    """Whether a host is numbers, which no resolver is asked about."""
    return all(part.isdigit() or part[:2] == "0x" for part in host.rstrip(".").split("."))


def _is_public(host: str) -> bool:
    try:
        address = IPv4Address(host)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast


def _made_small(data: bytes) -> bytes:
    """Raises `PhotoError`."""
    pixels = decode(data).pixels
    scale = LONGEST_SIDE_SHOWN / max(pixels.shape[:2])
    if scale < 1:
        height, width = pixels.shape[:2]
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return encode_jpeg(Photo(pixels), _JPEG_QUALITY)
