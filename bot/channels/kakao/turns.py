"""Answers requests in tasks of their own, so that an answer outlives the five seconds.

A turn is claimed in the database and its claim renewed while it runs: when a process dies, its
turns are taken over by another one, or by itself after the restart.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.channels.kakao import pages as stored
from bot.channels.kakao import said as saids
from bot.channels.kakao.files import Links
from bot.channels.kakao.pages import Pages
from bot.channels.kakao.pictures import Fetcher, PictureOnItsWay
from bot.channels.kakao.response import Renderer, SkillAnswer
from bot.channels.kakao.said import Said
from bot.channels.kakao.types import Table
from bot.sentences import language_of, sentences
from bot.talk.holding import Holding
from bot.talk.ports import People
from bot.talk.suspects import Deaths
from bot.talk.types import Event, PhotoHandler, PhotoSent, Reply
from storage.errors import DatabaseAway
from storage.types import KakaoFile, KakaoTurn, Who

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. Kakao waits 5 for an answer, and a callback address lives for 60."""

    deadline_s: float = 4.3
    grace_s: float = 0.4  # between that and an apology that needs no database
    callback_s: float = 50.0  # after this, the callback says that it takes longer still
    callback_until_s: float = 57.0
    settle_s: float = 0.2  # between our "later" and the late answer
    fetch_s: float = 25.0
    lease_s: float = 20.0
    beat_s: float = 5.0
    poll_s: float = 0.2
    # The same words within this are the same request: Kakao's five seconds for an answer that a
    # crash swallowed, the next five in which a locked database lets nobody in, and time to type.
    text_again_s: float = 20.0
    photo_again_s: float = 60.0
    unseen_again_s: float = 60.0  # the same words, where their answer never reached the person
    stop_s: float = 3.0


