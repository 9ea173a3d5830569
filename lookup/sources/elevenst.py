"""11번가's OPEN API as a price source: product search, answered in XML in EUC-KR.

The key travels in the address, so no error of this source may hold the address.
"""

from __future__ import annotations

import re
from asyncio import to_thread
from collections.abc import Iterable

from pydantic import Field, SecretStr

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    RateLimited,
    ServerFailed,
    SourceTrouble,
)
from lookup.sources.elevenst_xml import read_offers, read_trouble, read_xml
from lookup.sources.http import checked_secret, fetch
from lookup.sources.means import Means
from lookup.sources.quota import Quota
from lookup.sources.settings import Calls, KeptSeconds, SourceSettings
from lookup.sources.web_source import WebSource
from lookup.types import Offer
from surroundings.settings import HttpUrl

# In the service's own order: by price ("L") the page would fill with laces, as at Naver.
_PRODUCT_SEARCH = {"apiCode": "ProductSearch", "pageNum": "1", "pageSize": "50"}

_ABOUT_RATE = re.compile(r"초당|per\s?second|too many", re.IGNORECASE)
_ABOUT_QUOTA = re.compile(r"초과|한도|소진|limit|exceed|quota", re.IGNORECASE)
_ABOUT_KEY = re.compile(r"인증|권한|등록되지|유효하지|만료|api\s?key|키\b|key", re.IGNORECASE)


class ElevenStreetSettings(SourceSettings):
    """For 11번가's OPEN API."""

    prefix = "elevenst"

    key: SecretStr | None = Field(
        default=None, description="Key from openapi.11st.co.kr. With it 11번가 is asked."
    )
    url: HttpUrl = Field(
        default="https://openapi.11st.co.kr/openapi/OpenApiService.tmall",
        description="Address of 11번가's OPEN API.",
    )
    calls_a_day: Calls = Field(
        default=5_000, description="Calls to it between two midnights in Korea; 0: no limit."
    )
    kept_s: KeptSeconds = Field(
        default=600.0, description="Seconds that its answer for a code is used again."
    )

    def open(self, means: Means) -> Iterable[ElevenStreetSource]:
        """One source."""
        yield ElevenStreetSource(self, means)


class ElevenStreetSource(WebSource):
    """11번가's product search. Its trouble is a state, never an exception.

    The quota starts anew at midnight in Korea. Raises `SourceSettingsError` when made with a key
    that no request can carry.
    """

    key = "elevenst"
    name = "11번가"

    def __init__(self, settings: ElevenStreetSettings, means: Means) -> None:
        super().__init__(Quota("elevenst", settings.calls_a_day), settings, means)
        self._url = settings.url
        self._key = checked_secret("key for 11번가", settings.key)

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {"key": self._key, **_PRODUCT_SEARCH, "keyword": code}
        status, body = await fetch(self._session, self._url, parameters)
        if status != 200:
            raise await self._trouble(status, await to_thread(_said, body))
        read = await to_thread(_read, body, code)
        if isinstance(read, str):
            raise await self._trouble(status, read)
        return read

    async def _trouble(self, status: int, error: str) -> SourceTrouble:
        text = f"HTTP {status} {error}".rstrip().replace(self._key, "…")
        if status in {200, 429} and _ABOUT_RATE.search(error):
            return RateLimited(text)
        if status in {200, 429} and _ABOUT_QUOTA.search(error):
            return await self._say_spent(text)
        if status in {401, 403} or (status == 200 and _ABOUT_KEY.search(error)):
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status == 200 or status >= 500 else AnswerUnreadable(text)


def _read(body: bytes, code: str) -> tuple[Offer, ...] | str:
    """The offers, or an error's words. Raises `AnswerUnreadable`."""
    root = read_xml(body)
    error = read_trouble(root)
    return read_offers(root, code) if error is None else error


def _said(body: bytes) -> str:
    """The error's words where the body has some."""
    try:
        return read_trouble(read_xml(body)) or ""
    except AnswerUnreadable:
        return ""
