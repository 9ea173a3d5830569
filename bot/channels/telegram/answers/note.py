"""What the channel remembers about an update while it answers it, kept in the inbox's note."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.channels.telegram.ports import InboxStore
from bot.channels.telegram.updates.raw import CHANNEL


@dataclass(slots=True)
class UpdateNote:
    """`placeholder` is the "reading…" message; `sent` maps a reply's number to its message."""

    inbox: InboxStore
    key: str
    placeholder: int | None = None
    sent: dict[int, int] = field(default_factory=dict)
    failures: int = 0
    starts: int = 0  # not kept here: the inbox counts them, once for each process

    @classmethod
    def load(cls, inbox: InboxStore, key: str, text: str) -> UpdateNote:
        """The note as it was saved; an empty one from an empty text."""
        kept = json.loads(text) if text else {}
        sent = {int(number): message for number, message in kept.get("sent", {}).items()}
        return cls(inbox, key, kept.get("placeholder"), sent, kept.get("failures", 0))

    async def save(self) -> None:
        """Write it to the inbox."""
        kept = {"placeholder": self.placeholder, "sent": self.sent, "failures": self.failures}
        await self.inbox.note(CHANNEL, self.key, json.dumps(kept))


@dataclass(frozen=True, slots=True)
class Job:
    """A stored update on its way to its answer: its JSON, and its callback query if it is one."""

    payload: str
    note: UpdateNote
    query: str = ""
    chat: int = 0

    @property
    def key(self) -> str:
        """The inbox's key."""
        return self.note.key
