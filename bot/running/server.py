"""The one aiohttp application: the channels' routes, /health, /ready, headers, access log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from storage.errors import StorageError

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

    `database` is a trivial query that raises `storage.errors.DatabaseError`.
    """

    def __init__(self, database: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self.models = False

    async def state(self) -> dict[str, bool]:
        """What is up, and whether that is everything."""
        try:
            await self._database()
            database = True
        except StorageError:
            database = False
        return {
            "ready": database and self.models,
            "database": database,
            "models": self.models,
        }


def build(readiness: Readiness, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    """The application with the channels' routes and the two probes."""
    app = web.Application()
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
