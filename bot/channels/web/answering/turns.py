"""WebTurns of the web chat: each is stored, answered once, and can be followed by several requests.

A turn runs in a task of its own: when the page is closed or reloaded midway the answer is still
written to the log, and the page finds it there. A turn that a crash cut short, or the failure of
the database, is answered within seconds, by this process or another.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from bot.channels.web.answering.albums import album_summary
from bot.channels.web.answering.claims import Claims
from bot.channels.web.answering.replies import LoggedReplies
from bot.channels.web.answering.turn import WebTurn
from bot.channels.web.live import Hub
from bot.channels.web.sentences import sentence
from bot.channels.web.types import ChatLog
from bot.channels.web.wire import (
    Busy,
    LimitReached,
    PageSaid,
    RequestError,
    body_of,
    event_of,
    line,
    said_of,
    shown,
)
from bot.talk.errors import FetchError
from bot.talk.ports import People
from bot.talk.suspects import Deaths
from bot.talk.types import PhotoHandler, PhotoSent, Reply, Who
from storage.errors import DatabaseAway
from storage.photos.arriving import Arriving
from storage.types import ChatEntry, Lease

MOST_QUICK = 32
"""Texts and presses that are answered at once: one more would wait a second or longer, since some
dozens of them are answered in one."""

_RUSH_S = 1  # until some of these are answered

log = logging.getLogger(__name__)


class WebTurns:
    """All turns that are being answered."""

    def __init__(self, handler: PhotoHandler, chat: ChatLog, people: People) -> None:
        self._handler = handler
        self._chat = chat
        self._people = people
        self._claims = Claims(chat)
        self.hub = Hub()
        self._running: dict[tuple[str, str], WebTurn] = {}
        self._deaths = Deaths()
        self._quick: set[tuple[str, str]] = set()  # those of them that read no photo
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(
        self, who: Who, name: str, said: PageSaid, upload: Arriving | None = None
    ) -> WebTurn:
        """The turn of this name: started now, joined, or told again from the log.

        Raises `StorageError` where it cannot be kept, `Busy` where too many others wait, and
        `RequestError` at the end.
        """
        if self.hub.closed:
            raise RequestError("unavailable")  # the page sends it again: to whom comes next
        running = self._running.get((who.user, name))
        if running is not None:
            return running
        if said.kind != "photo" and len(self._quick) >= MOST_QUICK:
            raise Busy("rush", _RUSH_S)
        entry, _ = await self._chat.open_turn(who, name, said.body(), upload)
        running = self._running.get((who.user, name))
        if running is not None:
            return running
        entry = replace(entry, who=who)
        return self._start(entry) if entry.pending else await self._told_again(entry)

    async def admit(self, who: Who, name: str) -> None:
        """Before a photo of this turn is taken.

        Raises `LimitReached`, `Busy` where too many photos wait, and `StorageError`.
        """
        if (who.user, name) in self._running:
            return
        if seconds := self._handler.busy_for():
            raise Busy("busy", seconds)
        # Of those that wait, the conversation has begun the first.
        waiting = max(0, await self._chat.waiting(who, name) - 1)
        if text := await self._handler.too_many(who, _key(who, name), waiting):
            raise LimitReached(text)

    def start(self) -> None:
        """Answer, now and every other second, the turns that a crash or a failure left open."""
        self._claims.start(self._adopt)

    async def _adopt(self, lease: Lease) -> None:
        for entry in await self._chat.unanswered(lease):
            if (entry.who.user, entry.turn) not in self._running and not self.hub.closed:
                self._start(entry)

    async def post(self, who: Who, reply: Reply) -> None:
        """An entry that answers nothing: kept, and told to the person's open pages."""
        name = f"bot-{uuid4().hex}"
        entry = await self._chat.say(who, name, body_of(reply), reply.image)
        self.hub.tell(who.user, line("message", turn=name, entry=shown(entry)))

    async def stop(self, grace_s: float = 3.0) -> None:
        """Let running turns finish for a while; what is cut off is answered after the start."""
        self.hub.close()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._claims.stop()

    def _start(self, entry: ChatEntry) -> WebTurn:
        turn = WebTurn(entry.turn, lambda line: self.hub.tell(entry.who.user, line))
        key = (entry.who.user, entry.turn)
        self._running[key] = turn
        if said_of(entry).kind != "photo":
            self._quick.add(key)
        task = asyncio.create_task(self._run(entry, turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self._ended(key))
        return turn

    def _ended(self, key: tuple[str, str]) -> None:
        self._running.pop(key, None)
        self._quick.discard(key)

    async def _run(self, entry: ChatEntry, turn: WebTurn) -> None:
        said = said_of(entry)
        who = Who(entry.who.channel, entry.who.user, said.locale)
        turn.add("message", entry=shown(entry))
        try:
            async with self._claims.taken(entry) as attempt:
                if attempt:
                    await self._answer(who, entry, said, turn, attempt)
                    await self._chat.close_turn(entry)
                    self._deaths.end(entry.id)
                else:
                    await self._tell_again(entry, turn)
            turn.add("end", **await self._state(who))
        except Exception:
            # The store itself fails: the turn stays open in the log and is answered later.
            log.exception("a turn of the web chat could not be kept; it is tried again")
            turn.add("error", text=sentence("unavailable", said.locale))
        finally:
            turn.end()

    async def _answer(
        self, who: Who, entry: ChatEntry, said: PageSaid, turn: WebTurn, attempt: int
    ) -> None:
        replies = LoggedReplies(self._chat, who, turn, entry.turn, said.message)
        deaths = self._deaths.begin(entry.id, attempt)
        if self._deaths.is_to_blame(entry.id, deaths, entry.alone):
            log.error("a turn of the web chat was given up after %d deaths", deaths)
            await replies.send(Reply(sentence("failed", said.locale)))
            return

        async def fetch() -> bytes:
            data = await self._chat.upload(entry.id)
            if data is None:
                raise FetchError("the upload is gone")
            return data

        try:
            if said.kind == "album":
                await album_summary(self._chat, self._people, who, said, replies)
                return
            event = event_of(said, _key(who, entry.turn), fetch)
            if isinstance(event, PhotoSent):
                note = partial(self._chat.note_alone, entry)
                event = replace(event, suspect=self._deaths.suspect(entry.id, deaths, note))
            await self._handler.handle(who, event, replies)
        except DatabaseAway:
            raise
        except Exception:
            log.exception("the conversation failed")
            await replies.send(Reply(sentence("failed", said.locale)))

    async def _told_again(self, entry: ChatEntry) -> WebTurn:
        turn = WebTurn(entry.turn)
        await self._tell_again(entry, turn)
        turn.add("end", **await self._state(entry.who))
        turn.end()
        return turn

    async def _tell_again(self, entry: ChatEntry, turn: WebTurn) -> None:
        """What answered it before, or in another process, from the log."""
        pressed = said_of(entry).message
        for said in await self._chat.entries(entry.who):
            if said.author == "bot" and (said.turn == entry.turn or said.id == pressed):
                turn.add("message", entry=shown(said))

    async def _state(self, who: Who) -> dict[str, Any]:
        kept = await self._chat.index(who)
        language = await self._people.language(who)
        return {"first": kept[0][0] if kept else 0, "language": language or ""}


def _key(who: Who, turn: str) -> str:
    """Of the event that a turn is to the conversation."""
    return f"web:{who.user}:{turn}"
