"""Answers one stored item: translated, handed to the conversation, marked when it is done."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace

from telegram import Update

from bot.channels.telegram.answers.albums import Albums
from bot.channels.telegram.answers.language import sentences_for
from bot.channels.telegram.answers.marks import marked
from bot.channels.telegram.answers.memory import PostMemory
from bot.channels.telegram.answers.note import Job
from bot.channels.telegram.answers.once import Once
from bot.channels.telegram.answers.presses import Presses
from bot.channels.telegram.answers.replies import TelegramReplies
from bot.channels.telegram.answers.typing_sign import TypingSign
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.errors import (
    AnsweredElsewhere,
    FloodWait,
    Refused,
    TokenRejected,
    Unreachable,
    UnreadableUpdate,
)
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.own_answer import OwnAnswer
from bot.channels.telegram.ports import TelegramShelves
from bot.channels.telegram.updates.addressing import Me
from bot.channels.telegram.updates.incoming import Incoming, translate
from bot.channels.telegram.updates.raw import CHANNEL, is_album, is_mark
from bot.talk.errors import PersonGone
from bot.talk.suspects import Deaths
from bot.talk.types import Event, Handler, MarkSent, PhotoSent, Reply
from storage.errors import DatabaseAway

MAX_FAILURES = 3
PLACEHOLDER = -1000
"""Its number among its messages; replies count up from 0, texts before them from -1 down."""

_AWAY = 3
"""Failures in a row whose wait is right for a database that is away: some two seconds."""


class Answering:
    """Runs turns; what happens to an update is in the inbox when `answer` returns.

    `gone` is told of an item whose person cannot be reached.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        handler: Handler,
        shelves: TelegramShelves,
        presses: Presses,
        me: Me,
        timing: CallTiming,
        gone: Callable[[Job], Awaitable[None]],
    ) -> None:
        self._handler = handler
        self._inbox = shelves.inbox
        self._people = shelves.people
        self._wire = presses.wire
        self._presses = presses
        self._memory = PostMemory(shelves.posts, timing)
        self._albums = Albums(shelves.inbox, shelves.posts, timing)
        self._me = me
        self._timing = timing
        self._deaths = Deaths()
        self._gone = gone

    async def answer(self, job: Job) -> float | None:
        """Answer it or give it up; the seconds after which to try again, where that is needed.

        Raises `TokenRejected` and what the inbox raises.
        """
        note = job.note
        note.starts = note.starts or await self._inbox.attempt(CHANNEL, job.key, note.lease.owner)
        if not note.starts:
            LOG.info("update %s is answered elsewhere", job.key)
            return None
        try:
            deaths = note.starts - 1  # each by another process
            blamed = self._deaths.is_to_blame(job.key, deaths, note.alone)
            if note.failures >= MAX_FAILURES or blamed:
                await self._give_up(job)
                return None
            await self._understand_and_run(job)
            await self._inbox.done(CHANNEL, job.key)
            self._deaths.end(job.key)
        except AnsweredElsewhere:
            LOG.warning("update %s is answered elsewhere by now", job.key)
        except PersonGone as error:
            LOG.info("update %s: nobody to answer: %s", job.key, error)
            await self._inbox.done(CHANNEL, job.key)
            await self._gone(job)
        except UnreadableUpdate as error:
            LOG.error("update %s cannot be read: %s", job.key, error)
            await self._inbox.fail(CHANNEL, job.key, "unreadable")
        except TokenRejected:
            raise
        except FloodWait as error:
            LOG.info("update %s waits: %s", job.key, error)
            return error.wait_s
        except (Unreachable, DatabaseAway) as error:
            # Not the update's fault, so not counted: it waits until the other side is back.
            LOG.warning("update %s waits: %s", job.key, error)
            away = isinstance(error, DatabaseAway)
            return self._timing.wait_s(_AWAY) if away else self._timing.longest_wait_s
        except Exception:
            return await self._failed(job)
        return None

    async def _understand_and_run(self, job: Job) -> None:
        incoming = self._translated(job)
        if incoming is None:
            if job.query:  # nothing for us, but the button's spinner must stop
                task, _ = self._presses.answer(job.query, note=job.note)
                await task
            return
        if is_album(job.key):
            if incoming.album:
                say = await sentences_for(self._people, incoming.who)
                once = Once(self._wire, self._inbox, incoming, job.note)
                await self._albums.sum_up(once, say)
            return
        meant = await self._memory.meant(job.key, incoming)
        if meant is not None:
            await self._run(job, meant)

    def _translated(self, job: Job) -> Incoming | None:
        if is_mark(job.key):
            return marked(job.key, job.payload)
        try:
            update = Update.de_json(json.loads(job.payload), self._wire.bot)
        except Exception as error:
            raise UnreadableUpdate(f"{type(error).__name__}: {error}") from None
        return translate(update, self._me, self._wire.fetch)

    async def _run(self, job: Job, incoming: Incoming) -> None:
        typing = TypingSign(self._wire, incoming.place, self._timing)
        once = Once(self._wire, self._inbox, incoming, job.note)
        replies = TelegramReplies(once, self._presses, typing)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(typing.end)
            if incoming.press:
                query, private = incoming.press.query, incoming.place.private
                waiting = self._presses.waiting(query, private, job.note)
                await stack.enter_async_context(waiting)
            await self._prepare(job, incoming, once)
            if isinstance(incoming.event, OwnAnswer):
                say = await sentences_for(self._people, incoming.who)
                await replies.send(incoming.event.reply(say))
            else:
                event = self._suspected(job, incoming.event)
                await self._handler.handle(incoming.who, event, replies)
        if replies.trouble:
            raise replies.trouble
        await self._memory.answered(job.key, incoming, replies)

    def _suspected(self, job: Job, event: Event) -> Event:
        """The event; a suspect photo is marked as one."""
        note = job.note
        if not isinstance(event, PhotoSent):
            return event

        async def alone() -> None:
            note.alone += 1
            await note.save()

        return replace(event, suspect=self._deaths.suspect(job.key, note.starts - 1, alone))

    async def _prepare(self, job: Job, incoming: Incoming, once: Once) -> None:
        """The message whose place the answer takes: the earlier answer, or "reading…", once."""
        if job.note.placeholder or job.note.sent:
            return
        if incoming.answer:
            job.note.placeholder = incoming.answer
        elif isinstance(incoming.event, PhotoSent | MarkSent):
            say = await sentences_for(self._people, incoming.who)
            reading = Reply(say("telegram-reading"))
            place, answers = incoming.place, incoming.message
            job.note.placeholder = await once.post(
                PLACEHOLDER,
                lambda: self._wire.send_text(place, reading, answers),
                lambda message: [lambda: self._wire.edit_text(place, message, reading)],
            )
            job.note.intended = None
        else:
            return
        await job.note.save()

    async def _failed(self, job: Job) -> float:
        job.note.failures += 1
        LOG.exception("update %s failed, time %d", job.key, job.note.failures)
        await job.note.save()
        return self._timing.wait_s(job.note.failures)

    async def _give_up(self, job: Job) -> None:
        LOG.error("update %s given up", job.key)
        incoming = None
        with suppress(Exception):  # what cannot be translated has nobody to tell
            incoming = None if is_album(job.key) else self._translated(job)
        if incoming and incoming.addressed:
            say = await sentences_for(self._people, incoming.who)
            typing = TypingSign(self._wire, incoming.place, self._timing)
            once = Once(self._wire, self._inbox, incoming, job.note)
            replies = TelegramReplies(once, self._presses, typing)
            with suppress(PersonGone, Refused):
                await replies.apologise(Reply(say("telegram-gave-up")))
        reason = f"{job.note.failures} failures"
        await self._inbox.fail(CHANNEL, job.key, reason)
