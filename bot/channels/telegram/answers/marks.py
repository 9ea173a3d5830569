"""Marks and presses made in the Mini App, on their way through the inbox like updates."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

from bot.channels.telegram.updates.incoming import ChatPlace, Incoming
from bot.channels.telegram.updates.raw import CHANNEL, mark_key, packed
from bot.talk import buttons
from bot.talk.types import Event, MarkSent, Who
from storage.types import Quad


def mark_item(user: str, locale: str, interaction: int, corners: Quad) -> tuple[str, str, str]:
    """Key, payload and person of a mark for the inbox; the same mark has the same key.

    Raises `ValueError` for a user that is no Telegram id and for corners that are no shares.
    """
    points = [[float(x), float(y)] for x, y in corners]
    if len(points) != 4 or not all(0 <= share <= 1 for point in points for share in point):
        raise ValueError("corners must be four points of shares between 0 and 1")
    return _item(user, locale, {"interaction": interaction, "corners": points})


def press_item(user: str, locale: str, data: str, name: str) -> tuple[str, str, str]:
    """The same of a button's press; `name` tells one press from the next.

    Raises `ValueError` for a user that is no Telegram id and for what is no button's data.
    """
    if not buttons.parse("", data).verb:
        raise ValueError("not a button")
    return _item(user, locale, {"press": data, "name": name})


def _item(user: str, locale: str, done: dict[str, Any]) -> tuple[str, str, str]:
    if not user.isdecimal() or not user.isascii() or len(user) > 18:
        raise ValueError("not a Telegram user id")
    content = {"user": user, "locale": locale, **done}
    name = hashlib.sha256(packed({**content, "locale": ""}).encode()).hexdigest()[:24]
    return mark_key(name), packed(content), user


def marked(key: str, payload: str) -> Incoming:
    """The event in an item of the Mini App, answered in the private chat."""
    item = json.loads(payload)
    who = Who(CHANNEL, item["user"], item["locale"])
    return Incoming(who, _event(key, item), ChatPlace(int(item["user"])), 0)


def _event(key: str, item: dict[str, Any]) -> Event:
    if "press" in item:
        return buttons.parse(key, item["press"])
    corners = cast(Quad, tuple((x, y) for x, y in item["corners"]))
    return MarkSent(key, item["interaction"], corners)
