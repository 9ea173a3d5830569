"""What the channel remembers about an update while it answers it, kept in the inbox's note."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.channels.telegram.ports import InboxStore
from bot.channels.telegram.updates.raw import CHANNEL


@dataclass(slots=True)
class UpdateNote:
    """`placeholder` is the "reading…" message; `sent` maps a reply's number to its message.

    `intended` is the number of the new message that is being sent, and the newest id known before;
    `pressed`: its callback query was answered. `alone` counts how often its photo was read with no
    other beside it.
    """

    inbox: InboxStore
    key: str
    placeholder: int | None = None
    sent: dict[int, int] = field(default_factory=dict)
    failures: int = 0
    intended: tuple[int, int] | None = None
    pressed: bool = False
    alone: int = 0
    starts: int = 0  # not kept here: the inbox counts them, once for each process

    @classmethod
    def load(cls, inbox: InboxStore, key: str, text: str) -> UpdateNote:
        """The note as it was saved; an empty one from an empty text."""
        kept = json.loads(text) if text else {}
        sent = {int(number): message for number, message in kept.get("sent", {}).items()}
        intended = tuple(kept["intended"]) if kept.get("intended") else None
        return cls(
            *(inbox, key, kept.get("placeholder"), sent, kept.get("failures", 0)),
            *(intended, kept.get("pressed", False), kept.get("alone", 0)),
        )

    async def save(self) -> None:
        """Write it to the inbox."""
        kept = {
            "placeholder": self.placeholder,
            "sent": self.sent,
            "failures": self.failures,
            "intended": self.intended,
            "pressed": self.pressed,
            "alone": self.alone,
        }
        await self.inbox.note(CHANNEL, self.key, json.dumps(kept))


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
