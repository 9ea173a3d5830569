"""A strict stand-in for Naver's shopping search: a real HTTP server with the contract's checks.

It refuses whatever Naver refused (headers, parameters, values), searches loosely like Naver did
(any item that shares a token with the query), and can be told to fail in every known way.
"""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

CLIENT_ID = "fake-id-7Qd2"
CLIENT_SECRET = "fake-secret-x9Lm"
PATH = "/v1/search/shop.json"
JSON = "application/json;charset=UTF-8"
_KNOWN = {"query", "display", "start", "sort", "filter", "exclude"}

ERRORS = {
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


DUNKS = [
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


@dataclass
class FakeNaver:
    """Use as `async with FakeNaver() as naver`; `naver.url` is the address to ask.

    `plan` holds what the next answers are, by name (see `_misbehave` and `ERRORS`); when it is
    empty, `always` is used; where that is empty too, the search is answered. `queries` are the
    codes that were asked for, `refusals` what the strict checks found wrong.
    """

    items: list[dict[str, Any]] = field(default_factory=lambda: list(DUNKS))
    plan: deque[str] = field(default_factory=deque)
    always: str = ""
    body: bytes = b""  # what "body" answers with
    slow_s: float = 30.0
    queries: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    aborted: int = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get(PATH, self._answer)
        app.router.add_get("/elsewhere", self._elsewhere)
        # Cancelled handlers show whether a client that gave up really hung up.
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.5, access_log=None
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}{PATH}"

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self.refusals.append(f"followed a redirect with {dict(request.headers)}")
        return _json({"items": []})

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.queries.append(request.query.get("query", ""))
        wrong = _refusal(request)
        if wrong is not None:
            self.refusals.append(wrong)
            return _error(wrong)
        doing = self.plan.popleft() if self.plan else self.always
        return await self._misbehave(request, doing) if doing else self._search(request)

    def _search(self, request: web.Request) -> web.Response:
        wanted = set(_tokens(request.query["query"]))
        found = [row for row in self.items if wanted & set(_tokens(str(row.get("title"))))]
        shown = found[: int(request.query.get("display", "10"))]
        return _json(
            {
                "lastBuildDate": "Fri, 20 Nov 2026 12:00:00 +0900",
                "total": len(found),
                "start": 1,
                "display": len(shown),
                "items": shown,
            }
        )

    async def _misbehave(self, request: web.Request, doing: str) -> web.StreamResponse:
        name, _, status = doing.partition("@")  # "retired@200": that error body with status 200
        if name in ERRORS:
            return _error(name, int(status) if status else None)
        if name == "slow":
            return await self._slow()
        if name in {"dropped", "truncated"}:
            return await self._cut(request, sent=name == "truncated")
        if name == "redirect":
            raise web.HTTPFound("/elsewhere")
        status_code = int(status) if status else 200
        bodies = {
            "body": self.body,
            "euc_kr": json.dumps({"items": DUNKS}, ensure_ascii=False).encode("euc-kr"),
            "html": b"<html><body>Service Unavailable</body></html>",
            "cut_json": json.dumps({"items": DUNKS}).encode()[:-40],
            "empty": b"",
            "huge": b'{"items": [], "pad": "' + b"x" * 2_500_000 + b'"}',
        }
        return web.Response(status=status_code, body=bodies[name], content_type="application/json")

    async def _slow(self) -> web.Response:
        try:
            await asyncio.sleep(self.slow_s)
        except asyncio.CancelledError:
            self.aborted += 1
            raise
        return _json({"items": []})

    async def _cut(self, request: web.Request, *, sent: bool) -> web.StreamResponse:
        """Break the connection: before anything was sent, or in the middle of the body."""
        answer = web.StreamResponse(headers={"Content-Length": "5000", "Content-Type": JSON})
        if sent:
            await answer.prepare(request)
            await answer.write(b'{"lastBuildDate": "Fri", "items": [{"title": "')
        assert request.transport is not None
        request.transport.abort() if not sent else request.transport.close()
        return answer


def _refusal(request: web.Request) -> str | None:
    """The error that Naver would answer a wrong request with."""
    if request.headers.get("X-Naver-Client-Id") != CLIENT_ID:
        return "refused"
    if request.headers.get("X-Naver-Client-Secret") != CLIENT_SECRET:
        return "refused"
    query = request.query
    bad = (
        set(query) - _KNOWN
        or len(query) != len(set(query))
        or not query.get("query", "").strip()
        or not 1 <= int(query.get("display", "10")) <= 100
        or not 1 <= int(query.get("start", "1")) <= 1000
        or query.get("sort", "sim") not in {"sim", "date", "asc", "dsc"}
        or set(query.get("exclude", "used").split(":")) - {"used", "rental", "cbshop"}
    )
    return "bad_query" if bad else None


def _tokens(text: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", re.sub(r"</?b>", "", text).upper())


def _error(name: str, status: int | None = None) -> web.Response:
    usual, code, message = ERRORS[name]
    return _json({"errorMessage": message, "errorCode": code}, status or usual)


def _json(answer: dict[str, Any], status: int = 200) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False).encode()
    return web.Response(status=status, body=body, headers={"Content-Type": JSON})
