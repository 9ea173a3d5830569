"""Whether a request comes from our own page, and which language its browser speaks.

The host check keeps a page elsewhere from reaching a server on loopback through a name that it
resolves to 127.0.0.1.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import web

from surroundings.addresses import host_name, may_be_asked


def objection(request: web.Request, allowed_hosts: Collection[str]) -> str:
    """Why this request is refused, or an empty string.

    "wrong_host", "foreign", or "bad_request" for an Origin that no browser sends.
    """
    host = request.headers.get("Host", "")
    if not may_be_asked(host, allowed_hosts):
        return "wrong_host"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    navigation = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    if site not in {"same-origin", "none"} and not navigation:
        return "foreign"
    origin = request.headers.get("Origin")
    if origin == "null" and site == "none":
        return ""  # the device itself: what is shared with the installed page; no page can say so
    if origin is None:
        return ""
    try:
        place = urlsplit(origin).netloc.lower()
    except ValueError:
        return "bad_request"
    return "" if place == host.lower() else "foreign"


def speaks_https(request: web.Request, https_host: str) -> bool:
    """Whether people reach this address by https, whatever is spoken behind its proxy.

    `https_host` is the host that they reach by https alone, "" for none.
    """
    host = host_name(request.headers.get("Host", ""))
    return request.secure or (host != "" and host == https_host)


def first_language(request: web.Request) -> str:
    """ "ko" or "en": the browser's first language."""
    first = request.headers.get("Accept-Language", "").split(",")[0]
    return "ko" if first.strip().lower().startswith("ko") else "en"
