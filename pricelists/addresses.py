"""A cell with the address of a page or a picture. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_NONE = {"", "-", "--", ".", "x", "없음", "n/a", "na", "none", "null", "미정"}
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_ADDRESS_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def address(cell: str) -> str:
    """The http(s) address in a cell, "" where it says that there is none. Raises ValueError."""
    cell = cell.strip()
    if cell.lower() in _NONE:
        return ""
    if _BARE_HOST.match(cell):
        cell = f"https://{cell}"
    cell = _escaped(cell)
    parts = urlsplit(cell)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{cell[:80]!r} is no http:// or https:// address")
    return cell


def _escaped(cell: str) -> str:
    """Blanks and Hangul in paths as browsers send them; a host's own name stays as it is."""
    scheme, mark, rest = cell.partition("://")
    host, slash, path = rest.partition("/")
    if not mark or any(char.isspace() for char in host):
        return cell
    return f"{scheme}://{host}{slash}{quote(path, safe=_ADDRESS_SIGNS)}"
