"""Replies into what Telegram takes: HTML within its limits, and inline keyboards."""

from __future__ import annotations

import re
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import DeliveryError
from bot.types import Choice, Reply

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
DATA_LIMIT = 64  # bytes
ROW_LIMIT = 8  # what a phone shows side by side; more in a row are cut off


def _length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, limit: int) -> str:
    """`text` within `limit`, cut after a word where one ends in the last fifth."""
    if _length(text) <= limit:
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
    return re.sub(whole, lambda found: f"<code>{found[0]}</code>", text)


def _button(choice: Choice) -> InlineKeyboardButton | None:
    extra = {"style": choice.style} if choice.style else None
    if choice.url:
        # Telegram refuses the whole message for a link of another kind.
        if not choice.url.startswith(("https://", "http://")):
            return None
        return InlineKeyboardButton(choice.label, url=choice.url, api_kwargs=extra)
    if not choice.data or len(choice.data.encode()) > DATA_LIMIT:
        raise DeliveryError(f"button {choice.label!r} has no data or more than {DATA_LIMIT} bytes")
    return InlineKeyboardButton(choice.label, callback_data=choice.data, api_kwargs=extra)


def keyboard(rows: tuple[tuple[Choice, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons; rows wider than a phone shows are broken, None where there are none."""
    made: list[list[InlineKeyboardButton]] = []
    for row in rows:
        buttons = [button for button in map(_button, row) if button is not None]
        made += [buttons[i : i + ROW_LIMIT] for i in range(0, len(buttons), ROW_LIMIT)]
    return InlineKeyboardMarkup(made) if made else None
