"""Replies into what Telegram takes: HTML within its limits, and inline keyboards."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.talk.errors import DeliveryError
from bot.talk.types import Choice, Document, Reply, Rows

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
DATA_LIMIT = 64  # bytes
COPY_LIMIT = 256
BUTTONS_LIMIT = 100
ROW_LIMIT = 8  # what a phone shows side by side; more in a row are cut off


def _length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def fits(text: str, limit: int) -> bool:
    """Whether the text is within a limit as Telegram counts it."""
    return _length(text) <= limit


def shorten(text: str, limit: int) -> str:
    """`text` within `limit`, cut after a word where one ends in the last fifth."""
    if fits(text, limit):
        return text
    cut = text.encode("utf-16-le")[: (limit - 1) * 2].decode("utf-16-le", "ignore")
    words = re.sub(r"\s+\S*$", "", cut)
    return (words if len(words) > len(cut) * 0.8 else cut).rstrip() + "…"


def html(reply: Reply, limit: int) -> str:
    """The reply's text for parse mode HTML; its code is printed so that a tap copies it."""
    text = escape(shorten(reply.text, limit), quote=False)
    if not reply.code:
        return text
    code = escape(reply.code, quote=False)
    # Not inside a longer word, such as an address that has the code in it.
    whole = rf"(?<![A-Za-z0-9/=]){re.escape(code)}(?![A-Za-z0-9])"
    text = re.sub(whole, lambda found: f"<code>{found[0]}</code>", text)
    price = escape(reply.card.price, quote=False) if reply.card else ""
    return text.replace(price, f"<b>{price}</b>", 1) if price else text


def with_room(reply: Reply) -> Reply:
    """Without the goods' picture where the prices have no room beneath one."""
    small = reply.card is not None and not reply.card.large
    return replace(reply, image=None) if small and not fits(reply.text, CAPTION_LIMIT) else reply


def file_name(document: Document) -> str:
    """A name that Telegram and the person's disk take."""
    name = re.sub(r"[\x00-\x1f\\/:*?\"<>|]+", "_", document.name).strip(" .")
    return name[-100:] or "file"


def without_links(reply: Reply) -> Reply:
    """The reply with those buttons alone that cannot be wrong: presses and copying."""
    rows = (tuple(c for c in row if not (c.url or c.mark)) for row in reply.rows)
    return replace(reply, rows=tuple(row for row in rows if row))


def links_only(rows: Rows) -> Rows:
    """The buttons that work where a press would not reach us: links and copying."""
    kept = (tuple(choice for choice in row if choice.url or choice.copy) for row in rows)
    return tuple(row for row in kept if row)


def is_link(url: str) -> bool:
    """Whether Telegram would take this as a button's link; for another it refuses all."""
    return re.fullmatch(r"https?://[^\s/.?#]+(\.[^\s/.?#]+)*(:\d+)?([/?#]\S*)?", url) is not None


def _button(choice: Choice, page: str) -> InlineKeyboardButton | None:
    """The button, or None for what cannot be offered here."""
    label, style = choice.label, choice.style or None
    if choice.mark:
        app = WebAppInfo(page) if page else None
        return InlineKeyboardButton(label, web_app=app, style=style) if app else None
    if choice.copy:
        if _length(choice.copy) > COPY_LIMIT:
            return None
        return InlineKeyboardButton(label, copy_text=CopyTextButton(choice.copy), style=style)
    if choice.url:
        known = is_link(choice.url)
        return InlineKeyboardButton(label, url=choice.url, style=style) if known else None
    if not choice.data or len(choice.data.encode()) > DATA_LIMIT:
        raise DeliveryError(f"button {choice.label!r} has no data or more than {DATA_LIMIT} bytes")
    return InlineKeyboardButton(label, callback_data=choice.data, style=style)


def keyboard(rows: Rows, page: str = "") -> InlineKeyboardMarkup | None:
    """The buttons; rows wider than a phone shows are broken, None where there are none.

    `page` is the Mini App's address for buttons that open it, "" where it cannot be opened. More
    buttons than Telegram takes are left out.
    """
    made: list[list[InlineKeyboardButton]] = []
    left = BUTTONS_LIMIT
    for row in rows:
        buttons = [made for made in (_button(choice, page) for choice in row) if made][:left]
        left -= len(buttons)
        made += [buttons[i : i + ROW_LIMIT] for i in range(0, len(buttons), ROW_LIMIT)]
    return InlineKeyboardMarkup(made) if made else None
