"""The conversation without any channel: what the transcripts hold."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.talk.buttons import parse
from bot.talk.types import CommandSent, Event, PhotoSent, Reply, TextSent
from storage.types import Who
from tests.fakes.replies import RecordingReplies
from tests.fakes.store import FakeInteractions, FakePeople, FakePhotos
from tests.fakes.watches import FakeWatches
from tests.golden.script import Script, chosen, rendered
from tests.golden.stage import Heard, Seen, Stage, labels, play, seen


class Bare:
    """Replies as the conversation gives them; `sent` are those of each event, in order."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rows, self._photos = FakeInteractions(), FakePhotos()
        self._people = FakePeople(self._rows, self._photos)
        self._watches = FakeWatches()
        self._who: dict[str, Who] = {}
        self._messages: dict[str, list[Reply]] = {}
        self._keys = itertools.count(1)
        self.sent: list[list[Reply]] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self._conversation = self._stage.conversation(
            self._rows, self._people, self._photos, self._watches
        )
        yield

    def join(self, name: str, language: str) -> None:
        self._who[name] = Who("bare", name, language)
        self._messages[name] = []

    async def photo(self, name: str, data: bytes, caption: str = "") -> Heard:
        async def fetch() -> bytes:
            return data

        return await self._handle(name, PhotoSent(self._key(), fetch, caption))

    async def text(self, name: str, text: str) -> Heard:
        if text.startswith("/"):
            command, _, argument = text[1:].partition(" ")
            return await self._handle(name, CommandSent(self._key(), command, argument))
        return await self._handle(name, TextSent(self._key(), text))

    async def press(self, name: str, label: str, of: str) -> Heard:
        for place, message in reversed(list(enumerate(self._messages[of]))):
            found = chosen(labels(message), label)
            if found is not None:
                choice = [each for row in message.rows for each in row][found]
                assert choice.data, f"{label} cannot be pressed"
                event = parse(self._key(), choice.data)
                return await self._handle(name, event, place if of == name else None)
        raise AssertionError(f"{of} sees no button {label}")

    def check(self, expected: list[Reply], heard: Heard) -> None:
        assert expected == self.sent.pop(0)

    async def _handle(self, name: str, event: Event, pressed: int | None = None) -> Heard:
        replies = RecordingReplies()
        await self._conversation.handle(self._who[name], event, replies)
        self.sent.append(replies.sent)
        messages, new = self._messages[name], []
        toast = ""
        for reply in replies.sent:
            toast = reply.toast or toast
            if reply.replaces and pressed is not None:
                messages[pressed] = reply
            elif reply.text:
                messages.append(reply)
                new.append(seen(reply))
        return Heard(tuple(new), _shown(messages, pressed), toast)

    def _key(self) -> str:
        return f"event-{next(self._keys)}"


def _shown(messages: list[Reply], place: int | None) -> Seen | None:
    return None if place is None else seen(messages[place])


async def expected(script: Script) -> tuple[dict[int, list[Reply]], dict[int, list[str]]]:
    """The replies to each step, and the lines of them."""
    stage = Stage()
    bare = Bare(stage)
    heard = await play(script, stage, bare)
    replies = dict(zip(heard, bare.sent, strict=True))
    lines = {
        number: rendered(sent, script.steps[number].verb == "press")
        for number, sent in replies.items()
    }
    return replies, lines
