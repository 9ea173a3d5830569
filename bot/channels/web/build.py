"""The Mini App from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.channels.web.mini_app import MiniApp
from bot.channels.web.page import html
from bot.channels.web.types import Marks, WebShelves
from bot.settings import Settings


def mini_app_routes(
    settings: Settings,
    shelves: WebShelves,
    marks: Marks | None,
    clock: Callable[[], datetime],
) -> list[web.AbstractRouteDef]:
    """The routes of the page that marks a code inside Telegram; none without Telegram."""
    if marks is None or settings.telegram_bot_token is None:
        return []
    page = html("mark/index.html")
    token = settings.telegram_bot_token.get_secret_value()
    return MiniApp(shelves, marks, token, clock, page, settings.allowed_hosts).routes()
