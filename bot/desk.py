"""What every part of the conversation has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from bot.ports import Interactions, People, Photos, Prices, Reader
from bot.sentences import Sentences
from bot.types import Replies
from storage.types import Who

KST = timezone(timedelta(hours=9))
"""Korea's time, the same all year: what people are shown."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The neighbours, and the clock (aware UTC)."""

    reader: Reader
    prices: Prices
    interactions: Interactions
    people: People
    photos: Photos
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Turn:
    """One event being answered: whose, its key, in which language, and where replies go."""

    who: Who
    key: str
    say: Sentences
    replies: Replies
