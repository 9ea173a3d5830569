"""Callback queries are answered once, and soon: with the reply's toast where it comes in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.telegram.answers.note import UpdateNote
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import AnsweredElsewhere
from bot.channels.telegram.logs import LOG
from bot.talk.errors import DeliveryError
from storage.errors import StorageError

GROUP_PATIENCE = 10


class Presses:
    """The open callback queries of this process."""

    def __init__(self, wire: Wire, wait_s: float) -> None:
        self.wire = wire
        self._wait_s = wait_s
        self._answers: dict[str, asyncio.Task[None]] = {}

    def answer(
        self, query: str, toast: str = "", note: UpdateNote | None = None
    ) -> tuple[asyncio.Task[None], bool]:
        """Begin the answer unless it was begun; it, and whether it carries this toast.

        `note` is its update's: what it says to have been answered before a restart is not again.
        """
        first = query not in self._answers
        if first:
            self._answers[query] = asyncio.create_task(self._answer(query, toast, note))
        return self._answers[query], first and not (note and note.pressed)

    async def _answer(self, query: str, toast: str, note: UpdateNote | None) -> None:
        if note and note.pressed:
            return
        try:
            await self.wire.answer_press(query, toast)
        except DeliveryError as error:
            # Too old, or answered before a restart: the message is edited all the same.
            LOG.info("press not answered: %s", error)
        if note:
            note.pressed = True
            try:
                await note.save()
            except (StorageError, AnsweredElsewhere) as error:  # at worst it is answered once more
                LOG.warning("an answered press could not be noted: %s", error)

    @asynccontextmanager
    async def waiting(self, query: str, private: bool, note: UpdateNote) -> AsyncIterator[None]:
        """Answer without a toast when the work takes longer than the wait, or ends without one.

        In a group the wait is longer: there the toast is all that others may see.
        """
        wait_s = self._wait_s * (1 if private else GROUP_PATIENCE)
        timer = asyncio.get_running_loop().call_later(wait_s, self.answer, query, "", note)
        try:
            yield
        finally:
            timer.cancel()
            task, _ = self.answer(query, note=note)
            await task

    def forget(self, query: str) -> None:
        """The turn of this press is over."""
        self._answers.pop(query, None)
