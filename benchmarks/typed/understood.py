"""Messages through the real conversation over a real SQLite file: what it takes as the code."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.taps.shopper import Shop, ShopperSink, some_bytes
from benchmarks.typed.messages import Message
from bot.talk.conversation import Conversation
from bot.talk.types import CommandSent, Event, PhotoSent, Reply, TextSent
from recognizer.types import Candidate, CodeReading, TextRegion
from storage.types import SAID, Who
from stylecode import key

_SOME_QUAD = ((10.0, 10.0), (90.0, 10.0), (90.0, 30.0), (10.0, 30.0))


@dataclass(frozen=True, slots=True)
class Taken:
    """A message and the codes that it was taken for; `right`: these are the ones meant."""

    message: Message
    codes: tuple[str, ...]
    right: bool


async def take_all(messages: Sequence[Message]) -> tuple[Taken, ...]:
    """What each message is taken for, each sent by a person of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with Shop.opened(Path(folder)) as shop:
            numbers = itertools.count(1)
            return tuple([await _taken(shop, message, numbers) for message in messages])


async def _taken(shop: Shop, message: Message, numbers: Iterator[int]) -> Taken:
    who = Who("web", f"writer {next(numbers)}", "ko")
    if message.photo:
        region = TextRegion(_SOME_QUAD, 1.0)
        read = Candidate(message.photo, 0.8, region)
        shop.reader.reading = CodeReading((read,))
        await _said(shop.conversation, who, PhotoSent(f"photo {next(numbers)}", some_bytes))
    replies = await _said(shop.conversation, who, _event(message.text, f"text {next(numbers)}"))
    codes = await _codes(shop, who, message, replies)
    wanted = sorted(map(key, message.codes))
    return Taken(message, codes, sorted(map(key, codes)) == wanted)


async def _codes(
    shop: Shop, who: Who, message: Message, replies: Sequence[Reply]
) -> tuple[str, ...]:
    """The code of the answer, or those that it offers; of a watch or a photo, as it is kept."""
    if message.below is not None:
        watches = await shop.store.watches.of(who)
        return tuple(one.code for one in watches if one.below_won == message.below)
    if message.photo:
        row = await shop.store.interactions.latest(who)
        said = row is not None and row.photo is not None and row.status in SAID
        return (row.code,) if said and row is not None and row.code else ()
    choices = (choice for reply in replies for row in reply.rows for choice in row)
    offered = [choice.label for choice in choices if choice.data.startswith("each:")]
    return tuple(offered or [reply.code for reply in replies if reply.code])


def _event(text: str, name: str) -> Event:
    if text.startswith("/"):
        command, _, argument = text[1:].partition(" ")
        return CommandSent(name, command, argument)
    return TextSent(name, text)


async def _said(talk: Conversation, who: Who, event: Event) -> list[Reply]:
    sink = ShopperSink()
    await talk.handle(who, event, sink)
    return sink.sent
