"""Fetching what people sent, from Kakao's picture servers and from nowhere else."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection
from contextlib import aclosing

import aiohttp
from yarl import URL

from bot.channels.kakao.types import Table
from bot.pictures.fetch import PictureRefused, PictureTooLarge, pieces_at
from bot.talk.errors import FetchError, FetchTooLarge
from storage.photos.arriving import Arriving, arriving

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
        self._slots = asyncio.Semaphore(16)  # connections and files that grow at once

    async def fetch(self, url: str, file: Arriving) -> None:
        """Write down what is at a picture's address. Raises `FetchError`, `PhotoStoreError`."""
        address = self._hosts.picture(url)
        if address is None:
            raise FetchError("not an address of Kakao's picture servers")
        try:
            async with asyncio.timeout(self._limit_s), self._slots:
                await self._insist(address, file)
        except TimeoutError as error:
            raise FetchError("the picture took too long") from error

    async def _insist(self, address: URL, file: Arriving) -> None:
        for left in reversed(range(FETCH_TRIES)):
            try:
                await self._once(address, file)
                return
            except (aiohttp.ClientError, OSError, ValueError) as error:
                # The address stays out of the log: whoever has it can fetch the picture.
                log.info("a picture was not fetched: %s", type(error).__name__)
                if not left:
                    raise FetchError(
                        f"the picture was not fetched: {type(error).__name__}"
                    ) from None
                await asyncio.sleep(0.2)

    async def _once(self, address: URL, file: Arriving) -> None:
        await file.begin_again()
        try:
            async with aclosing(pieces_at(self._session, address, MAX_PICTURE_BYTES)) as pieces:
                async for piece in pieces:
                    await file.write(piece)
        except PictureTooLarge as error:
            raise FetchTooLarge("the picture is too large") from error
        except PictureRefused as error:
            raise FetchError(f"the picture server answered {error}") from error


class PictureOnItsWay:
    """A picture of a turn: fetched once, kept until the turn is answered, read from there."""

    def __init__(self, turn: int, place: int, url: str, table: Table, fetcher: Fetcher) -> None:
        self._turn, self._place, self._url = turn, place, url
        self._table = table
        self._fetcher = fetcher
        self._task: asyncio.Task[int] | None = None

    def start(self) -> asyncio.Task[int]:
        """Begin to fetch it, for its link expires."""
        self._task = self._task or asyncio.create_task(self._fetched())
        return self._task

    async def size(self) -> int:
        """Wait until it is kept; its bytes, 0 where these are not known. Raises `FetchError`."""
        task = self.start()
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise FetchError("the picture was not fetched") from None
            raise

    async def load(self) -> bytes:
        """What was sent. Raises `FetchError`."""
        await self.size()
        data = await self._table.upload(self._turn, self._place)
        if data is None:
            raise FetchError("the turn was forgotten")
        return data

    async def stop(self) -> None:
        """Fetch no longer."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _fetched(self) -> int:
        if await self._table.has_upload(self._turn, self._place):
            return 0
        async with arriving(self._table) as file:
            await self._fetcher.fetch(self._url, file)
            await self._table.put_upload(self._turn, self._place, file)
            return file.size


def session() -> aiohttp.ClientSession:
    """A session for other people's addresses: keeps no cookies, unpacks nothing."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=5),
    )
