"""Marks made in the Mini App, on their way through the inbox like updates."""

from __future__ import annotations

import hashlib
import json
from typing import cast

from bot.telegram.incoming import Incoming, Place
from bot.telegram.raw import CHANNEL, mark_key, packed
from bot.types import MarkSent, Who
from storage.types import Quad


def mark_item(user: str, locale: str, interaction: int, corners: Quad) -> tuple[str, str, str]:
    """Key, payload and person of a mark for the inbox; the same mark has the same key.

    Raises `ValueError` for a user that is no Telegram id and for corners that are no shares.
    """
    if not user.isdecimal() or not user.isascii() or len(user) > 18:
        raise ValueError("not a Telegram user id")
    points = [[float(x), float(y)] for x, y in corners]
    if len(points) != 4 or not all(0 <= share <= 1 for point in points for share in point):
        raise ValueError("corners must be four points of shares between 0 and 1")
    content = {"user": user, "locale": locale, "interaction": interaction, "corners": points}
    payload = packed(content)
    name = hashlib.sha256(packed({**content, "locale": ""}).encode()).hexdigest()[:24]
    return mark_key(name), payload, user


def marked(key: str, payload: str) -> Incoming:
    """The event in a mark's item, answered in the private chat."""
    item = json.loads(payload)
    corners = cast(Quad, tuple((x, y) for x, y in item["corners"]))
    who = Who(CHANNEL, item["user"], item["locale"])
    return Incoming(who, MarkSent(key, item["interaction"], corners), Place(int(item["user"])), 0)
