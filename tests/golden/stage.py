"""What a transcript is played on: readings, prices, a clock; and what a channel has to be."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.manners import Manners
from bot.talk.ports import Interactions, People, Photos, Watches
from bot.talk.types import Reply
from recognizer.errors import NotAPicture, ReaderBusy
from recognizer.types import Barcode, ReadPhoto
from stylecode import TagFields
from tests.bot.room import NOON
from tests.fakes.prices import FakePrices
from tests.fakes.reader import QUAD, FakeReader, reading
from tests.golden.script import Script, Step, chosen, rendered

_FIELDS = TagFields("Nike", (("KR", "275"), ("US", "9.5")), colour="흰색", made_in="Vietnam")
_BARS = Barcode("EAN-13", "8801234567893", QUAD)

PHOTOS: dict[str, ReadPhoto | Exception] = {
    "sure": reading("DD1391-100", "DD1391-108", "DD1397-100", fields=_FIELDS, confidence=0.99),
    "likely": reading("FU9006", "FU9008", confidence=0.75),
    "unsure": reading("CN8607-O02", "CN8607-002", confidence=0.4),
    "nothing": reading(),
    "barcode": reading(barcodes=(_BARS,)),
    "no-picture": NotAPicture(),
    "busy": ReaderBusy(),
}

_PUSHING = frozenset({"bare", "telegram", "web", "kakao"})  # all say the same


@dataclass
class Stage:
    """Readings, prices and the time, the same for every channel."""

    reader: FakeReader = field(
        default_factory=lambda: FakeReader({name.encode(): read for name, read in PHOTOS.items()})
    )
    prices: FakePrices = field(default_factory=FakePrices)
    manners: Manners = field(default_factory=Manners)
    now: datetime = NOON

    def conversation(
        self, interactions: Interactions, people: People, photos: Photos, watches: Watches
    ) -> Conversation:
        """The conversation over these tables."""
        return Conversation(
            self.reader,
            self.prices,
            interactions,
            people,
            photos,
            lambda: self.now,
            manners=self.manners,
            memory=Memory(watches=watches, pushing=_PUSHING),
        )

    def happens(self, step: Step) -> None:
        """A price, the manners or the time changes."""
        words = step.argument.split()
        if step.verb == "price":
            self.prices.set_prices(words[0], *map(int, words[1:]))
        elif step.verb == "sure":
            self.manners = replace(self.manners, sure_confidence=float(words[0]))
        elif step.verb == "later":
            self.now += timedelta(**{words[1]: int(words[0])})


@dataclass(frozen=True)
class Seen:
    """A message as a channel shows it; buttons by their labels, row by row."""

    text: str
    labels: tuple[str, ...] = ()
    picture: bool = False
    file: str = ""


@dataclass(frozen=True)
class Heard:
    """What a channel shows after an event: new messages, the one pressed, the notice."""

    new: tuple[Seen, ...] = ()
    pressed: Seen | None = None
    toast: str = ""


class Channel(Protocol):
    """A channel with a bot behind it. `running` again is a restart over the same database."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """Start the bot; the end of the context stops it."""
        ...

    def join(self, name: str, language: str) -> None:
        """Somebody comes; before the bot starts."""
        ...

    async def photo(self, name: str, data: bytes, caption: str = "") -> Heard: ...

    async def text(self, name: str, text: str) -> Heard: ...

    async def press(self, name: str, label: str, of: str) -> Heard:
        """Press the newest button with this label that the person `of` sees."""
        ...

    def check(self, expected: list[Reply], heard: Heard) -> None:
        """Whether the channel shows these replies, as far as it can show them."""
        ...


async def play(script: Script, stage: Stage, channel: Channel) -> dict[int, Heard]:
    """What each step is answered, by line number."""
    heard: dict[int, Heard] = {}
    for name, language in script.people.items():
        channel.join(name, language)
    steps = list(script.steps.items())
    while steps:
        async with channel.running():
            while steps:
                number, step = steps.pop(0)
                stage.happens(step)
                if step.verb in {"restart", "sure"}:
                    break
                if step.name:
                    heard[number] = await _act(channel, step)
    return heard


async def _act(channel: Channel, step: Step) -> Heard:
    if step.verb == "photo":
        return await channel.photo(step.name, step.argument.encode(), step.caption)
    if step.verb == "text":
        return await channel.text(step.name, step.argument)
    return await channel.press(step.name, step.argument, step.of or step.name)


def check_replies(
    expected: list[Reply], heard: Heard, told: list[Seen], *, toasts: bool = True
) -> None:
    """Whether these are what is seen; `told[i]` is how the channel has to show `expected[i]`.

    A message that replaces another stands in its place, where a picture may still be; it comes as
    a new one where that message is gone.
    """
    new = list(heard.new)
    for reply, wanted in zip(expected, told, strict=True):
        if reply.toast and toasts:
            assert heard.toast == reply.toast
        if not reply.text:
            continue
        gone = bool(new) and new[0].text == wanted.text
        in_place = reply.replaces and heard.pressed is not None and not gone
        if not in_place:
            assert new, f"not told: {reply.text}"
        seen = heard.pressed if in_place else new.pop(0)
        assert seen is not None
        assert (seen.text, seen.labels, seen.file) == (wanted.text, wanted.labels, wanted.file)
        assert seen.picture or not wanted.picture
        assert in_place or seen.picture == wanted.picture
    assert not new, f"told beside: {new}"


def labels(reply: Reply) -> tuple[str, ...]:
    """The labels of a reply's buttons, one after the other."""
    return tuple(choice.label for row in reply.rows for choice in row)


def seen(reply: Reply) -> Seen:
    """A reply shown as it is."""
    file = reply.document.name if reply.document else ""
    return Seen(reply.text, labels(reply), bool(reply.image), file)


__all__ = ["PHOTOS", "Channel", "Heard", "Seen", "Stage", "chosen", "play", "rendered"]
