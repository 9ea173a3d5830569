"""The library's client, made for this channel."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any

import httpx
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram.updates.raw import is_update

UPDATES = ["message", "edited_message", "callback_query", "inline_query"]
_UNLIMITED = {"sendChatAction", "deleteMessage"}


class Limiter(AIORateLimiter):
    """30 messages a second and 20 a minute in a group; what is no message is not counted.

    429 is waited out in `Throttle`: the library's own retries would hold everybody back for one
    person's limit.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    async def process_request(  # noqa: PLR0913, PLR0917 - the library's shape
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Do the call, now or when its turn has come."""
        if endpoint in _UNLIMITED:
            return await callback(*args, **kwargs)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )


class Client(ExtBot[int]):
    """The library's bot, and updates as they come."""

    async def raw_updates(self, offset: int | None, hold_s: float) -> list[dict[str, Any]]:
        """Updates as received: one that the library cannot parse must not stop the others."""
        asked = {"offset": offset, "timeout": round(hold_s), "allowed_updates": UPDATES}
        got = await self._post("getUpdates", asked, read_timeout=hold_s + 10)
        return [update for update in got if is_update(update)]


def requests(connections: int) -> HTTPXRequest:
    """A pool of connections with our waits."""
    return HTTPXRequest(
        connections,
        read_timeout=20.0,
        write_timeout=20.0,
        connect_timeout=10.0,
        pool_timeout=30.0,
        httpx_kwargs={"verify": _certificates()},
    )


@cache
def _certificates() -> ssl.SSLContext:
    # Loaded once for all pools: it takes longer than all else of a start.
    return httpx.create_ssl_context()
