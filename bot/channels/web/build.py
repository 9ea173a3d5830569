"""The web chat and the Mini App from the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aiohttp import web

from bot.channels.web.channel import Front, WebChannel
from bot.channels.web.mini_app import MiniApp
from bot.channels.web.page import html
from bot.channels.web.rush import RushLimits
from bot.channels.web.types import Marks, WebShelves
from bot.settings import Settings
from bot.talk.types import PhotoHandler


def web_channel(
    settings: Settings, handler: PhotoHandler, shelves: WebShelves, rush: RushLimits
) -> WebChannel:
    """The web chat; how many photos an address may send the settings say, the rest is `rush`."""
    limits = replace(rush, photos_per_minute=settings.photos_per_minute_by_address)
    return WebChannel(
        handler, shelves, Front(frozenset(settings.allowed_hosts), settings.https_host, limits)
    )


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
