"""Updates as received into rows of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.telegram.updates.raw import (
    AlbumPart,
    album_key,
    album_of,
    key_of,
    packed,
    person_of,
)


def rows_of(update: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, payload and person of what is to be done; an album's photo asks for a summary, too."""
    key, payload, person = key_of(update["update_id"]), packed(update), person_of(update)
    rows = [(key, payload, person)]
    return [*rows, (album_key(key), payload, person)] if album_of(update) else rows


def album_parts(updates: Sequence[dict[str, Any]]) -> list[tuple[str, str, AlbumPart]]:
    """Key, person and part of each photo that belongs to an album."""
    found = [(update, album_of(update)) for update in updates]
    return [
        (key_of(update["update_id"]), person_of(update), part) for update, part in found if part
    ]
