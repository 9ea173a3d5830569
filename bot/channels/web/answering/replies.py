"""The sink of a turn of the web chat."""

from __future__ import annotations

from bot.channels.web.answering.turn import WebTurn
from bot.channels.web.types import ChatLog
from bot.channels.web.wire import body_of, shown
from bot.talk.types import Reply, Who
from storage.types import ChatEntry


class LoggedReplies:
    """The sink of one turn: replies go to the log first, then to whoever follows."""

    pictured = True

    def __init__(self, chat: ChatLog, who: Who, turn: WebTurn, name: str, pressed: int) -> None:
        self._chat = chat
        self._who = who
        self._turn = turn
        self._name = name
        self._pressed = pressed
        self._last = 0  # the entry with the last reply

    async def send(self, reply: Reply) -> None:
        """Store and show one reply."""
        if reply.toast:
            self._turn.add("toast", text=reply.toast)
        if reply.text or reply.image or reply.rows or reply.document:
            entry = await self._kept(reply)
            if entry is not None:
                self._last = entry.id
                self._turn.add("message", entry=shown(entry))

    @property
    def latest(self) -> int:
        """The entry with the last reply; 0: none yet."""
        return self._last

    async def amend(self, reply: Reply, message: int) -> None:
        """Change an entry of this turn, on the page too."""
        body, image = body_of(reply), reply.image
        changed = await self._chat.change(self._who, message, body, image, None)
        if changed is not None:
            self._turn.add("message", entry=shown(changed))

    async def working(self) -> None:
        """Tell the page that work is under way."""
        self._turn.add("working")

    async def _kept(self, reply: Reply) -> ChatEntry | None:
        body, image = body_of(reply), reply.image
        file = reply.document.content if reply.document else None
        if reply.replaces and self._pressed:
            changed = await self._chat.change(
                self._who, self._pressed, body, image, file, dark=reply.dark
            )
            if changed is not None:
                return changed
        if reply.only_in_place:
            return None
        return await self._chat.say(self._who, self._name, body, image, file, dark=reply.dark)
