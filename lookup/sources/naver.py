"""Naver's shopping search contract as a price source.

Naver itself ended the service on 2026-07-31 (HTTP 404, SE05); compatible gateways and
recordings still speak it, so the address is a setting.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable, Mapping
from typing import ClassVar

from pydantic import Field, SecretStr

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    RateLimited,
    ServerFailed,
    ServiceRetired,
    SourceTrouble,
)
from lookup.sources.http import checked_secret, fetch
from lookup.sources.means import Means
from lookup.sources.naver_items import read_error, read_json, read_offers
from lookup.sources.quota import Quota
from lookup.sources.settings import Calls, SourceSettings
from lookup.sources.web_source import WebSource
from lookup.types import Offer
from surroundings.settings import HttpUrl

# One page of 100, ordered by fit: ordered by price ("asc") the page would fill with the laces and
# stickers that mention a code, and the shoe would lie behind them. We sort by price ourselves.
_ONE_PAGE = {"display": "100", "sort": "sim", "exclude": "used:rental:cbshop"}

_NAVER_TROUBLES = {
    "SE05": ServiceRetired,
    "024": CredentialsRefused,
    "012": RateLimited,
    "SE99": ServerFailed,
}


class NaverSettings(SourceSettings):
    """For Naver's own address, or a gateway that speaks its contract."""

    prefix = "naver"
    flags: ClassVar[Mapping[str, str]] = {
        "client_id": "id",
        "client_secret": "secret",
        "api_url": "url",
    }

    client_id: SecretStr | None = Field(
        default=None,
        description="Client id for a gateway that speaks Naver's shopping search.",
    )
    client_secret: SecretStr | None = Field(default=None, description="Its secret.")
    api_url: HttpUrl = Field(
        default="https://openapi.naver.com/v1/search/shop.json",
        description="Address that speaks Naver's shopping search.",
    )
    calls_a_day: Calls = Field(
        default=25_000, description="Calls to it between two midnights in Korea; 0: no limit."
    )
    # `kept_s` stays short: Naver's terms allow no keeping beyond the answer at hand.

    def open(self, means: Means) -> Iterable[NaverSource]:
        """One source."""
        yield NaverSource(self, means)


class NaverSource(WebSource):
    """Asks one address that speaks Naver's contract. Its trouble is a state, never an exception.

    The quota starts anew at midnight in Korea. Raises `SourceSettingsError` when made with an id or
    secret that no request can carry.
    """

    key = "naver"
    name = "네이버쇼핑"

    def __init__(self, settings: NaverSettings, means: Means) -> None:
        super().__init__(Quota("naver", settings.calls_a_day), settings, means)
        secret = checked_secret("client secret for Naver", settings.client_secret)
        self._url = settings.api_url
        self._headers = {
            "X-Naver-Client-Id": checked_secret("client id for Naver", settings.client_id),
            "X-Naver-Client-Secret": secret,
        }

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {"query": code, **_ONE_PAGE}
        status, body = await fetch(self._session, self._url, parameters, self._headers)
        trouble = await self._trouble(status, await to_thread(read_error, body))
        if trouble is not None:
            raise trouble
        return await to_thread(lambda: read_offers(read_json(body), code))

    async def _trouble(self, status: int, error: tuple[str, str] | None) -> SourceTrouble | None:
        """What is wrong with an answer; the status decides, the body's error code refines."""
        code, message = error or ("", "")
        code = code.zfill(3) if code.isdecimal() else code.upper()  # gateways turn "010" into 10
        text = f"HTTP {status} {code} {message}".rstrip()
        if code == "010" and status in {200, 429}:
            return await self._say_spent(text)
        if status == 200:
            return _NAVER_TROUBLES.get(code, AnswerUnreadable)(text) if error else None
        if status == 404 and code == "SE05":
            return ServiceRetired(text)
        if status in {401, 403}:
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status >= 500 else AnswerUnreadable(text)
