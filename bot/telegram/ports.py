"""What the Telegram channel needs from storage; `storage.inbox.Inbox` is the real one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from storage.types import InboxItem


class InboxStore(Protocol):
    """Updates that were received and not yet answered."""

    async def put(self, channel: str, key: str, payload: str, user: str = "") -> bool:
        """Store an update; False where the key is known already."""
        ...

    async def put_many(
        self, channel: str, updates: Sequence[tuple[str, str] | tuple[str, str, str]]
    ) -> tuple[str, ...]:
        """Store several (key, payload, user) in one transaction; the keys that were new."""
        ...

    async def pending(self, channel: str) -> Sequence[InboxItem]:
        """What is neither done nor failed, oldest first."""
        ...

    async def note(self, channel: str, key: str, note: str) -> None:
        """Replace what the channel remembers about an update."""
        ...

    async def attempt(self, channel: str, key: str) -> int:
        """Count one more start of the work; how many that makes."""
        ...

    async def done(self, channel: str, key: str) -> None:
        """The update is answered."""
        ...

    async def fail(self, channel: str, key: str, reason: str) -> None:
        """The update is given up."""
        ...
