"""Where the server listens, and for how long it waits at the end."""

from __future__ import annotations

import asyncio
from time import monotonic

from aiohttp import web

from bot.running.connections import (
    BoundedRunner,
    ConnectionLimits,
    Connections,
    limits_here,
    quieted,
)
from bot.running.ending import Ending
from bot.running.errors import StartError
from bot.running.server import AccessLog
from bot.settings import Settings

_LAST_WORDS_S = 0.7
"""For requests under way, twice: until they end, and until they have ended after being told to."""


async def listen(
    ending: Ending,
    app: web.Application,
    settings: Settings,
    limits: ConnectionLimits | None = None,
) -> web.AppRunner:
    """Serve the application until the end. Raises `StartError`."""
    limits = limits or limits_here()
    connections = Connections(limits, settings.proxies)
    runner = BoundedRunner(
        app, connections, access_log_class=AccessLog, shutdown_timeout=_LAST_WORDS_S
    )
    await runner.setup()
    ending.then("the server", runner.cleanup, 3 * _LAST_WORDS_S)
    host, port = settings.web_host, settings.web_port
    asyncio.get_running_loop().set_exception_handler(quieted(monotonic))
    try:
        await web.TCPSite(runner, host, port, backlog=limits.accepted_at_once).start()
    except OSError as error:
        told = f"cannot listen on {host}:{port} ({error.strerror or error})"
        raise StartError(f"WEB_HOST, WEB_PORT: {told}") from error
    return runner


async def listen_no_more(runner: web.AppRunner) -> None:
    """Take no new connection; those that are open end with their requests."""
    for site in list(runner.sites):
        await site.stop()
