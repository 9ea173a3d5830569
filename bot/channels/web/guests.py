"""Who is asking: a random token in a cookie, and only from our own page.

Without an account the token is the identity, so it never leaves the cookie: everything else
(database, log) sees its hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.guarding.origin import first_language, speaks_https
from bot.talk.types import Who

COOKIE = "pumbeon"
HTTPS_COOKIE = f"__Host-{COOKIE}"
"""Over https. A browser takes the name only from https and this very host, so that neither somebody
on the way nor a page of a neighbouring host name can slip a token of theirs in."""
YEAR_S = 365 * 24 * 3600
_GUEST_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Guest:
    """The person behind a request.

    `fresh` is a token to set, empty where one was sent; `moving` one that came under the name for
    plain http.
    """

    who: Who
    fresh: str = ""
    moving: str = ""


def guest(request: web.Request) -> Guest:
    """The person behind the request, a new one where no valid token came along."""
    safe, plain = (_token(request, name) for name in (HTTPS_COOKIE, COOKIE))
    fresh = "" if safe or plain else secrets.token_urlsafe(32)
    user = hashlib.sha256((safe or plain or fresh).encode()).hexdigest()[:32]
    return Guest(Who("web", user, language(request)), fresh, "" if safe else plain)


def remember(
    request: web.Request, response: web.StreamResponse, guest: Guest, https_host: str = ""
) -> None:
    """Set the cookie of a new guest: for https alone, where the page came by it.

    `https_host` is a host that people reach by https, whatever is spoken behind its proxy. Who has
    the cookie of plain http there keeps its token under the name for https.
    """
    secure = speaks_https(request, https_host)
    token = guest.fresh or (guest.moving if secure else "")
    if not token:
        return
    response.set_cookie(
        HTTPS_COOKIE if secure else COOKIE,
        token,
        max_age=YEAR_S,
        httponly=True,
        samesite="Strict",
        secure=secure,
        path="/",
    )
    if guest.moving:
        response.del_cookie(COOKIE, path="/")


def _token(request: web.Request, name: str) -> str:
    token = request.cookies.get(name, "")
    return token if _GUEST_TOKEN.fullmatch(token) else ""


def language(request: web.Request) -> str:
    """ "ko" or "en": what the page says, else the browser's first language."""
    chosen = request.headers.get("X-Language", "")
    return chosen if chosen in {"ko", "en"} else first_language(request)
