"""What every part of the conversation has at hand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from bot.manners import Manners
from bot.ports import Catalogue, CodeChecker, Interactions, People, Photos, Prices, Reader
from bot.sentences import Sentences
from bot.types import Replies
from storage.types import Who

KST = timezone(timedelta(hours=9))
"""Korea's time, the same all year: what people are shown."""


class NoCatalogue:
    """A price list without a single code."""

    async def known(self, codes: Collection[str]) -> frozenset[str]:
        """None of them."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Desk:
    """The neighbours, the clock (aware UTC), and how forward the conversation is."""

    reader: Reader
    prices: Prices
    interactions: Interactions
    people: People
    photos: Photos
    clock: Callable[[], datetime]
    catalogue: Catalogue = field(default_factory=NoCatalogue)
    manners: Manners = field(default_factory=Manners)
    checker: CodeChecker | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One event being answered: whose, its key, in which language, and where replies go."""

    who: Who
    key: str
    say: Sentences
    replies: Replies
