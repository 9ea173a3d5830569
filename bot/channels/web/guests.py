"""Who is asking: a random token in a cookie, and only from our own page.

Without an account the token is the identity, so it never leaves the cookie: everything else
(database, log) sees its hash. The host check keeps a page elsewhere from reaching a server on
loopback through a name that it resolves to 127.0.0.1.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.talk.types import Who

COOKIE = "pumbeon"
YEAR_S = 365 * 24 * 3600
_GUEST_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Guest:
    """The person behind a request; `fresh` is a token to set, empty where one was sent."""

    who: Who
    fresh: str = ""


def guest(request: web.Request) -> Guest:
    """The person behind the request, a new one where no valid token came along."""
    token = request.cookies.get(COOKIE, "")
    fresh = "" if _GUEST_TOKEN.fullmatch(token) else secrets.token_urlsafe(32)
    user = hashlib.sha256((fresh or token).encode()).hexdigest()[:32]
    return Guest(Who("web", user, language(request)), fresh)


def remember(request: web.Request, response: web.StreamResponse, guest: Guest) -> None:
    """Set the cookie of a new guest: for https alone, where the page came by it."""
    secure = request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
    if guest.fresh:
        response.set_cookie(
            COOKIE,
            guest.fresh,
            max_age=YEAR_S,
            httponly=True,
            samesite="Strict",
            secure=secure,
            path="/",
        )


def language(request: web.Request) -> str:
    """ "ko" or "en": what the page says, else the browser's first language."""
    chosen = request.headers.get("X-Language", "")
    if chosen in {"ko", "en"}:
        return chosen
    first = request.headers.get("Accept-Language", "").split(",")[0]
    return "ko" if first.strip().lower().startswith("ko") else "en"


def objection(request: web.Request, allowed_hosts: Collection[str]) -> str:
    """Why this request is refused (a name in `sentences`), or an empty string."""
    host = _host_name(f"//{request.host}")
    if not (_is_local_name(host) or host in allowed_hosts):
        return "wrong_host"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    navigation = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    if site not in {"same-origin", "none"} and not navigation:
        return "foreign"
    origin = request.headers.get("Origin")
    if origin == "null" and site == "none":
        return ""  # the device itself: what is shared with the installed page; no page can say so
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        return "foreign"
    return ""


def _host_name(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _is_local_name(host: str) -> bool:
    """An address or localhost: names that nobody can point elsewhere."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
