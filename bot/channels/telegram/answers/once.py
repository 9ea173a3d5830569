"""A new message reaches its chat once, though Telegram knows no key that would see to it.

The intention is kept before the call, the message's id right after it. Where a crash, or a lost
answer, leaves an intention without an id, the message may be there: then its id is one of the next
ones after the newest that was known, since a bot's messages are numbered in a row. Editing each of
these into what was meant finds it: only there "message is not modified". Messages of other people
and other chats cannot be edited, and answers that are known are left out. What is not found was
not taken, and is sent now.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.channels.telegram.answers.note import UpdateNote
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import FloodWait, Refused
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.ports import PostStore
from bot.channels.telegram.updates.incoming import Incoming
from bot.channels.telegram.updates.raw import CHANNEL

_IDS_AHEAD = 30
"""Ids: messages to and from everybody within the second in which the process died."""

Edit = Callable[[int], Sequence[Callable[[], Awaitable[None]]]]
"""From a message's id to the edits that make it what is meant; one of them fits its kind."""


class Once:
    """Sends the new messages of one update."""

    def __init__(self, wire: Wire, posts: PostStore, incoming: Incoming, note: UpdateNote) -> None:
        self.wire = wire
        self._posts = posts
        self.incoming = incoming
        self.note = note

    async def post(self, number: int, send: Callable[[], Awaitable[int]], edits: Edit) -> int:
        """The id of message `number` of this update: found, where it was sent before, or sent.

        The caller keeps it in the note. Raises `DeliveryError`.
        """
        intended = self.note.intended
        if intended and intended[0] == number:
            found = await self._found(intended[1], edits)
            if found is not None:
                LOG.info("update %s: message %d had arrived", self.note.key, number)
                return found
        newest = max(self.wire.newest(self.incoming.place.chat), self.incoming.message)
        self.note.intended = number, newest
        await self.note.save()
        try:
            return await send()
        except (Refused, FloodWait):
            self.note.intended = None  # it was not taken, and that for sure
            raise

    async def _found(self, newest: int, edits: Edit) -> int | None:
        for message in range(newest + 1, newest + 1 + _IDS_AHEAD):
            if await self._posts.of_answer(CHANNEL, self.incoming.place.chat, message) is not None:
                continue
            for edit in edits(message):
                try:
                    await edit()
                except Refused as error:
                    if error.unchanged:
                        return message
                    if error.other_kind:
                        continue
                    break
                else:
                    return message
        return None
