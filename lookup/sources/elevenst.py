"""11번가's OPEN API as a price source: product search, answered in XML in EUC-KR.

The key travels in the address, so no error of this source may hold the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import aiohttp

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    RateLimited,
    ServerFailed,
    SourceTrouble,
)
from lookup.sources.elevenst_xml import read_offers, read_trouble, read_xml
from lookup.sources.http import checked_secret, checked_url, fetch
from lookup.sources.quota import Quota
from lookup.sources.web_source import Manners, WebSource, utc_now
from lookup.types import Offer, QuotaBook

ELEVENST_URL = "https://openapi.11st.co.kr/openapi/OpenApiService.tmall"
ELEVENST_CALLS_A_DAY = 5_000

# In the service's own order: by price ("L") the page would fill with laces, as at Naver.
_FIXED_PARAMETERS = {"apiCode": "ProductSearch", "pageNum": "1", "pageSize": "50"}

_PER_SECOND = re.compile(r"초당|per\s?second|too many", re.IGNORECASE)
_SPENT = re.compile(r"초과|한도|소진|limit|exceed|quota", re.IGNORECASE)
_BAD_KEY = re.compile(r"인증|권한|등록되지|유효하지|만료|api\s?key|키\b|key", re.IGNORECASE)


class ElevenStreetSource(WebSource):
    """11번가's product search. Its trouble is a state, never an exception.

    Raises `SourceSettingsError` when made with a key or address that no request can carry.
    """

    key = "elevenst"
    name = "11번가"

    def __init__(  # noqa: PLR0913 -- two the caller has, the rest with defaults
        self,
        session: aiohttp.ClientSession,
        api_key: str,
        base_url: str = ELEVENST_URL,
        *,
        calls_a_day: int = ELEVENST_CALLS_A_DAY,
        manners: Manners | None = None,
        book: QuotaBook | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(Quota("elevenst", calls_a_day), manners, book, now)
        self._session = session
        self._url = checked_url("11번가", base_url)
        self._key = checked_secret("key for 11번가", api_key)

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {"key": self._key, **_FIXED_PARAMETERS, "keyword": code}
        status, body = await fetch(self._session, self._url, parameters)
        if status != 200:
            raise await self._trouble(status, _said(body))
        root = read_xml(body)
        error = read_trouble(root)
        if error is not None:
            raise await self._trouble(status, error)
        return read_offers(root, code)

    async def _trouble(self, status: int, error: str) -> SourceTrouble:
        text = f"HTTP {status} {error}".rstrip().replace(self._key, "…")
        if status in {200, 429} and _PER_SECOND.search(error):
            return RateLimited(text)
        if status in {200, 429} and _SPENT.search(error):
            return await self._say_spent(text)
        if status in {401, 403} or (status == 200 and _BAD_KEY.search(error)):
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status == 200 or status >= 500 else AnswerUnreadable(text)


def _said(body: bytes) -> str:
    """The error's words where the body has some."""
    try:
        return read_trouble(read_xml(body)) or ""
    except AnswerUnreadable:
        return ""
