"""A strict stand-in for Naver's shopping search: a real HTTP server with the contract's checks.

It refuses whatever Naver refused (headers, parameters, values), searches loosely like Naver did
(any item that shares a token with the query), and can be told to fail in every known way.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from benchmarks.stand_ins.price_service import FakeService
from lookup.sources.naver import NaverSettings

CLIENT_ID = "fake-id-7Qd2"
CLIENT_SECRET = "fake-secret-x9Lm"
_NAVER_PARAMETERS = {"query", "display", "start", "sort", "filter", "exclude"}

NAVER_ERRORS = {
    "retired": (404, "SE05", "Invalid search api (존재하지 않는 검색 api 입니다.)"),
    "refused": (401, "024", "Authentication failed (인증에 실패하였습니다.)"),
    "forbidden": (403, "000", "Forbidden (호출 금지)"),
    "per_second": (429, "012", "Rate limit exceeded. (속도 제한을 초과했습니다.)"),
    "quota": (429, "010", "Query limit exceeded (쿼리 제한을 초과했습니다.)"),
    "broken": (500, "SE99", "System Error (시스템 에러)"),
    "bad_query": (400, "SE01", "Incorrect query request (잘못된 쿼리요청입니다.)"),
}


def item(title: str, lprice: str, **fields: Any) -> dict[str, Any]:
    """A row as Naver sent it: every value a string."""
    number = str(zlib.crc32(f"{title} {lprice}".encode("utf-8", "replace"))).zfill(11)
    row = {
        "title": title,
        "link": f"https://smartstore.naver.com/main/products/{number}",
        "image": f"https://shopping-phinf.pstatic.net/main_8/{number}.jpg",
        "lprice": lprice,
        "hprice": "",
        "mallName": "슈즈가게",
        "productId": number,
        "productType": "2",
        "brand": "나이키",
        "maker": "나이키",
        "category1": "패션잡화",
        "category2": "남성신발",
        "category3": "운동화",
        "category4": "스니커즈",
    }
    return row | fields


NAVER_DUNKS = [
    item("나이키 <b>DD1391</b>-<b>100</b> 덩크 로우 레트로 화이트 블랙", "149000"),
    item("나이키 덩크 로우 &quot;판다&quot; <b>DD1391-100</b>", "119000", mallName="스포츠&amp;홈"),
    item("나이키 덩크 로우 DD1391-100", "124900", mallName="네이버", productType="1"),
    item("나이키 덩크 로우 DD1391-100 A급", "70000", productType="5"),
    item("나이키 덩크 로우 DD1391-100 단종", "99000", productType="8"),
    item("나이키 덩크 로우 DD1391-100 예약", "98000", productType="11"),
    item("나이키 덩크 로우 DD1391-100 품절", "0"),
    item("나이키 덩크 로우 DD1391-100 문의", ""),
    item("나이키 덩크 로우 DD1391-101 다른 색", "89000"),
    item("덩크 DD1391-100 전용 신발끈", "3900"),
    item("[중고] 나이키 덩크 로우 DD1391-100", "65000"),
    item("나이키 에어포스 1 CW2288-111", "109000"),
]


class FakeNaver(FakeService):
    """`items` are what is on sale; "euc_kr" is one more way in which it can answer wrongly."""

    kind = NaverSettings
    path = "/v1/search/shop.json"
    media_type = "application/json;charset=UTF-8"

    def __init__(self, items: Sequence[dict[str, Any]] = tuple(NAVER_DUNKS)) -> None:
        super().__init__()
        self.items = list(items)
        self._display = 10  # rows that the question at hand wants

    def settings(self, **values: object) -> NaverSettings:
        keys = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        return NaverSettings.made(**{**keys, "api_url": self.url, **values})

    def code(self, request: web.Request) -> str:
        return request.query.get("query", "")

    def refused(self, request: web.Request) -> str:
        wrong = _refusal(request)
        if not wrong:
            self._display = int(request.query.get("display", "10"))
        return wrong

    def found(self, code: str) -> bytes:
        wanted = set(_tokens(code))
        found = [row for row in self.items if wanted & set(_tokens(str(row.get("title"))))]
        shown = found[: self._display]
        return _json(
            {
                "lastBuildDate": "Fri, 20 Nov 2026 12:00:00 +0900",
                "total": len(found),
                "start": 1,
                "display": len(shown),
                "items": shown,
            }
        )

    def error(self, name: str) -> tuple[int, bytes]:
        if name == "euc_kr":
            return 200, json.dumps({"items": NAVER_DUNKS}, ensure_ascii=False).encode("euc-kr")
        status, code, message = NAVER_ERRORS[name]
        return status, _json({"errorMessage": message, "errorCode": code})


def _refusal(request: web.Request) -> str:
    """The error that Naver would answer a wrong request with, or ""."""
    if request.headers.get("X-Naver-Client-Id") != CLIENT_ID:
        return "refused"
    if request.headers.get("X-Naver-Client-Secret") != CLIENT_SECRET:
        return "refused"
    query = request.query
    bad = (
        set(query) - _NAVER_PARAMETERS
        or len(query) != len(set(query))
        or not query.get("query", "").strip()
        or not 1 <= int(query.get("display", "10")) <= 100
        or not 1 <= int(query.get("start", "1")) <= 1000
        or query.get("sort", "sim") not in {"sim", "date", "asc", "dsc"}
        or set(query.get("exclude", "used").split(":")) - {"used", "rental", "cbshop"}
    )
    return "bad_query" if bad else ""


def _tokens(text: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", re.sub(r"</?b>", "", text).upper())


def _json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()
