"""A whole conversation over the fakes, with the shortcuts that the tests share."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.manners import Manners
from bot.talk.ports import CodeChecker, Interactions, People, Photos
from bot.talk.types import CommandSent, Event, PhotoSent, TextSent
from storage.types import Interaction, Who
from tests.fakes.prices import FakePrices
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies
from tests.fakes.store import FakeCatalogue, FakeInteractions, FakePeople, FakePhotos

ANN = Who("web", "ann", "en")
MINSU = Who("telegram", "77", "ko")
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # in Seoul
PHOTO = b"photo bytes"


class Room:
    """`conversation` can be restarted over the same store; `now` is the clock."""

    def __init__(self) -> None:
        self.reader = FakeReader()
        self.prices = FakePrices()
        self.interactions = FakeInteractions()
        self.photos = FakePhotos()
        self.people = FakePeople(self.interactions, self.photos)
        # Asked about training long ago: the question comes once, tests/bot/test_privacy.py has it.
        self.people.asked = {ANN: "long ago", MINSU: "long ago"}
        self.catalogue = FakeCatalogue()
        self._manners = Manners()
        self.checker: CodeChecker | None = None
        self.now = NOON
        self.keys = itertools.count(1)
        self.restart()

    def restart(self) -> None:
        self.use(self.interactions, self.people, self.photos)

    def use(self, interactions: Interactions, people: People, photos: Photos) -> None:
        """Go on over these tables."""
        self._tables = interactions, people, photos
        self.conversation = Conversation(
            self.reader,
            self.prices,
            interactions,
            people,
            photos,
            lambda: self.now,
            catalogue=self.catalogue,
            manners=self._manners,
            checker=self.checker,
        )

    def manners(self, **changes: float) -> None:
        """Go on with other manners over the same tables."""
        self._manners = replace(self._manners, **changes)  # type: ignore[arg-type]
        self.use(*self._tables)

    def key(self) -> str:
        self.now += timedelta(seconds=1)
        return f"event-{next(self.keys)}"

    async def handle(self, who: Who, event: Event) -> RecordingReplies:
        replies = RecordingReplies()
        await self.conversation.handle(who, event, replies)
        return replies

    async def photo(self, who: Who = ANN, data: bytes = PHOTO, key: str = "") -> RecordingReplies:
        async def fetch() -> bytes:
            return data

        return await self.handle(who, PhotoSent(key or self.key(), fetch))

    async def text(
        self, text: str, who: Who = ANN, interaction: int | None = None, key: str = ""
    ) -> RecordingReplies:
        return await self.handle(who, TextSent(key or self.key(), text, interaction))

    async def press(self, data: str, who: Who = ANN, key: str = "") -> RecordingReplies:
        return await self.handle(who, parse(key or self.key(), data))

    async def command(self, name: str, argument: str = "", who: Who = ANN) -> RecordingReplies:
        return await self.handle(who, CommandSent(self.key(), name, argument))

    @property
    def row(self) -> Interaction:
        """The newest row of all."""
        return self.interactions.rows[max(self.interactions.rows)]
