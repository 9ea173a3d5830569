"""What a device needs to install the page, and to offer it where photos are shared.

There is no service worker: browsers install without one, and what is shared comes to the server.
"""

from __future__ import annotations

import json

from aiohttp import web

from bot.channels.web.guests import Guest, language
from bot.channels.web.page import answered
from bot.channels.web.requests import refused
from bot.channels.web.sentences import sentence
from bot.pictures.app_icon import app_icon
from bot.sentences import sentences

SHARE_PATH, SHARED_FILES = "/chat/share", "photos"
"""Where shared photos are posted, and the name of their part of the form."""

ICON_PATH = "/icon-{side:[0-9]{3}}.png"
_SIDES = (180, 192, 512)  # Apple's, and those that Android asks for
_APP_GROUND = "#fbf8f2"  # the page's own ground, --card in chat.css


async def manifest(request: web.Request, guest: Guest) -> web.StreamResponse:
    """The web app manifest in the person's language."""
    spoken = language(request)
    text = json.dumps(_manifest(spoken), ensure_ascii=False, indent=1)
    return answered(request, text, "application/manifest+json")


async def icon(request: web.Request, guest: Guest) -> web.StreamResponse:
    """The icon; with `?whole` the one that a shape may be cut out of."""
    side = int(request.match_info["side"])
    if side not in _SIDES:
        return refused(request, "not_found", 404)
    png = app_icon(side, whole="whole" in request.query)
    headers = {"Cache-Control": "public, max-age=86400"}
    return web.Response(body=png, content_type="image/png", headers=headers)


def _manifest(spoken: str) -> dict[str, object]:
    say = sentences(spoken)
    return {
        "id": "/",
        "lang": spoken,
        "name": say("page-title"),
        "short_name": sentence("app_name", spoken),
        "description": say("page-description"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _APP_GROUND,
        "theme_color": _APP_GROUND,
        "icons": [_icon(side, whole) for whole in (False, True) for side in _SIDES[1:]],
        "share_target": {
            "action": SHARE_PATH,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": SHARED_FILES, "accept": ["image/*"]}]},
        },
    }


def _icon(side: int, whole: bool) -> dict[str, str]:
    address = f"/icon-{side}.png{'?whole' if whole else ''}"
    purpose = "maskable" if whole else "any"
    return {"src": address, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
