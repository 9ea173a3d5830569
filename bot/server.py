"""The one aiohttp application: the channels' routes, /health, /ready, headers, access log."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
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
# The remote address, the request line, status, size and seconds: no header, so no cookie and no
# secret of a webhook.
ACCESS_LOG = '%a "%r" %s %b %Tfs'


class Readiness:
    """What has to be up before a load balancer may send people here."""

    def __init__(self) -> None:
        self.database = False
        self.models = False

    @property
    def ready(self) -> bool:
        """Everything is up."""
        return self.database and self.models


def build(readiness: Readiness, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    """The application with the channels' routes and the two probes."""
    app = web.Application()
    app.on_response_prepare.append(_add_headers)

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        state = {
            "ready": readiness.ready,
            "database": readiness.database,
            "models": readiness.models,
        }
        return web.json_response(state, status=200 if readiness.ready else 503)

    app.router.add_get("/health", health)
    app.router.add_get("/ready", ready)
    app.router.add_routes(routes)
    return app


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache" if _is_file(request) else "no-store")
    response.headers.pop("Server", None)


def _is_file(request: web.Request) -> bool:
    return request.path.startswith("/static/")
