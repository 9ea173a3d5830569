"""A strict stand-in for SerpApi's `search.json` with its Naver and Google Shopping engines."""

from __future__ import annotations

import json
import re
from typing import Any

from aiohttp import web

from benchmarks.stand_ins.price_service import FakeService
from lookup.sources.serpapi import SerpApiSettings

SERPAPI_KEY = "fake5e7a9serpapi0key"

_ENGINE_PARAMETERS = {
    "naver": ({"engine", "query", "where", "api_key"}, {"page", "start", "num", "no_cache"}),
    "google_shopping": ({"engine", "q", "api_key"}, {"gl", "hl", "location", "num", "no_cache"}),
}
SERPAPI_ERRORS = {
    "invalid_key": (
        401,
        "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key",
    ),
    "missing": (400, "Missing query `q` parameter."),
    "forbidden": (403, "Your account has been suspended."),
    "out_of_searches": (429, "Your account has run out of searches."),
    "month": (
        429,
        "Your searches for the month are exhausted. You can upgrade plans on SerpApi.com website.",
    ),
    "throughput": (429, "You are exceeding the hourly throughput limit of your plan."),
    "broken": (500, "We encountered an internal error."),
    "unavailable": (503, "SerpApi is temporarily unavailable."),
    "no_results_naver": (200, "Naver hasn't returned any results for this query."),
    "no_results_google": (200, "Google hasn't returned any results for this query."),
}


def naver_row(
    position: int, title: str, price: str, store: str = "슈즈가게", **fields: Any
) -> dict[str, Any]:
    """A row of the Naver engine's `shopping_results`."""
    number = re.sub(r"\D", "", price) or "0"
    row = {
        "position": position,
        "title": title,
        "link": f"https://smartstore.naver.com/main/products/{position}{number}",
        "thumbnail": f"https://shopping-phinf.pstatic.net/main_8/{position}.jpg",
        "price": price,
        "extracted_price": int(number),
        "store": store,
    }
    return row | fields


def google_row(
    position: int, title: str, price: str, source: str = "ABC마트", **fields: Any
) -> dict[str, Any]:
    """A row of Google Shopping's `shopping_results`."""
    number = re.sub(r"\D", "", price) or "0"
    row = {
        "position": position,
        "title": title,
        "product_link": f"https://www.google.co.kr/shopping/product/{position}{number}?gl=kr",
        "product_id": f"{position}{number}",
        "source": source,
        "price": price,
        "extracted_price": float(number),
        "thumbnail": f"https://encrypted-tbn0.gstatic.com/shopping?q=tbn:{position}",
    }
    return row | fields


SERPAPI_DUNKS = [
    ("나이키 덩크 로우 레트로 DD1391-100", "₩139,000"),
    ("Nike Dunk Low Retro (DD1391-100)", "₩119,000"),
    ("나이키 덩크 로우 DD1391-101", "₩99,000"),
    ("나이키 덩크 DD1391-100 신발끈", "₩3,900"),
]


class FakeSerpApi(FakeService):
    """`rows[engine]` are the rows that every question of that engine finds."""

    kind = SerpApiSettings
    path = "/search.json"
    media_type = "application/json; charset=utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Any] = {
            "naver": [naver_row(n, *row) for n, row in enumerate(SERPAPI_DUNKS, 1)],
            "google_shopping": [google_row(n, *row) for n, row in enumerate(SERPAPI_DUNKS, 1)],
        }
        self._engine = "google_shopping"

    def settings(self, **values: object) -> SerpApiSettings:
        return SerpApiSettings.made(**{"key": SERPAPI_KEY, "url": self.url, **values})

    def code(self, request: web.Request) -> str:
        return request.query.get("q", request.query.get("query", ""))

    def refused(self, request: web.Request) -> str:
        if request.query.get("api_key") != SERPAPI_KEY:
            return "invalid_key"
        engine = request.query.get("engine", "google")
        if engine not in _ENGINE_PARAMETERS or len(request.query) != len(set(request.query)):
            return "missing"
        self._engine = engine
        needed, allowed = _ENGINE_PARAMETERS[engine]
        given = set(request.query)
        if not needed <= given <= needed | allowed or not self.code(request).strip():
            return "missing"
        if engine == "google_shopping" and (request.query.get("gl"), request.query.get("hl")) != (
            "kr",
            "ko",
        ):
            return "missing"
        return ""

    def found(self, code: str) -> bytes:
        answer = {
            "search_metadata": {"id": "64c0", "status": "Success", "total_time_taken": 1.2},
            "search_parameters": {"engine": self._engine, "q": code},
            "search_information": {"query_displayed": code},
            "shopping_results": self.rows[self._engine],
        }
        return json.dumps(answer, ensure_ascii=False).encode()

    def error(self, name: str) -> tuple[int, bytes]:
        status, text = SERPAPI_ERRORS[name]
        answer: dict[str, Any] = {"error": text}
        if name.startswith("no_results"):
            answer |= {"search_metadata": {"id": "64c1", "status": "Success"}}
        return status, json.dumps(answer).encode()
