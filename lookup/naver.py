"""Naver's shopping search contract as a price source.

Naver itself ended the service on 2026-07-31 (HTTP 404, SE05); compatible gateways and
recordings still speak it, so the address is a setting.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, timezone
from urllib.parse import urlsplit

import aiohttp

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    QuotaSpent,
    RateLimited,
    ServerFailed,
    ServiceRetired,
    SourceSettingsError,
    SourceTrouble,
)
from lookup.naver_items import read_error, read_json, read_offers
from lookup.types import Offer, PriceQuote, SourceState
from stylecode.normalise import key

log = logging.getLogger(__name__)

NAVER_API_URL = "https://openapi.naver.com/v1/search/shop.json"
LARGEST_ANSWER_BYTES = 2_000_000  # 100 rows are about 80 kB
BACK_OFF_S = 0.25
KST = timezone(timedelta(hours=9))  # Korea keeps no summer time

# One page of 100, ordered by fit: ordered by price ("asc") the page would fill with the laces and
# stickers that mention a code, and the shoe would lie behind them. We sort by price ourselves.
_FIXED_PARAMETERS = {"display": "100", "sort": "sim", "exclude": "used:rental:cbshop"}

_CODES = {
    "SE05": ServiceRetired,
    "024": CredentialsRefused,
    "012": RateLimited,
    "SE99": ServerFailed,
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class NaverSource:
    """Asks one address that speaks Naver's contract. Its trouble is a state, never an exception.

    A retired service is remembered and never asked again; a spent quota until midnight in Korea.
    Raises `SourceSettingsError` when made with an id, secret or address that no request can carry.
    """

    key = "naver"
    name = "네이버쇼핑"

    def __init__(  # noqa: PLR0913 -- four the caller has, two with defaults
        self,
        session: aiohttp.ClientSession,
        client_id: str,
        client_secret: str,
        base_url: str = NAVER_API_URL,
        *,
        deadline_s: float = 2.5,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._session = session
        self._url = _checked_url(base_url)
        self._headers = {
            "X-Naver-Client-Id": _checked("client id", client_id),
            "X-Naver-Client-Secret": _checked("client secret", client_secret),
        }
        self._deadline_s = deadline_s
        self._now = now
        self._retired = False
        self._quota_until: datetime | None = None
        self._told: SourceState | None = None

    async def quote(self, code: str) -> PriceQuote:
        """Ask for one code, within the deadline (seconds) given at the start."""
        known = self._known_state(code)
        if known is not None:
            return self._quote(code, known)
        try:
            async with asyncio.timeout(self._deadline_s):
                offers = await self._offers(code)
        except TimeoutError:
            self._tell(SourceState.SLOW, f"no answer in {self._deadline_s} s")
            return self._quote(code, SourceState.SLOW)
        except SourceTrouble as trouble:
            self._remember(trouble)
            return self._quote(code, trouble.state)
        self._told = None
        return self._quote(code, SourceState.OK if offers else SourceState.EMPTY, offers)

    def _known_state(self, code: str) -> SourceState | None:
        """The answer where no call is needed."""
        if self._retired:
            return SourceState.RETIRED
        if self._quota_until is not None and self._now() < self._quota_until:
            return SourceState.QUOTA
        return None if key(code) else SourceState.EMPTY

    def _quote(self, code: str, state: SourceState, offers: tuple[Offer, ...] = ()) -> PriceQuote:
        until = self._quota_until if state is SourceState.QUOTA else None
        return PriceQuote(code, self.key, self.name, state, self._now(), offers, until)

    def _remember(self, trouble: SourceTrouble) -> None:
        """Keep what stays true beyond this question."""
        if isinstance(trouble, ServiceRetired):
            self._retired = True
        elif isinstance(trouble, QuotaSpent):
            self._quota_until = trouble.until
        self._tell(trouble.state, str(trouble))

    def _tell(self, state: SourceState, text: str) -> None:
        """Warn the operator once per kind of trouble, until an answer is good again."""
        level = logging.DEBUG if state is self._told else logging.WARNING
        self._told = state
        log.log(level, "price source %s is %s: %s", self.key, state, text)

    async def _offers(self, code: str) -> tuple[Offer, ...]:
        try:
            body = await self._ask(code)
        except SourceTrouble as trouble:
            if not trouble.again:
                raise
            await asyncio.sleep(BACK_OFF_S)
            body = await self._ask(code)
        return read_offers(read_json(body), code)

    async def _ask(self, code: str) -> bytes:
        """The body of a good answer. Raises a `SourceTrouble` for every other."""
        if self._session.closed:
            raise ServerFailed("the session is closed")
        query = code.encode("utf-8", "replace").decode()
        request = self._session.get(
            self._url,
            params={"query": query, **_FIXED_PARAMETERS},
            headers=self._headers,
            allow_redirects=False,  # the secret must not travel to another host
        )
        try:
            async with request as answer:
                body = await _read_capped(answer)
                status = answer.status
        except TimeoutError:
            raise
        except aiohttp.ClientPayloadError:
            raise AnswerUnreadable("answer was cut off") from None
        except (aiohttp.ClientError, OSError) as error:
            raise ServerFailed(f"no connection ({type(error).__name__})") from None
        trouble = self._trouble(status, read_error(body))
        if trouble is not None:
            raise trouble
        return body

    def _trouble(self, status: int, error: tuple[str, str] | None) -> SourceTrouble | None:
        """What is wrong with an answer; the status decides, the body's error code refines."""
        code, message = error or ("", "")
        text = f"HTTP {status} {code} {message}".rstrip()
        if code == "010" and status in {200, 429}:
            return QuotaSpent(text, next_midnight_kst(self._now()))
        if status == 200:
            return _CODES.get(code, AnswerUnreadable)(text) if error else None
        if status == 404 and code == "SE05":
            return ServiceRetired(text)
        if status in {401, 403}:
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status >= 500 else AnswerUnreadable(text)


async def _read_capped(answer: aiohttp.ClientResponse) -> bytes:
    """The body, counted after decompression. Raises `AnswerUnreadable` beyond the cap."""
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > LARGEST_ANSWER_BYTES:
            raise AnswerUnreadable(f"answer is larger than {LARGEST_ANSWER_BYTES} bytes")
    return bytes(body)


def next_midnight_kst(now: datetime) -> datetime:
    """When Naver's daily quota starts anew, in UTC."""
    tomorrow = now.astimezone(KST).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), KST).astimezone(UTC)


def _checked(what: str, value: str) -> str:
    stripped = value.strip()
    if not stripped or not stripped.isprintable() or not stripped.isascii():
        raise SourceSettingsError(f"the {what} for Naver must be plain characters on one line")
    return stripped


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise SourceSettingsError("the address for Naver must be a http:// or https:// address")
    return url
