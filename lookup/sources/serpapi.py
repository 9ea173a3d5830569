"""SerpApi as price sources: what Naver's search page and Google Shopping Korea show.

One key and one monthly quota serve both engines. The key travels in the address, so no error of
this source may hold the address.
"""

from __future__ import annotations

import json
import re
from asyncio import to_thread
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr

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
from lookup.sources.http import checked_secret, fetch
from lookup.sources.means import Means
from lookup.sources.quota import Period, Quota
from lookup.sources.settings import Calls, CallsPerSecond, KeptSeconds, SourceSettings
from lookup.sources.web_source import WebSource
from lookup.types import Offer
from surroundings.settings import HttpUrl

_NOTHING_FOUND = re.compile(r"hasn'?t returned any results|no results", re.IGNORECASE)
_SPENT = re.compile(r"run out of searches|searches for the month are exhausted", re.IGNORECASE)
_BAD_KEY = re.compile(
    r"invalid api key|api key.*(?:missing|required)|account.*(?:suspended|deleted)", re.I
)
_NOT_DONE = frozenset({"error", "processing", "queued"})
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


def _engines(value: str) -> str:
    named = [name.strip() for name in value.split(",") if name.strip()]
    if not named or set(named) - set(ENGINES):
        raise ValueError(f"must be {', '.join(ENGINES)} or both, separated by a comma")
    return ",".join(dict.fromkeys(named))


class SerpApiSettings(SourceSettings):
    """For SerpApi: one key, one plan, and the engines to ask."""

    prefix = "serpapi"

    key: SecretStr | None = Field(
        default=None, description="Key from serpapi.com. With it its engines are asked."
    )
    url: HttpUrl = Field(
        default="https://serpapi.com/search.json", description="Address of SerpApi's search."
    )
    engines: Annotated[str, AfterValidator(_engines)] = Field(
        default="google_shopping,naver",
        description="Engines to ask: google_shopping, naver; each is one search per question.",
    )
    calls_a_month: Calls = Field(  # the free plan's
        default=250, description="Searches of the plan in a month; 0: no limit."
    )
    calls_per_s: CallsPerSecond = Field(default=2.0, description="Searches in a second.")
    kept_s: KeptSeconds = Field(  # long: each answer costs one of few searches
        default=3_600.0, description="Seconds that SerpApi's answer for a code is used again."
    )

    def open(self, means: Means) -> Iterable[SerpApiSource]:
        """A source for each engine; they share the plan."""
        for engine in self.engines.split(","):
            yield SerpApiSource(self, means, engine)


class SerpApiSource(WebSource):
    """One engine of SerpApi. Its trouble is a state, never an exception.

    Raises `SourceSettingsError` for an unknown engine, and a key that no request can carry.
    """

    def __init__(self, settings: SerpApiSettings, means: Means, engine: str) -> None:
        if engine not in ENGINES:
            raise SourceSettingsError(f"SerpApi has engines {', '.join(ENGINES)} for prices")
        quota = Quota("serpapi", settings.calls_a_month, Period.MONTH, UTC)
        super().__init__(quota, settings, means)
        self._engine = ENGINES[engine]
        self.key = f"serpapi_{engine}"
        self.name = self._engine.name
        self._url = settings.url
        self._key = checked_secret("key for SerpApi", settings.key)

    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        parameters = {
            "engine": self._engine.engine,
            self._engine.query: code,
            **dict(self._engine.fixed),
            "api_key": self._key,
        }
        status, body = await fetch(self._session, self._url, parameters)
        error = (await to_thread(read_error, body)).replace(self._key, "…")
        if status == 200 and error and _NOTHING_FOUND.search(error):
            return ()
        if status != 200 or error:
            raise await self._trouble(status, error)
        return await to_thread(lambda: read_offers(read_json(body), code))

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
    if isinstance(about, dict) and text_of(about.get("status")).lower() in _NOT_DONE:
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
