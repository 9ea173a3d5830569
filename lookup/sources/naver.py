"""Naver's shopping search contract as a price source.

Naver itself ended the service on 2026-07-31 (HTTP 404, SE05); compatible gateways and
recordings still speak it, so the address is a setting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import aiohttp

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    RateLimited,
    ServerFailed,
    ServiceRetired,
    SourceTrouble,
)
from lookup.sources.http import checked_secret, checked_url, fetch
from lookup.sources.naver_items import read_error, read_json, read_offers
from lookup.sources.quota import Quota
from lookup.sources.web_source import Manners, WebSource, utc_now
from lookup.types import Offer, QuotaBook

NAVER_API_URL = "https://openapi.naver.com/v1/search/shop.json"
NAVER_CALLS_A_DAY = 25_000

# One page of 100, ordered by fit: ordered by price ("asc") the page would fill with the laces and
# stickers that mention a code, and the shoe would lie behind them. We sort by price ourselves.
_FIXED_PARAMETERS = {"display": "100", "sort": "sim", "exclude": "used:rental:cbshop"}

_CODES = {
    "SE05": ServiceRetired,
    "024": CredentialsRefused,
    "012": RateLimited,
    "SE99": ServerFailed,
}


class NaverSource(WebSource):
    """Asks one address that speaks Naver's contract. Its trouble is a state, never an exception.

    `deadline_s`, where given, replaces the manners' own. `calls_a_day` is the quota, which starts
    anew at midnight in Korea.
    Raises `SourceSettingsError` when made with an id, secret or address that no request can carry.
    """

    key = "naver"
    name = "네이버쇼핑"

    def __init__(  # noqa: PLR0913 -- four the caller has, the rest with defaults
        self,
        session: aiohttp.ClientSession,
        client_id: str,
        client_secret: str,
        base_url: str = NAVER_API_URL,
        *,
        deadline_s: float | None = None,
        calls_a_day: int = NAVER_CALLS_A_DAY,
        manners: Manners | None = None,
        book: QuotaBook | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        manners = manners or Manners()
        if deadline_s is not None:
            manners = replace(manners, deadline_s=deadline_s)
        super().__init__(Quota("naver", calls_a_day), manners, book, now)
        self._session = session
        self._url = checked_url("Naver", base_url)
        self._headers = {
            "X-Naver-Client-Id": checked_secret("client id for Naver", client_id),
            "X-Naver-Client-Secret": checked_secret("client secret for Naver", client_secret),
        }

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {"query": code, **_FIXED_PARAMETERS}
        status, body = await fetch(self._session, self._url, parameters, self._headers)
        trouble = await self._trouble(status, read_error(body))
        if trouble is not None:
            raise trouble
        return read_offers(read_json(body), code)

    async def _trouble(self, status: int, error: tuple[str, str] | None) -> SourceTrouble | None:
        """What is wrong with an answer; the status decides, the body's error code refines."""
        code, message = error or ("", "")
        code = code.zfill(3) if code.isdecimal() else code.upper()  # gateways turn "010" into 10
        text = f"HTTP {status} {code} {message}".rstrip()
        if code == "010" and status in {200, 429}:
            return await self._say_spent(text)
        if status == 200:
            return _CODES.get(code, AnswerUnreadable)(text) if error else None
        if status == 404 and code == "SE05":
            return ServiceRetired(text)
        if status in {401, 403}:
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status >= 500 else AnswerUnreadable(text)
