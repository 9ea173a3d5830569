"""The operator's pages from the settings and the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.admin.door import HOME, Door
from bot.admin.labels import LABELS_PATH, LabelPages
from bot.admin.overview import OverviewPage, PriceStatuses
from bot.admin.pages import STATIC, MenuPlace, Pages
from bot.admin.photos import PhotoPages
from bot.admin.sessions import Role, Sessions
from bot.settings import Settings
from storage.store import Store

_MENU_PLACES = (MenuPlace(LABELS_PATH, "admin-labels"),)


def admin_routes(
    settings: Settings, store: Store, prices: PriceStatuses, clock: Callable[[], datetime]
) -> list[web.AbstractRouteDef]:
    """All routes of the operator's pages; none without a secret for them.

    `prices` tells how the price sources are doing.
    """
    if settings.admin_secret is None:
        return []
    words = {Role.OPERATOR: settings.admin_secret.get_secret_value()}
    if settings.admin_read_secret is not None:
        words[Role.READER] = settings.admin_read_secret.get_secret_value()
    pages = Pages(_MENU_PLACES)
    door = Door(Sessions(words, clock), pages, settings.allowed_hosts, settings.https_host)
    overview = OverviewPage(store.overview, pages, prices, clock)
    photos = PhotoPages(store, pages)
    return [
        *door.routes(),
        *photos.routes(door),
        *LabelPages(store, pages, photos, clock).routes(door),
        web.get(HOME, door.shown(overview.shown)),
        web.static(f"{HOME}/static", STATIC),
    ]
