"""People who send photos of the new brand's tags, and say what stands on them as people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.learning.tags import Rng, code, photo
from bot.talk.conversation import Conversation
from bot.talk.ports import Reader
from bot.talk.types import PhotoSent, Pressed, Reply, TextSent
from lookup.service import PriceLookup
from storage.store import Store
from storage.types import Interaction, Who

FIRST_DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
CARELESS = 0.1
"""Of the people: they confirm what is wrong, or mistype it; nine of ten are right."""


@dataclass(frozen=True, slots=True)
class Week:
    """What people's photos came to: how many, and how many were read right at once."""

    photos: int
    right: int

    @property
    def wrong_share(self) -> float:
        """The share (0..1) that was not."""
        return 1 - self.right / self.photos


class _NobodyListens:
    """Takes what the bot says; the people look at the row."""

    latest = 0

    async def send(self, reply: Reply) -> None:
        """Nothing to be done."""

    async def amend(self, reply: Reply, message: int) -> None:
        """Nothing to be done."""

    async def working(self) -> None:
        """Nothing to be done."""


@dataclass
class LearningTown:
    """The town's people and their bot, over a real store and the real reader."""

    store: Store
    reader: Reader
    chance: Rng
    malicious: float = 0.0
    truths: dict[int, str] = field(default_factory=dict)
    now: datetime = FIRST_DAY
    _people: int = 0
    _bot: Conversation = field(init=False)

    def __post_init__(self) -> None:
        self.settle(self.store, self.reader)

    def settle(self, store: Store, reader: Reader) -> None:
        """Another process over the same database, perhaps with another version of the reader."""
        self.store, self.reader = store, reader
        tables = store.interactions, store.people, store.photos
        self._bot = Conversation(reader, PriceLookup([]), *tables, lambda: self.now)

    async def week(self, people: int) -> Week:
        """Each of so many sends a photo and says what stands on it; every other one agreed."""
        right = 0
        for _ in range(people):
            right += await self._visit()
            self.now += timedelta(days=7) / people
        await self._bot.settled()
        return Week(people, right)

    async def _visit(self) -> bool:
        self._people += 1
        who = Who("telegram", f"person-{self._people}")
        if self._people % 2:
            await self.store.people.answer_consent(who, True, self.now)
        truth = code(self.chance)
        jpeg = photo(self.chance, truth)

        async def fetch() -> bytes:
            return jpeg

        key = f"photo-{self._people}"
        await self._bot.handle(who, PhotoSent(key, fetch), _NobodyListens())
        row = await self.store.interactions.find(who, key)
        assert row is not None
        self.truths[row.id] = truth
        await self._said(who, row, truth)
        return bool(row.current) and row.current[0].code == truth

    async def _said(self, who: Who, row: Interaction, truth: str) -> None:
        """Press that it is right, or type what stands there."""
        shown = row.current[0].code if row.current else ""
        says = self._says(truth, shown)
        key = f"said-{self._people}"
        if says == shown:
            verb = "confirm" if row.lead == 0 else "pick"
            await self._bot.handle(who, Pressed(key, verb, row.id), _NobodyListens())
        else:
            await self._bot.handle(who, TextSent(key, says, interaction=row.id), _NobodyListens())

    def _says(self, truth: str, shown: str) -> str:
        if self.chance.random() < self.malicious:
            return code(self.chance)
        if self.chance.random() >= CARELESS:
            return truth
        if shown and shown != truth:
            return shown  # it looks right enough
        place = int(self.chance.choice([at for at, sign in enumerate(truth) if sign.isdigit()]))
        return truth[:place] + str(self.chance.integers(10)) + truth[place + 1 :]
