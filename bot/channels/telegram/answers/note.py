"""What the channel remembers about an update while it answers it, kept in the inbox's note."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.channels.telegram.errors import AnsweredElsewhere
from bot.channels.telegram.ports import InboxStore
from bot.channels.telegram.updates.raw import CHANNEL
from storage.types import Lease


@dataclass(slots=True)
class UpdateNote:
    """`placeholder` is the "reading…" message; `sent` maps a reply's number to its message.

    `intended` is the number of the new message that is being sent, and the newest id known before;
    `pressed`: its callback query was answered. `alone` counts how often its photo was read with no
    other beside it. `lease` is the process's, whose hold begins anew with each `save`.
    """

    inbox: InboxStore
    lease: Lease
    key: str
    placeholder: int | None = None
    sent: dict[int, int] = field(default_factory=dict)
    failures: int = 0
    intended: tuple[int, int] | None = None
    pressed: bool = False
    alone: int = 0
    starts: int = 0  # not kept here: the inbox counts them, once for each process

    @classmethod
    def load(cls, inbox: InboxStore, lease: Lease, key: str, text: str) -> UpdateNote:
        """The note as it was saved; an empty one from an empty text."""
        kept = json.loads(text) if text else {}
        sent = {int(number): message for number, message in kept.get("sent", {}).items()}
        intended = tuple(kept["intended"]) if kept.get("intended") else None
        return cls(
            *(inbox, lease, key, kept.get("placeholder"), sent, kept.get("failures", 0)),
            *(intended, kept.get("pressed", False), kept.get("alone", 0)),
        )

    async def save(self) -> None:
        """Write it to the inbox. Raises `AnsweredElsewhere`, and what the inbox raises."""
        kept = {
            "placeholder": self.placeholder,
            "sent": self.sent,
            "failures": self.failures,
            "intended": self.intended,
            "pressed": self.pressed,
            "alone": self.alone,
        }
        if not await self.inbox.note(CHANNEL, self.key, json.dumps(kept), self.lease):
            raise AnsweredElsewhere(self.key)


def named(note: str) -> tuple[set[int], bool]:
    """The messages that a note names, and whether there may be one that it cannot name yet."""
    kept = json.loads(note)
    messages = {kept.get("placeholder"), *kept.get("sent", {}).values()} - {None}
    return messages, bool(kept.get("intended"))


@dataclass(frozen=True, slots=True)
class Job:
    """A stored update on its way to its answer: its JSON, and its callback query if it is one.

    `photo`: it may have to be read.
    """

    payload: str
    note: UpdateNote
    query: str = ""
    chat: int = 0
    photo: bool = False

    @property
    def key(self) -> str:
        """The inbox's key."""
        return self.note.key
