"""What every part of the conversation has at hand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.pictures.price_chart import Charts
from bot.sentences import Sentences
from bot.talk.aside import Aside
from bot.talk.in_hand import BytesInHand
from bot.talk.kept import KeptOf
from bot.talk.manners import Manners
from bot.talk.photo_queue import PhotoQueue
from bot.talk.ports import (
    Catalogue,
    CodeChecker,
    GoodsPictures,
    Interactions,
    People,
    Photos,
    Prices,
    Reader,
    SeenPrices,
    Told,
    Watches,
)
from bot.talk.suspects import Alone
from bot.talk.types import Replies
from lookup.sources import quota
from storage.types import Who

KST = quota.KST
"""Korea's time, the same all year: what people are shown."""


class NoCatalogue:
    """A price list without a single code."""

    async def known(self, codes: Collection[str]) -> frozenset[str]:
        """None of them."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Memory:
    """What reaches beyond one answer; the conversation goes on without what is None.

    `pushing` are channels that can send a message without an event.
    """

    seen: SeenPrices | None = None
    charts: Charts | None = None
    watches: Watches | None = None
    told: Told | None = None
    kept: KeptOf | None = None
    pushing: frozenset[str] = frozenset()
    watch_every: timedelta = timedelta(hours=6)
    watch_kept: timedelta = timedelta(days=180)


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
    memory: Memory = field(default_factory=Memory)
    aside: Aside = field(default_factory=Aside)
    pictures: GoodsPictures | None = None
    in_hand: BytesInHand = field(default_factory=BytesInHand)
    queue: PhotoQueue = field(default_factory=PhotoQueue)
    alone: Alone = field(default_factory=Alone)

    @property
    def told(self) -> Told | None:
        """What people were told once a day."""
        return self.memory.told


@dataclass(frozen=True, slots=True)
class Turn:
    """One event being answered: whose, its key, in which language, and where replies go."""

    who: Who
    key: str
    say: Sentences
    replies: Replies
