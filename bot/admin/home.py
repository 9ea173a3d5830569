"""The first page: where to go from here."""

from __future__ import annotations

from aiohttp import web

from bot.admin.door import Show
from bot.admin.pages import Pages, Visit


def home(pages: Pages) -> Show:
    """Answers /admin."""

    async def shown(request: web.Request, visit: Visit) -> web.StreamResponse:
        return pages.page(request, visit, "home.html")

    return shown
