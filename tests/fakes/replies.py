"""A sink that keeps what it was sent."""

from __future__ import annotations

from bot.talk.errors import DeliveryError
from bot.talk.types import Choice, Reply


class RecordingReplies:
    """Keeps replies in `sent`; the first `failures` sends raise `DeliveryError` instead."""

    def __init__(self, failures: int = 0) -> None:
        self.sent: list[Reply] = []
        self.worked = 0
        self.failures = failures

    async def send(self, reply: Reply) -> None:
        if self.failures:
            self.failures -= 1
            raise DeliveryError("the wire is cut")
        self.sent.append(reply)

    async def working(self) -> None:
        self.worked += 1

    @property
    def last(self) -> Reply:
        """The newest reply."""
        return self.sent[-1]

    @property
    def text(self) -> str:
        """All texts and notices, one after the other."""
        return "\n".join(reply.text or reply.toast for reply in self.sent)

    def choices(self) -> list[Choice]:
        """All buttons of the newest reply."""
        return [choice for row in self.last.rows for choice in row]

    def data(self, verb: str) -> str:
        """The data of the newest reply's first button with this verb."""
        for choice in self.choices():
            if choice.data.startswith(f"{verb}:"):
                return choice.data
        raise AssertionError(f"no button {verb!r} among {[c.data for c in self.choices()]}")
