"""Fetching what people sent, from Kakao's picture servers and from nowhere else."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection

import aiohttp
from yarl import URL

from bot.pictures.fetch import PictureRefused, PictureTooLarge, picture_at
from bot.talk.errors import FetchError, FetchTooLarge

MAX_PICTURE_BYTES = 20 * 1024 * 1024
FETCH_TRIES = 2

log = logging.getLogger(__name__)

_PICTURE_DOMAIN = ".kakaocdn.net"
_CALLBACK_DOMAIN = ".kakao.com"
_PLAIN_ADDRESS = re.compile(r"[!-~]{1,4000}", re.ASCII)
_PORTS = {80, 443}


class Hosts:
    """Which addresses may be called. A request names them, so anything else would let whoever
    knows the secret look around in the operator's network.
    """

    def __init__(self, extra: Collection[str] = ()) -> None:
        """`extra` are further host names, on any port: for tests, or a relay of one's own."""
        self._extra = frozenset(name.lower() for name in extra)

    def picture(self, url: str) -> URL | None:
        """The address of a picture that may be fetched, else None."""
        return self._allowed(url, _PICTURE_DOMAIN, ("http", "https"))

    def callback(self, url: str) -> URL | None:
        """The address that a late answer may be posted to, else None."""
        return self._allowed(url, _CALLBACK_DOMAIN, ("https",))

    def _allowed(self, url: str, domain: str, schemes: tuple[str, ...]) -> URL | None:
        if not _PLAIN_ADDRESS.fullmatch(url) or "\\" in url:
            return None
        try:
            address = URL(url, encoded=True)  # as it is: the signature counts
            host, port = (address.host or "").lower(), address.port
        except ValueError:
            return None
        if address.user is not None or address.password is not None:
            return None
        if address.scheme in {"http", "https"} and host in self._extra:
            return address
        known = address.scheme in schemes and host.endswith(domain) and port in _PORTS
        return address if known else None


class Fetcher:
    """Fetches pictures: no redirects, `MAX_PICTURE_BYTES` at most, `limit_s` for all tries."""

    def __init__(self, hosts: Hosts, session: aiohttp.ClientSession, limit_s: float) -> None:
        self._hosts = hosts
        self._session = session
        self._limit_s = limit_s
        self._slots = asyncio.Semaphore(16)  # pictures are held in memory while they arrive

    async def fetch(self, url: str) -> bytes:
        """The bytes at a picture's address. Raises `FetchError`."""
        address = self._hosts.picture(url)
        if address is None:
            raise FetchError("not an address of Kakao's picture servers")
        try:
            async with asyncio.timeout(self._limit_s), self._slots:
                return await self._insist(address)
        except TimeoutError as error:
            raise FetchError("the picture took too long") from error

    async def _insist(self, address: URL) -> bytes:
        for left in reversed(range(FETCH_TRIES)):
            try:
                return await self._once(address)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                # The address stays out of the log: whoever has it can fetch the picture.
                log.info("a picture was not fetched: %s", type(error).__name__)
                if not left:
                    raise FetchError(
                        f"the picture was not fetched: {type(error).__name__}"
                    ) from None
                await asyncio.sleep(0.2)
        raise AssertionError("unreachable")

    async def _once(self, address: URL) -> bytes:
        try:
            return await picture_at(self._session, address, MAX_PICTURE_BYTES)
        except PictureTooLarge as error:
            raise FetchTooLarge("the picture is too large") from error
        except PictureRefused as error:
            raise FetchError(f"the picture server answered {error}") from error


def session() -> aiohttp.ClientSession:
    """A session for other people's addresses: keeps no cookies, unpacks nothing."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=5),
    )
