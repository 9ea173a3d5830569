"""Kakao's limits on a response, and texts cut so that they keep them.

Lengths count UTF-16 units, as Kakao's own servers do: an emoji is two.
"""

from __future__ import annotations

import re

from yarl import URL

SIMPLE_TEXT = 1000
ALT_TEXT = 50
CARD_TITLE = 50
CARD_TEXT = 400  # title and description of a text card together
BASIC_TEXT = 230
COMMERCE_TITLE = 30
COMMERCE_DESCRIPTION = 40
# Kakao names no limits for the parts of a list; these are what a small phone shows whole.
LIST_TITLE = 32
ITEM_TITLE = 30
ITEM_DESCRIPTION = 40
BUTTON_LABEL = 14
URL_LENGTH = 1000

OUTPUTS = 3
ITEMS = 5
BUTTONS = 3
LIST_BUTTONS = 2
QUICK_REPLIES = 10
BODY_BYTES = 30_000

_ENDS = " \n\t,.·-–—(/"


def length(text: str) -> int:
    """How long Kakao takes a text to be."""
    return len(text.encode("utf-16-le", "replace")) // 2


def shorten(text: str, limit: int) -> str:
    """The text where it fits, else its beginning up to a word's end, and "…"."""
    text = text.strip()
    if length(text) <= limit:
        return text
    cut = head(text, limit - 1)
    word = max(cut.rfind(" "), cut.rfind("\n"))
    inside = not text[len(cut)].isspace()  # a word is cut in two
    if inside and word > len(cut) // 2:
        cut = cut[:word]
    return cut.rstrip(_ENDS) + "…"


def head(text: str, limit: int) -> str:
    """The first characters that fit; a character of two units is never cut in two."""
    text = text[:limit]
    while length(text) > limit:
        text = text[:-1]
    return text


def pieces(text: str, limit: int, most: int) -> list[str]:
    """A long text as up to `most` texts, parted between lines or words; the last is shortened."""
    parts: list[str] = []
    rest = text.strip()
    while rest and length(rest) > limit and len(parts) < most - 1:
        cut = head(rest, limit)
        place = max(cut.rfind("\n"), 0) or max(cut.rfind(" "), 0) or len(cut)
        parts.append(cut[:place].rstrip())
        rest = rest[place:].lstrip()
    return [*parts, shorten(rest, limit)] if rest else parts


def web_address(url: str) -> str:
    """The address as Kakao takes it (ASCII, http or https), "" for anything else."""
    if not url or len(url) > URL_LENGTH or re.search(r"[\s\\<>\"]", url):
        return ""
    try:
        address = URL(url)
        usable = address.scheme in {"http", "https"} and bool(address.host)
        text = str(address)
    except ValueError:
        return ""
    return text if usable and text.isascii() and len(text) <= URL_LENGTH else ""
