"""A new message reaches its chat once, though Telegram knows no key that would see to it.

The intention is kept before the call, the message's id right after it. Where a crash, or a lost
answer, leaves an intention without an id, the message may be there: then its id is one of the next
ones after the newest that was known, since a bot's private messages are numbered in a row. Editing
each of these into what was meant finds it. Messages of other people and in other chats cannot be
edited, and those are left out that the person's other notes name. What is not found was not taken,
and is sent now. It is sent anyway where the search could hit another message: in a group, where
answers to others lie between, and where a second message to the person has no id yet.

Who writes the intention holds the update from then on for the length of a lease, so that nobody
searches before the message is there.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from uuid import uuid4

from bot.channels.telegram.answers.note import UpdateNote, named
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import FloodWait, Refused, Unreachable
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.ports import InboxStore
from bot.channels.telegram.updates.incoming import ChatPlace, Incoming
from bot.channels.telegram.updates.raw import CHANNEL, told_key
from bot.talk.errors import DeliveryError
from bot.talk.types import Reply
from storage.types import Who

_IDS_AHEAD = 30
"""Ids: messages to and from everybody within the second in which the process died."""

Edit = Callable[[int], Sequence[Callable[[], Awaitable[None]]]]
"""From a message's id to the edits that make it what is meant; one of them fits its kind."""


class Once:
    """Sends the new messages of one update."""

    def __init__(self, wire: Wire, inbox: InboxStore, incoming: Incoming, note: UpdateNote) -> None:
        self.wire = wire
        self._inbox = inbox
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
            await self.note.save()
            raise

    async def _found(self, newest: int, edits: Edit) -> int | None:
        if not self.incoming.place.private:
            return None
        known = await self._known()
        if known is None:
            return None
        for message in range(newest + 1, newest + 1 + _IDS_AHEAD):
            if message in known:
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

    async def _known(self) -> set[int] | None:
        """Our other messages to this person; None: there may be one whose id nobody knows."""
        notes = dict(await self._inbox.notes(CHANNEL, self.incoming.who.user))
        own = named(notes.pop(self.note.key, "{}"))[0]
        others = [named(note) for note in notes.values()]
        if any(in_doubt for _, in_doubt in others):
            return None
        return own.union(*(messages for messages, _ in others))


async def tell(wire: Wire, inbox: InboxStore, who: Who, reply: Reply) -> None:
    """A message that answers no update, noted so that no search takes it for another.

    Raises `DeliveryError` and what the inbox raises.
    """
    key = told_key(uuid4().hex)

    async def note(**kept: object) -> None:
        await inbox.told(CHANNEL, key, json.dumps(kept), who.user)

    await note(intended=True)
    try:
        message = await wire.send_text(ChatPlace(int(who.user)), reply, None)
    except Unreachable:
        raise  # it may have been taken
    except DeliveryError:
        await note()
        raise
    await note(sent={0: message})
