"""SerpApi as price sources: what Naver's search page and Google Shopping Korea show.

One key and one monthly quota serve both engines. The key travels in the address, so no error of
this source may hold the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from lookup.errors import (
    AnswerUnreadable,
    CredentialsRefused,
    RateLimited,
    ServerFailed,
    SourceSettingsError,
    SourceTrouble,
)
from lookup.judging.fit import fitting
from lookup.judging.words import is_used
from lookup.sources.fields import (
    LONGEST_TITLE,
    is_foreign,
    plain,
    read_json,
    read_price,
    text_of,
    web_link,
)
from lookup.sources.http import checked_secret, checked_url, fetch
from lookup.sources.quota import Period, Quota
from lookup.sources.web_source import Manners, WebSource, utc_now
from lookup.types import Offer, QuotaBook

SERPAPI_URL = "https://serpapi.com/search.json"
SERPAPI_CALLS_A_MONTH = 250  # the free plan's

_NOTHING_FOUND = re.compile(r"hasn'?t returned any results|no results", re.IGNORECASE)
_SPENT = re.compile(r"run out of searches|searches for the month are exhausted", re.IGNORECASE)
_BAD_KEY = re.compile(
    r"invalid api key|api key.*(?:missing|required)|account.*(?:suspended|deleted)", re.I
)
_UNFINISHED = frozenset({"error", "processing", "queued"})
_PRICE_KEYS = ("extracted_price", "price")


@dataclass(frozen=True, slots=True)
class Engine:
    """One of SerpApi's engines: its name there, ours, and how it is asked."""

    engine: str
    name: str
    query: str  # the parameter that carries the code
    fixed: tuple[tuple[str, str], ...]


ENGINES = {
    "naver": Engine("naver", "네이버쇼핑(SerpApi)", "query", (("where", "nexearch"),)),
    "google_shopping": Engine("google_shopping", "구글 쇼핑", "q", (("gl", "kr"), ("hl", "ko"))),
}


class SerpApiSource(WebSource):
    """One engine of SerpApi. Its trouble is a state, never an exception.

    Raises `SourceSettingsError` for an unknown engine, and a key or address no request can carry.
    """

    def __init__(  # noqa: PLR0913 -- three the caller has, the rest with defaults
        self,
        session: aiohttp.ClientSession,
        engine: str,
        api_key: str,
        base_url: str = SERPAPI_URL,
        *,
        calls_a_month: int = SERPAPI_CALLS_A_MONTH,
        manners: Manners | None = None,
        book: QuotaBook | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        if engine not in ENGINES:
            raise SourceSettingsError(f"SerpApi has engines {', '.join(ENGINES)} for prices")
        super().__init__(Quota("serpapi", calls_a_month, Period.MONTH, UTC), manners, book, now)
        self._engine = ENGINES[engine]
        self.key = f"serpapi_{engine}"
        self.name = self._engine.name
        self._session = session
        self._url = checked_url("SerpApi", base_url)
        self._key = checked_secret("key for SerpApi", api_key)

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {
            "engine": self._engine.engine,
            self._engine.query: code,
            **dict(self._engine.fixed),
            "api_key": self._key,
        }
        status, body = await fetch(self._session, self._url, parameters)
        error = read_error(body).replace(self._key, "…")
        if status == 200 and error and _NOTHING_FOUND.search(error):
            return ()
        if status != 200 or error:
            raise await self._trouble(status, error)
        return read_offers(read_json(body), code)

    async def _trouble(self, status: int, error: str) -> SourceTrouble:
        text = f"HTTP {status} {error}".rstrip()
        if status in {200, 429} and _SPENT.search(error):
            return await self._say_spent(text)
        if status in {401, 403} or (status == 200 and _BAD_KEY.search(error)):
            return CredentialsRefused(text)
        if status == 429:
            return RateLimited(text)
        return ServerFailed(text) if status == 200 or status >= 500 else AnswerUnreadable(text)


def read_error(body: bytes) -> str:
    """What `error` says in an answer, "" without one or where the body is no answer."""
    try:
        error = read_json(body).get("error")
        # Elsewhere in the world errors are objects; what they say is said whole.
        said = text_of(error) or (json.dumps(error, ensure_ascii=False) if error else "")
        return said[:LONGEST_TITLE]
    except AnswerUnreadable:
        return ""


def read_offers(answer: dict[str, Any], code: str) -> tuple[Offer, ...]:
    """The offers for `code`, lowest first; none where the page shows no shopping block.

    Raises `AnswerUnreadable` where the answer is no search result at all.
    """
    if "search_metadata" not in answer and "shopping_results" not in answer:
        raise AnswerUnreadable("answer is no search result")
    about = answer.get("search_metadata")
    if isinstance(about, dict) and text_of(about.get("status")).lower() in _UNFINISHED:
        raise AnswerUnreadable("the search did not come to its end")
    read = (_read_item(item) for item in _items(answer.get("shopping_results", [])))
    return fitting((offer for offer in read if offer), code)


def _items(block: object) -> Iterator[dict[str, Any]]:
    """Rows of the block, which is a list, or an object that holds lists."""
    lists = list(block.values()) if isinstance(block, dict) else [block]
    for rows in lists:
        if isinstance(rows, list):
            yield from (row for row in rows if isinstance(row, dict))


def _read_item(item: dict[str, Any]) -> Offer | None:
    if text_of(item.get("second_hand_condition")) or is_used(text_of(item.get("condition"))):
        return None
    if is_foreign(item.get("price")):  # its `extracted_price` would read as won
        return None
    prices = (read_price(item.get(name)) for name in _PRICE_KEYS)
    price = next((price for price in prices if price is not None), None)
    title = plain(text_of(item.get("title")))
    links = (web_link(item.get(name)) for name in ("link", "product_link"))
    link = next(filter(None, links), "")
    if price is None or not title or not link:
        return None
    return Offer(title, price, link, _mall(item), web_link(item.get("thumbnail")))


def _mall(item: dict[str, Any]) -> str:
    names = (plain(text_of(item.get(name))) for name in ("source", "store", "mall", "seller"))
    return next(filter(None, names), "")
