"""KakaoTalk: the fake platform over real HTTP, with its limits, real SQLite.

Kakao shows less at once: an answer may have several pages, labels are short, a message never
changes. So what is compared is that all lines and all buttons can be reached.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.stand_ins.kakao.platform import Json, KakaoPlatform, Talker
from benchmarks.stand_ins.kakao.platform import Seen as Shown
from bot.channels.kakao import limits
from bot.channels.kakao.limits import shorten
from bot.channels.kakao.pages import bare
from bot.sentences import sentences
from bot.talk.conversation import Conversation
from bot.talk.types import Reply
from storage.store import Store
from tests.golden.script import chosen
from tests.golden.stage import Channel, Heard, Seen, Stage
from tests.kakao.bench import PATIENT, Bench

_LANGUAGES = ("ko", "en")


async def over_kakao(stage: Stage, folder: Path, url: str = "") -> AsyncIterator[Channel]:
    """A platform, and a skill server that it asks; `url` is a database instead of SQLite."""
    async with KakaoPlatform() as kakao:
        bench = StageBench(stage, kakao, folder)
        bench.url = url or bench.url
        yield OverKakao(bench)


class StageBench(Bench):
    """A bench with the stage's conversation."""

    def __init__(self, stage: Stage, kakao: KakaoPlatform, folder: Path) -> None:
        super().__init__(kakao, folder)
        self._stage = stage

    def conversation(self, store: Store) -> Conversation:
        return self._stage.conversation(
            store.interactions, store.people, store.photos, store.watches
        )


class OverKakao:
    """Chats with one channel."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._languages: dict[str, str] = {}
        self._people: dict[str, Talker] = {}
        self._buttons: dict[str, list[Json]] = {}  # ever shown, newest answer first

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self._people = {}
        async with self._bench.bot(PATIENT) as skill:
            for number, (name, language) in enumerate(self._languages.items()):
                self._people[name] = self._bench.person(skill, f"u{number}", lang=language)
            yield

    def join(self, name: str, language: str) -> None:
        self._languages[name] = language
        self._buttons[name] = []

    async def photo(self, name: str, data: bytes, caption: str = "") -> Heard:
        assert not caption, "photos come without words here"
        return await self._heard(name, await self._people[name].send(data))

    async def text(self, name: str, text: str) -> Heard:
        return await self._heard(name, await self._people[name].say(text))

    async def press(self, name: str, label: str, of: str) -> Heard:
        labels = [button["label"] for button in self._buttons[of]]
        cut = [i for i, each in enumerate(labels) if bare(label).startswith(bare(each).rstrip("…"))]
        found = chosen(labels, label)
        found = next(iter(cut), None) if found is None else found
        assert found is not None, f"{of} sees no button {label} among {labels}"
        return await self._heard(name, await self._pressed(name, self._buttons[of][found]))

    def check(self, expected: list[Reply], heard: Heard) -> None:
        (told,) = heard.new
        lines = told.text.split("\n")
        for reply in expected:
            if reply.only_in_place:  # no message ever changes here
                assert all(line in lines for line in reply.toast.splitlines())
                continue
            for line in (reply.text or reply.toast).split("\n"):
                assert line.strip() in lines, f"not told: {line}"
            for choice in (choice for row in reply.rows for choice in row if choice.data):
                assert shorten(choice.label, limits.BUTTON_LABEL) in told.labels
            assert told.picture or not reply.image
            assert told.file or not reply.document

    async def _pressed(self, name: str, button: Json) -> Shown:
        talker = self._people[name]
        extra, said = button.get("extra"), button["messageText"]
        return await talker.say(said, extra=extra, trigger="QUICKREPLY_BUTTON_MESSAGE")

    async def _heard(self, name: str, shown: Shown) -> Heard:
        """The whole answer: fetched where it came late, then page by page."""
        while wait := _named(shown, "kakao-result-button"):
            shown = await self._pressed(name, wait)
        pages = [shown]
        while more := _named(pages[-1], "kakao-more-button"):
            pages.append(await self._pressed(name, more))
        buttons = [reply for page in pages for reply in page.replies]
        self._buttons[name] = [*buttons, *self._buttons[name]]
        outputs = [output for page in pages for output in page.outputs]
        labels = tuple(button["label"] for button in buttons)
        pictures = any("simpleImage" in output for output in outputs)
        file = _named_link(outputs, "kakao-file-button")
        return Heard((Seen("\n".join(map(_text, outputs)), labels, pictures, file),))


def _text(output: Json) -> str:
    card = output.get("textCard", {})
    text: str = output.get("simpleText", {}).get("text", "") or card.get("description", "")
    return text


def _named(shown: Shown, key: str) -> Json | None:
    """The quick reply that this sentence names."""
    names = {sentences(language)(key) for language in _LANGUAGES}
    return next((reply for reply in shown.replies if reply["label"] in names), None)


def _named_link(outputs: list[Json], key: str) -> str:
    names = {sentences(language)(key) for language in _LANGUAGES}
    found: list[dict[str, Any]] = [
        button
        for output in outputs
        for part in output.values()
        for button in part.get("buttons", [])
        if button["label"] in names
    ]
    return str(found[0]["webLinkUrl"]) if found else ""