class Collected:
    """The sink of one event."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    async def send(self, reply: Reply) -> None:
        """Keep one reply; what could only change an earlier message leaves its notice."""
        if reply.only_in_place:
            reply = Reply("", code=reply.code, interaction=reply.interaction, toast=reply.toast)
        if reply.text or reply.toast or reply.image or reply.rows or reply.document:
            self.replies.append(reply)

    async def working(self) -> None:
        """Kakao has no sign for it."""


class Turns:
    """The turns that this process answers."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        handler: PhotoHandler,
        people: People,
        table: Table,
        fetcher: Fetcher,
        links: Links,
        timing: Timing,
    ) -> None:
        self._handler = handler
        self._people = people
        self._table = table
        self._fetcher = fetcher
        self._links = links
        self._timing = timing
        lease = timedelta(seconds=timing.lease_s)
        self._holding = Holding("KakaoTalk's requests", lease, table.renew, table.release)
        self._deaths = Deaths()
        self._tasks: dict[int, asyncio.Task[Pages | None]] = {}
        self._beat: asyncio.Task[None] | None = None

    def start(self, adopted: Callable[[KakaoTurn], None]) -> None:
        """Take over, now and then, what nobody answers; `adopted` is told of each."""
        keeping = self._holding.keep(
            self._timing.beat_s,
            busy=lambda: bool(self._tasks),
            look=lambda: self._adopt(adopted),
            at_once=True,
        )
        self._beat = asyncio.create_task(keeping)

    async def stop(self) -> None:
        """Let running turns end for a moment; the others go to whoever comes next."""
        if self._beat:
            self._beat.cancel()
            await asyncio.gather(self._beat, return_exceptions=True)
        running = list(self._tasks.values())
        if running:
            _, late = await asyncio.wait(running, timeout=self._timing.stop_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._holding.release()

    def answer(self, turn: KakaoTurn) -> None:
        """Answer a turn in the background, unless this process does so already."""
        if turn.body is None and turn.id not in self._tasks:
            task = asyncio.create_task(self._run(turn))
            self._tasks[turn.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(turn.id, None))

    async def answered(self, turn: int, until: float) -> Pages | None:
        """The answer once it is there, by this process or another; None at loop time `until`."""
        loop = asyncio.get_running_loop()
        if task := self._tasks.get(turn):
            await asyncio.wait({task}, timeout=max(0.0, until - loop.time()))
            if task.done() and not task.cancelled() and (pages := task.result()):
                return pages
        while True:
            row = await self._table.get(turn)
            if row is None:
                return None  # forgotten meanwhile
            if row.body is not None:
                return stored.load(row.body)
            left = until - loop.time()
            if left <= 0:
                return None
            await asyncio.sleep(min(left, self._timing.poll_s))

    async def _adopt(self, adopted: Callable[[KakaoTurn], None]) -> None:
        for turn in await self._table.orphans(self._holding.lease):
            if turn.id not in self._tasks:
                self.answer(turn)
                adopted(turn)

    async def _run(self, turn: KakaoTurn) -> Pages | None:
        try:
            attempt = await self._table.claim(turn.id, self._holding.lease)
            if not attempt:
                return None  # another process has it
            pages = await self._pages(turn, attempt)
            await self._table.finish(turn.id, stored.dump(pages))
            self._deaths.end(turn.id)
            return pages
        except Exception:
            log.exception("a request of KakaoTalk could not be kept; it is tried again later")
            return None

    async def _pages(self, turn: KakaoTurn, attempt: int) -> Pages:
        said = saids.load(turn.said)
        who = replace(turn.who, locale=said.locale)
        deaths = self._deaths.begin(turn.id, attempt)
        if self._deaths.is_to_blame(turn.id, deaths, turn.alone):
            log.error("a request of KakaoTalk was given up after %d deaths", deaths)
            return (await self.renderer(who, turn.id)).trouble()
        try:
            if said.kind == "photo":
                return await self._photos(turn, who, said, deaths)
            answers = await self._answers(turn, who, saids.event_of(said, f"kakao:{turn.id}"))
            return (await self.renderer(who, turn.id)).pages(answers)
        except DatabaseAway:
            raise
        except Exception:
            log.exception("the answer to a request of KakaoTalk failed")
            return (await self.renderer(who, turn.id)).trouble()

    async def _photos(self, turn: KakaoTurn, who: Who, said: Said, deaths: int) -> Pages:
        """All photos are fetched at once, for their links expire; then read one by one.

        One beyond what the person may send is not fetched unless it may be read after all.
        """
        sent = [
            PictureOnItsWay(turn.id, place, url, self._table, self._fetcher)
            for place, url in enumerate(said.pictures)
        ]
        try:
            for place, picture in enumerate(sent):
                key = f"kakao:{turn.id}:{place}"
                if not deaths and self._handler.busy_for():
                    continue
                if not await self._handler.too_many(who, key, place):
                    picture.start()
            album = []
            note = partial(self._table.note_alone, turn.id)
            suspect = self._deaths.suspect(turn.id, deaths, note)
            for place, picture in enumerate(sent):
                key = f"kakao:{turn.id}:{place}"
                event = PhotoSent(key, picture.load, "", picture.size, deaths > 0, suspect)
                album.append(await self._answers(turn, who, event))
        finally:
            for picture in sent:
                await picture.stop()
        renderer = await self.renderer(who, turn.id)  # the language may have been asked for
        return renderer.album(album) if len(album) > 1 else renderer.pages(album[0])

    async def _answers(self, turn: KakaoTurn, who: Who, event: Event) -> list[SkillAnswer]:
        sink = Collected()
        await self._handler.handle(who, event, sink)
        return [await self._linked(turn, reply) for reply in sink.replies]

    async def _linked(self, turn: KakaoTurn, reply: Reply) -> SkillAnswer:
        """The reply with its picture and document stored, where they can be served."""
        if not self._links.open:
            return SkillAnswer(reply)
        picture = document = 0
        if reply.image:
            file = KakaoFile("", "image/jpeg", reply.image)
            picture = await self._table.put_file(turn.id, file)
        if reply.document:
            sent = reply.document
            file = KakaoFile(sent.name, sent.media_type.partition(";")[0], sent.content)
            document = await self._table.put_file(turn.id, file)
        return SkillAnswer(reply, self._links.address(picture), self._links.address(document))

    async def renderer(self, who: Who, turn: int = 0) -> Renderer:
        """Speaks the person's language."""
        chosen = await self._people.language(who)
        say = sentences(language_of(chosen, who.locale))
        return Renderer(say, turn, self._links.spare_picture)
