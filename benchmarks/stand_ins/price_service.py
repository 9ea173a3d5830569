"""What the stand-ins for price services on the web share: a real HTTP server that can fail."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import ClassVar, Self

from aiohttp import web

from lookup.sources.settings import SourceSettings


class FakeService:
    """Use as `async with FakeX() as fake`; `fake.url` is the address to ask.

    `plan` holds what the next answers are, by name; when it is empty, `always` is used; where that
    is empty too, the question is answered. "NAME@STATUS" answers with another status. `queries` are
    the codes that were asked for, `refusals` what the strict checks found wrong, `aborted` how many
    slow answers nobody waited for to the end. DD1391-100 is on sale by default.
    """

    kind: ClassVar[type[SourceSettings]]
    """The settings of the source that asks this service."""

    path = "/"
    media_type = "application/json"

    def __init__(self) -> None:
        self.plan: deque[str] = deque()
        self.always = ""
        self.body = b""  # what "body" answers with
        self.slow_s = 30.0
        self.go_on = asyncio.Event()  # ends "slow" before its time
        self.queries: list[str] = []
        self.refusals: list[str] = []
        self.aborted = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        # Cancelled handlers show whether a client that gave up really hung up.
        app.router.add_get(self.path, self._answer)
        app.router.add_get("/elsewhere", self._elsewhere)
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
        return f"http://{host}:{port}{self.path}"

    def settings(self, **values: object) -> SourceSettings:
        """What a source has to be told to ask here, and other `values` of its settings."""
        raise NotImplementedError

    def refused(self, request: web.Request) -> str:
        """The name of the error that a wrong request is answered with, or ""."""
        raise NotImplementedError

    def code(self, request: web.Request) -> str:
        """The code that is asked for."""
        raise NotImplementedError

    def found(self, code: str) -> bytes:
        """The answer for a code."""
        raise NotImplementedError

    def error(self, name: str) -> tuple[int, bytes]:
        """Status and body of an error of the service's own."""
        raise NotImplementedError

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self.refusals.append(f"followed a redirect to {request.path_qs}")
        return web.Response(body=self.found(""))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.queries.append(self.code(request))
        wrong = self.refused(request)
        if wrong:
            self.refusals.append(f"{wrong}: {request.query_string}")
            status, body = self.error(wrong)
            return self._whole(body, status)
        doing, _, status_text = (self.plan.popleft() if self.plan else self.always).partition("@")
        return await self._do(request, doing, int(status_text or 0))

    async def _do(self, request: web.Request, doing: str, status: int) -> web.StreamResponse:
        if not doing:
            return self._whole(self.found(self.code(request)), status or 200)
        if doing == "slow":
            return await self._slow(request)
        if doing in {"dropped", "truncated"}:
            return await self._cut(request, sent=doing == "truncated")
        if doing == "redirect":
            raise web.HTTPFound("/elsewhere")
        bodies = {
            "body": self.body,
            "html": b"<html><body>Service Unavailable</body></html>",
            "nothing": b"",
            "cut": self.found(self.code(request))[:-40],
            "huge": b"x" * 2_500_000,
        }
        if doing in bodies:
            return self._whole(bodies[doing], status or 200)
        usual, body = self.error(doing)
        return self._whole(body, status or usual)

    async def _slow(self, request: web.Request) -> web.Response:
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.go_on.wait(), self.slow_s)
        except asyncio.CancelledError:
            self.aborted += 1
            raise
        return self._whole(self.found(self.code(request)))

    async def _cut(self, request: web.Request, *, sent: bool) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "5000"})
        if sent:
            await answer.prepare(request)
            await answer.write(self.found("")[:30])
        assert request.transport is not None
        request.transport.close() if sent else request.transport.abort()
        return answer

    def _whole(self, body: bytes, status: int = 200) -> web.Response:
        return web.Response(status=status, body=body, headers={"Content-Type": self.media_type})
