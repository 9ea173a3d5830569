"""The one aiohttp application: the channels' routes, /health, /ready, headers, access log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.typedefs import Handler

from storage.errors import StorageError
from surroundings.addresses import Network, may_be_asked, within

METRICS = "/metrics"
_FOR_OPERATORS = frozenset({"/health", "/ready", METRICS})
_TRIED_EVERY_S = 1.0
"""Between two tries of the database: whoever asks more often costs no writing."""
_TRY_S = 5.0
"""For one try: longer than a file that another program has locked is waited for."""

_NO_FRAMES = "frame-ancestors 'none'"
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        _NO_FRAMES,
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
}


class AccessLog(AbstractAccessLogger):
    """The remote address, method, path, status, size and seconds.

    No header, so no cookie and no secret of a webhook; no query, for a skill's secret may be there.
    """

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write one line."""
        line = f"{request.method} {request.rel_url.raw_path}"
        size = response.body_length
        self.logger.info('%s "%s" %d %d %.3fs', request.remote, line, response.status, size, time)


class Readiness:
    """What has to be up before a load balancer may send people here.

    `database` is a small write that raises `storage.errors.StorageError`. It is tried once in
    `every_s` seconds, whoever asks, and has failed after `patience_s`.
    """

    def __init__(
        self,
        database: Callable[[], Awaitable[None]],
        every_s: float = _TRIED_EVERY_S,
        patience_s: float = _TRY_S,
    ) -> None:
        self._database = database
        self._every_s = every_s
        self._patience_s = patience_s
        self._asking: asyncio.Task[bool] | None = None
        self._asked_at = 0.0
        self.models = False
        self.started = False

    async def state(self) -> dict[str, bool]:
        """What is up, and whether that is everything."""
        database = await asyncio.shield(self._tried())
        return {
            "ready": database and self.models and self.started,
            "database": database,
            "models": self.models,
            "started": self.started,
        }

    def _tried(self) -> asyncio.Task[bool]:
        """The try under way, or one that ended just now."""
        loop = asyncio.get_running_loop()
        late = loop.time() - self._asked_at >= self._every_s
        if self._asking is None or (self._asking.done() and late):
            self._asking = loop.create_task(self._try())
        return self._asking

    async def _try(self) -> bool:
        try:
            async with asyncio.timeout(self._patience_s):
                await self._database()
        except (StorageError, TimeoutError):
            return False
        finally:
            self._asked_at = asyncio.get_running_loop().time()
        return True


@dataclass(frozen=True, slots=True)
class Inside:
    """Who may see how the server is doing: by which host names, and /metrics from which networks.

    None: from everywhere.
    """

    hosts: frozenset[str] = frozenset()
    metrics_from: tuple[Network, ...] | None = None

    def objection(self, request: web.Request) -> str:
        """Why this request for one of them is refused, or an empty string."""
        if not may_be_asked(request.headers.get("Host", ""), self.hosts):
            return "not served under this host name: see WEB_ALLOWED_HOSTS"
        if request.path != METRICS or self.metrics_from is None:
            return ""
        # Where a proxy hands on that is not believed, nobody knows who asks.
        known = request.remote and not self._hidden(request)
        if not (known and within(request.remote, self.metrics_from)):
            return "not served to this address: see METRICS_FROM"
        return ""

    @staticmethod
    def _hidden(request: web.Request) -> bool:
        peer = request.transport.get_extra_info("peername") if request.transport else None
        return "X-Forwarded-For" in request.headers and request.remote == str((peer or ("",))[0])


def build(
    readiness: Readiness,
    routes: Iterable[web.AbstractRouteDef],
    inside: Inside = Inside(),
) -> web.Application:
    """The application with the channels' routes and the two probes."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path in _FOR_OPERATORS and (reason := inside.objection(request)):
            return web.json_response({"error": reason}, status=403)
        return await handler(request)

    app = web.Application(middlewares=[guarded])
    app.on_response_prepare.append(_add_headers)

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        state = await readiness.state()
        return web.json_response(state, status=200 if state["ready"] else 503)

    app.router.add_get("/health", health)
    app.router.add_get("/ready", ready)
    app.router.add_routes(routes)
    return app


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    framed_by = response.headers.pop("X-Framed-By", "")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if framed_by:  # a page that may stand inside another site's
        policy = CONTENT_POLICY.replace(_NO_FRAMES, f"frame-ancestors {framed_by}")
        response.headers["Content-Security-Policy"] = policy
        del response.headers["X-Frame-Options"]
    response.headers.setdefault("Cache-Control", "no-cache" if _is_file(request) else "no-store")
    response.headers.pop("Server", None)


def _is_file(request: web.Request) -> bool:
    return request.path.startswith("/static/")
