"""The webhook route: who knows the secret is Telegram; 200 only once the update is stored."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from bot.channels.telegram.logs import LOG
from bot.channels.telegram.updates.raw import is_update
from bot.talk.errors import SettingsError

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


def webhook_address(url: str) -> str:
    """The address that Telegram calls, from this server's public address."""
    url = url.rstrip("/")
    return url if url.endswith(WEBHOOK_PATH) else url + WEBHOOK_PATH


def usable_secret(secret: str | None, token: str) -> str:
    """The secret as set, or one that every process with this token comes to by itself.

    Raises `SettingsError` for characters that Telegram does not take.
    """
    if not secret:
        return hmac.new(token.encode(), b"pumbeon webhook", hashlib.sha256).hexdigest()
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise SettingsError(
            "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 characters of A-Z a-z 0-9 _ and -"
        )
    return secret


def webhook_route(secret: str, take: Take) -> web.RouteDef:
    """POST: 403 for another secret, 400 for no update, 503 where it could not be stored."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not is_update(update):
            return web.Response(status=400)
        try:
            await take([update])
        except Exception:
            LOG.exception("an update could not be stored")
            return web.Response(status=503)  # Telegram sends it again
        return web.Response()

    return web.post(WEBHOOK_PATH, receive)
