"""Pictures and documents that answers link to: served under PUBLIC_URL, signed, for a while.

Kakao's servers and the person's app fetch them without any identity, so whoever has the address
may; nobody can make one up.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from storage.types import KakaoFile

FILE_PATH = "/kakao/file"
SPARE_PATH = "/kakao/shoe.png"
LASTS = timedelta(days=7)
_SPARE_FILE = Path(__file__).parent / "static" / "shoe.png"
# Other sites' pages show these: the server's own headers forbid that for everything else.
_FILE_HEADERS = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "private, max-age=3600",
}

Find = Callable[[int], Awaitable[KakaoFile | None]]


class Links:
    """Makes and checks addresses; without a public address there are none."""

    def __init__(self, public_url: str | None, secret: str, clock: Callable[[], datetime]) -> None:
        self._base = (public_url or "").rstrip("/")
        self._key = hmac.new(secret.encode(), b"pumbeon kakao files", hashlib.sha256).digest()
        self._clock = clock

    @property
    def spare_picture(self) -> str:
        """The picture for offers without one, "" where pictures cannot be served."""
        return self._base + SPARE_PATH if self._base else ""

    @property
    def open(self) -> bool:
        """Whether files can be linked to."""
        return bool(self._base)

    def address(self, file: int) -> str:
        """The address of a file, good for a week; "" where there is no such file."""
        if not self._base or not file:
            return ""
        expires = int((self._clock() + LASTS).timestamp())
        return f"{self._base}{FILE_PATH}/{file}/{expires}/{self._signature(file, expires)}"

    def good(self, file: int, expires: int, signature: str) -> bool:
        """Whether we made this address, and it still holds."""
        ours = self._signature(file, expires)
        return hmac.compare_digest(ours.encode(), signature.encode()) and (
            self._clock().timestamp() < expires
        )

    def _signature(self, file: int, expires: int) -> str:
        text = f"{file}:{expires}".encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:40]

    def routes(self, find: Find) -> list[web.AbstractRouteDef]:
        """GET and HEAD of files and of the spare picture."""

        async def file(request: web.Request) -> web.StreamResponse:
            number, expires = (int(request.match_info[name]) for name in ("file", "expires"))
            if not self.good(number, expires, request.match_info["signature"]):
                raise web.HTTPNotFound
            found = await find(number)
            if found is None:
                raise web.HTTPNotFound
            return web.Response(
                body=found.content, content_type=found.media_type, headers=_headers(found)
            )

        async def spare(_: web.Request) -> web.StreamResponse:
            return web.FileResponse(_SPARE_FILE, headers=_FILE_HEADERS)

        pattern = "/{file:[0-9]{1,18}}/{expires:[0-9]{1,12}}/{signature:[0-9a-f]{40}}"
        return [web.get(FILE_PATH + pattern, file), web.get(SPARE_PATH, spare)]


def _headers(file: KakaoFile) -> dict[str, str]:
    if not file.name:
        return _FILE_HEADERS
    name = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return {**_FILE_HEADERS, "Content-Disposition": name}
