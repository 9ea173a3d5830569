"""Answers one stored update: translated, handed to the conversation, marked when it is done."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, suppress

from telegram import Update

from bot.errors import PersonGone
from bot.sentences import language_of
from bot.telegram.calls import Timing
from bot.telegram.errors import Refused, TokenRejected, Unreachable
from bot.telegram.incoming import CHANNEL, Incoming, Me, translate
from bot.telegram.logs import LOG
from bot.telegram.note import Job
from bot.telegram.ports import InboxStore
from bot.telegram.presses import Presses
from bot.telegram.replies import TelegramReplies
from bot.telegram.sentences import GAVE_UP, READING
from bot.types import Handler, PhotoSent, Reply

MAX_FAILURES = 3
MAX_STARTS = 20
"""An update under which the process itself dies is given up too, but later: it may not be
the one to blame."""


class Answering:
    """Runs turns; what happens to an update is in the inbox when `answer` returns."""

    def __init__(
        self,
        handler: Handler,
        inbox: InboxStore,
        presses: Presses,
        me: Me,
        timing: Timing,
    ) -> None:
        self._handler = handler
        self._inbox = inbox
        self._wire = presses.wire
        self._presses = presses
        self._me = me
        self._timing = timing

    async def answer(self, job: Job) -> None:
        """Answer it or give it up. Raises `TokenRejected` and what the inbox raises."""
        starts = await self._inbox.attempt(CHANNEL, job.key)
        while True:
            try:
                if job.note.failures >= MAX_FAILURES or starts > MAX_STARTS:
                    return await self._give_up(job)
                if incoming := self._translated(job):
                    await self._run(job, incoming)
                return await self._inbox.done(CHANNEL, job.key)
            except PersonGone as error:
                LOG.info("update %s: nobody to answer: %s", job.key, error)
                return await self._inbox.done(CHANNEL, job.key)
            except TokenRejected:
                raise
            except Unreachable as error:
                # Not the update's fault, so not counted: it waits until Telegram is back.
                LOG.warning("update %s waits, Telegram is out of reach: %s", job.key, error)
                await asyncio.sleep(self._timing.longest_wait_s)
            except Exception:
                await self._failed(job)

    def _translated(self, job: Job) -> Incoming | None:
        update = Update.de_json(json.loads(job.payload), self._wire.bot)
        return translate(update, self._me, self._wire.fetch)

    async def _run(self, job: Job, incoming: Incoming) -> None:
        replies = TelegramReplies(self._wire, self._presses, incoming, job.note)
        async with AsyncExitStack() as stack:
            if incoming.press:
                await stack.enter_async_context(self._presses.waiting(incoming.press.query))
            if isinstance(incoming.event, PhotoSent):
                await self._show_placeholder(job, incoming)
            await self._handler.handle(incoming.who, incoming.event, replies)
        if replies.trouble:
            raise replies.trouble

    async def _show_placeholder(self, job: Job, incoming: Incoming) -> None:
        """Say that the photo is being read, once; the answer takes this message's place."""
        if job.note.placeholder or job.note.sent:
            return
        text = READING[language_of(None, incoming.who.locale)]
        message = await self._wire.send_text(incoming.chat, Reply(text), incoming.message)
        job.note.placeholder = message
        await job.note.save()

    async def _failed(self, job: Job) -> None:
        job.note.failures += 1
        LOG.exception("update %s failed, time %d", job.key, job.note.failures)
        await job.note.save()
        await asyncio.sleep(self._timing.wait_s(job.note.failures))

    async def _give_up(self, job: Job) -> None:
        LOG.error("update %s given up", job.key)
        incoming = None
        with suppress(Exception):  # what cannot be translated has nobody to tell
            incoming = self._translated(job)
        if incoming:
            text = GAVE_UP[language_of(None, incoming.who.locale)]
            replies = TelegramReplies(self._wire, self._presses, incoming, job.note)
            with suppress(PersonGone, Refused):
                await replies.apologise(Reply(text))
        reason = f"{job.note.failures} failures"
        await self._inbox.fail(CHANNEL, job.key, reason)
