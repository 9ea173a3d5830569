"""The person of a scripted dialogue, and the shop around them: all real but reader and prices."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from benchmarks.taps.dialogues import Dialogue
from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.manners import Manners
from bot.talk.types import Choice, Event, PhotoSent, Reply, TextSent
from lookup.link import naver_link
from lookup.types import Offer, PriceAnswer, PriceQuote, SourceState
from recognizer.types import CodeReading, Quad, ReadPhoto
from storage.store import Store
from storage.types import Who
from stylecode import key

MOST = 12
"""Taps after which a dialogue is lost."""

_SURE = 0.9
_PRICE = 129_000


class Lost(Exception):
    """A dialogue did not end at the price of the code on the tag."""


@dataclass(slots=True)
class ScriptedReader:
    """Reads what the dialogue says."""

    jpeg: bytes
    reading: CodeReading = field(default_factory=lambda: CodeReading(()))

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """The same for every photo."""
        return ReadPhoto(self.jpeg, self.reading)


@dataclass(slots=True)
class ScriptedPrices:
    """One shop that sells what the dialogue says."""

    sold: frozenset[str] = frozenset()

    async def quote(self, code: str) -> PriceAnswer:
        """One offer, or none."""
        now = datetime.now(UTC)
        known = {key(each) for each in self.sold}
        offers = (
            (Offer(code, _PRICE, "https://shop.example", "shop"),) if key(code) in known else ()
        )
        state = SourceState.OK if offers else SourceState.EMPTY
        quote = PriceQuote(code, "scripted", "Scripted", state, now, offers)
        return PriceAnswer(code, (quote,), naver_link(code))


@dataclass(slots=True)
class Shop:
    """A conversation over a store of its own; each dialogue has a person of its own."""

    store: Store
    reader: ScriptedReader
    prices: ScriptedPrices
    conversation: Conversation
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    @asynccontextmanager
    async def opened(cls, folder: Path) -> AsyncIterator[Shop]:
        """A shop whose database and photos lie in this folder."""
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/taps.db", folder / "photos")
        reader, prices = ScriptedReader(blank_jpeg()), ScriptedPrices()
        conversation = Conversation(
            reader,
            prices,
            store.interactions,
            store.people,
            store.photos,
            lambda: datetime.now(UTC),
            catalogue=store.catalogue,
            manners=Manners(sure_confidence=_SURE),
            memory=Memory(watches=store.watches),
        )
        try:
            yield cls(store, reader, prices, conversation)
        finally:
            await store.close()


class ShopperSink:
    """Keeps what a shopper is told."""

    def __init__(self) -> None:
        self.sent: list[Reply] = []

    async def send(self, reply: Reply) -> None:
        """Keep it."""
        self.sent.append(reply)

    async def working(self) -> None:
        """Nobody looks."""


async def shown_price(shop: Shop, dialogue: Dialogue) -> int:
    """The taps until the right price was shown, as the row counted them. Raises `Lost`."""
    shop.reader.reading = CodeReading(dialogue.read)
    shop.prices.sold = dialogue.sold
    who = Who("web", f"shopper {next(shop.numbers)}", "ko")
    tag = PhotoSent(f"photo {next(shop.numbers)}", some_bytes)
    reply = await _said(shop, who, tag)
    pressed = 0
    while not _is_price(reply, dialogue.truth):
        if pressed == MOST:
            raise Lost(f"{dialogue.truth}: no price after {MOST} taps; last: {reply.text}")
        reply = await _said(shop, who, _next(reply, dialogue.truth, f"tap {next(shop.numbers)}"))
        pressed += 1
    row = await shop.store.interactions.latest(who)
    if row is None or row.taps != pressed or key(row.shown_code or "") != key(dialogue.truth):
        raise Lost(f"{dialogue.truth}: {pressed} taps, but the row says {row}")
    await shop.store.people.forget(who)  # the next one gains nothing from what this one said
    return pressed


async def _said(shop: Shop, who: Who, event: Event) -> Reply:
    sink = ShopperSink()
    await shop.conversation.handle(who, event, sink)
    return next(reply for reply in sink.sent if reply.rows)  # a question for later is not it


def _is_price(reply: Reply, truth: str) -> bool:
    """Whether this is the price answer for the code: it alone has the code to copy."""
    return any(key(choice.copy) == key(truth) for row in reply.rows for choice in row)


def _next(reply: Reply, truth: str, event: str) -> Event:
    """What a person who knows the code does now."""
    data = _whole_code(reply, truth) or _in_the_editor(reply, truth) or _first(reply, "edit")
    empty = not reply.code
    return TextSent(event, truth) if empty or not data else parse(event, data)


def _whole_code(reply: Reply, truth: str) -> str:
    """A button that shows the code, or that says the code shown is right."""
    for choice in _choices(reply):
        if choice.data and key(choice.label) == key(truth) and len(truth) > 1:
            return choice.data
    right = key(reply.code) == key(truth)
    return (_first(reply, "done") or _first(reply, "confirm")) if right else ""


def _in_the_editor(reply: Reply, truth: str) -> str:
    """The press that mends the first place at which the text is not what is on the tag."""
    text = reply.code
    place = next((at for at, (a, b) in enumerate(zip(text, truth, strict=False)) if a != b), -1)
    place = min(len(text), len(truth)) if place < 0 else place
    if len(text) > len(truth):
        return _first(reply, "del") or _first(reply, f"char:{place}")
    if len(text) < len(truth):
        wanted = _labelled(reply, "add", truth[place])
        return wanted or _first(reply, f"ins:{place}") or _first(reply, f"char:{place}")
    wanted = _labelled(reply, "set", truth[place]) if place < len(truth) else ""
    return wanted or _first(reply, "all") or _first(reply, f"char:{place}")


def _labelled(reply: Reply, verb: str, label: str) -> str:
    fitting = (c.data for c in _choices(reply) if c.label == label and _verb(c) == verb)
    return next(fitting, "")


def _first(reply: Reply, what: str) -> str:
    """The data of the first button with this verb (and, behind a colon, this argument)."""
    verb, _, argument = what.partition(":")
    for choice in _choices(reply):
        if _verb(choice) == verb and (not argument or choice.data.split(":")[2] == argument):
            return choice.data
    return ""


def _verb(choice: Choice) -> str:
    return choice.data.split(":", 1)[0]


def _choices(reply: Reply) -> Iterator[Choice]:
    return (choice for row in reply.rows for choice in row)


async def some_bytes() -> bytes:
    """A photo that nobody looks at."""
    return b"a photo"


def blank_jpeg() -> bytes:
    """A picture with nothing on it."""
    done, data = cv2.imencode(".jpg", np.full((80, 160, 3), 235, np.uint8))
    assert done
    return data.tobytes()
