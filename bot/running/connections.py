"""Connections of the server: how many there may be, and whose a request is.

Each is an open file, of which a process has few: without a bound a stranger who merely connects
takes those that the database and everybody else need. Where there is no room the connection goes
that has been idle for longest, for who comes has something to ask; where none is idle, the new one.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.typedefs import Handler, Middleware
from aiohttp.web import BaseRequest, RequestHandler, Server

from surroundings.addresses import Proxies, party

_FOR, _PROTO = "X-Forwarded-For", "X-Forwarded-Proto"
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
"""No stranger comes from here: it is a proxy that nobody named, or the operator."""
_MESSENGERS = ("/telegram/", "/kakao/")
"""Few addresses call these for all people; who does not know the secret is refused at once."""
_SAID_EVERY_S = 60.0
"""Between two words about accepting that fails: it does so for every connection that waits."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there may be, and for how many seconds they may be silent.

    `most`: of everybody; `of_one`: of one address, trusted proxies aside. `header_s`: until a new
    connection has said what it wants; `idle_s`: between two requests.
    """

    most: int
    of_one: int = 64  # ten browsers, of six connections each
    header_s: float = 10.0
    idle_s: float = 130.0  # longer than a proxy keeps one (Caddy 120): the end is the proxy's

    @property
    def accepted_at_once(self) -> int:
        """How many asyncio may take before it is seen that they are too many."""
        return max(1, min(128, self.most // 4))


def limits_here() -> ConnectionLimits:
    """Half of the files that this process may open: the others are for all that it does itself."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ConnectionLimits(most=max(8, soft // 2) if soft > 0 else 4096)


class Connections:
    """All that are open; closes the idle ones that are in others' way."""

    def __init__(self, limits: ConnectionLimits, proxies: Proxies) -> None:
        self.limits = limits
        self.proxies = proxies
        self._open: dict[RequestHandler, tuple[str, asyncio.Transport]] = {}
        self._of: Counter[str] = Counter()
        self._idle: dict[RequestHandler, str] = {}  # since when: in their order
        self._silent: dict[RequestHandler, asyncio.TimerHandle] = {}

    def whose(self, address: str | None) -> str:
        """Who is counted for this address; "": nobody, for it may speak for anybody."""
        nobody = self.proxies.trust(address) or address in _THIS_MACHINE
        return "" if nobody else party(address)

    def opened(self, one: RequestHandler, transport: asyncio.Transport) -> None:
        """A new connection; closed at once where there is no room for it."""
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        whose = self.whose(peer)
        crowded = whose and self._of[whose] >= self.limits.of_one
        full = len(self._open) >= self.limits.most
        if (crowded or full) and not self._make_room(whose if crowded else None):
            transport.abort()
            return
        self._open[one] = whose, transport
        self._of[whose] += 1
        self._idle[one] = whose
        timer = asyncio.get_running_loop().call_later(self.limits.header_s, self._close, one)
        self._silent[one] = timer

    def asked(self, one: RequestHandler) -> None:
        """It has sent a whole header."""
        self._idle.pop(one, None)
        if timer := self._silent.pop(one, None):
            timer.cancel()

    def answered(self, one: RequestHandler) -> None:
        """Its request has its answer."""
        if one in self._open:
            self._idle[one] = self._open[one][0]

    def closed(self, one: RequestHandler) -> None:
        """It is gone."""
        self.asked(one)
        whose, _ = self._open.pop(one, (None, None))
        if whose is not None:
            self._of[whose] -= 1
            if not self._of[whose]:
                del self._of[whose]

    def _make_room(self, of: str | None) -> bool:
        """Close the one that was idle for longest, of everybody where `of` is None."""
        oldest = next((one for one, whose in self._idle.items() if of in {None, whose}), None)
        if oldest is None:
            return False
        self._close(oldest)
        return True

    def _close(self, one: RequestHandler) -> None:
        _, transport = self._open[one]
        self.closed(one)
        transport.abort()


def bounded(connections: Connections) -> Middleware:
    """Lets each address have so many requests at once as it may have connections.

    Behind a proxy that is what bounds it: each open page is a request without an end.
    """
    asking: Counter[str] = Counter()

    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        whose = connections.whose(request.remote)
        if request.path.startswith(_MESSENGERS):
            return await handler(request)
        if whose and asking[whose] >= connections.limits.of_one:
            headers = {"Retry-After": "2"}
            return web.json_response({"error": "busy"}, status=503, headers=headers)
        asking[whose] += 1
        try:
            return await handler(request)
        finally:
            asking[whose] -= 1
            if not asking[whose]:
                del asking[whose]

    return counted


class BoundedRunner(web.AppRunner):
    """Serves an application within `connections`; a request's `remote` and `scheme` are real."""

    def __init__(self, app: web.Application, connections: Connections, **options: Any) -> None:
        app.middlewares.append(bounded(connections))
        super().__init__(app, keepalive_timeout=connections.limits.idle_s, **options)
        self._connections = connections

    async def _make_server(self) -> Server:
        return _Server(await super()._make_server(), self._connections, self._kwargs)


class _Server(Server):
    def __init__(self, plain: Server, connections: Connections, options: dict[str, Any]) -> None:
        super().__init__(plain.request_handler, request_factory=self._request)
        self._plain = plain
        self._options = options
        self._told = False
        self.within = connections

    def __call__(self) -> RequestHandler:
        return _Handler(self, loop=self._loop, **self._options)

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        self.within.opened(handler, transport)

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        self.within.closed(handler)

    def _request(
        self, message: RawRequestMessage, payload: StreamReader, one: RequestHandler, *more: Any
    ) -> BaseRequest:
        self.within.asked(one)
        request = self._plain.request_factory(message, payload, one, *more)
        headers, proxies, peer = request.headers, self.within.proxies, request.remote
        if _FOR not in headers and _PROTO not in headers:
            return request
        if not proxies.trust(peer):
            self._tell_once(peer)
            return request
        client = proxies.client(peer, headers.getall(_FOR, []))
        said = proxies.scheme(peer, headers.getall(_PROTO, []))
        return request.clone(remote=client, scheme=said or request.scheme)

    def _tell_once(self, peer: str | None) -> None:
        if not self._told:
            self._told = True
            log.warning(
                "%s hands on requests of others and is not believed: all of them count as its own; "
                "if it is your proxy, name it in TRUSTED_PROXIES",
                peer,
            )


class _Handler(RequestHandler):
    async def finish_response(
        self, request: BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            if isinstance(self._manager, _Server):
                self._manager.within.answered(self)


def quieted(
    clock: Callable[[], float],
) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """A loop's handler of what nobody caught; that accepting fails it says once a minute."""
    last = -_SAID_EVERY_S
    short = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal last
        fault = context.get("exception")
        if not (isinstance(fault, OSError) and fault.errno in short and "socket" in context):
            loop.default_exception_handler(context)
        elif clock() - last >= _SAID_EVERY_S:
            last = clock()
            log.error("no connection can be accepted: %s", fault.strerror)

    return handle
