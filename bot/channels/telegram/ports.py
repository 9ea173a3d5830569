"""What the Telegram channel needs from storage; `storage.store.Store` has the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.talk.ports import Languages
from storage.types import InboxItem, Lease, Post


class InboxStore(Protocol):
    """Updates that were received and not yet answered; each is held by one process at a time."""

    async def put_many(
        self,
        channel: str,
        updates: Sequence[tuple[str, str] | tuple[str, str, str]],
        lease: Lease | None = None,
    ) -> tuple[str, ...]:
        """Store several (key, payload, user) in one transaction; the keys that were new."""
        ...

    async def take(self, channel: str, lease: Lease) -> Sequence[InboxItem]:
        """Take what waits and nobody holds, oldest first."""
        ...

    async def renew(self, channel: str, lease: Lease) -> int:
        """Go on holding what the owner holds."""
        ...

    async def release(self, channel: str, owner: str) -> None:
        """Let go of what the owner holds."""
        ...

    async def waiting(self, channel: str, keys: Sequence[str]) -> frozenset[str]:
        """Which of these are neither done nor failed."""
        ...

    async def note(self, channel: str, key: str, note: str, lease: Lease) -> bool:
        """Replace what the channel remembers about an update that the owner holds, and goes on to.

        False: somebody else may hold it by now, and nothing is changed.
        """
        ...

    async def told(self, channel: str, key: str, note: str, user: str) -> None:
        """Remember something, or something else, about a message that answers no update."""
        ...

    async def notes(self, channel: str, user: str) -> Mapping[str, str]:
        """What is remembered about all of a person's updates, answered ones too, by key."""
        ...

    async def attempt(self, channel: str, key: str, owner: str | None = None) -> int:
        """Count one more start of the work; 0: it is not the owner's to do (any more)."""
        ...

    async def done(self, channel: str, key: str) -> None:
        """The update is answered."""
        ...

    async def fail(self, channel: str, key: str, reason: str) -> None:
        """The update is given up."""
        ...


class PostStore(Protocol):
    """Which message answers which; `storage.tables.channels.posts.PostTable` is the real one."""

    async def seen(self, posts: Sequence[Post]) -> None:
        """Remember received messages; those known already stay as they are."""
        ...

    async def get(self, channel: str, chat: int, message: int) -> Post | None:
        """The person's message."""
        ...

    async def of_answer(self, channel: str, chat: int, answer: int) -> Post | None:
        """The message that this one of ours answers."""
        ...

    async def of_interaction(self, channel: str, user: str, interaction: int) -> Post | None:
        """The person's newest message about a row."""
        ...

    async def album(self, channel: str, chat: int, album: str) -> Sequence[Post]:
        """The messages of an album, in order."""
        ...

    async def save(self, post: Post) -> None:
        """Write the message's row, new or known."""
        ...

    async def sum_up(self, channel: str, chat: int, messages: Sequence[int], summary: int) -> None:
        """These messages are counted in the message `summary`."""
        ...


@dataclass(frozen=True, slots=True)
class TelegramShelves:
    """All of it together."""

    inbox: InboxStore
    posts: PostStore
    people: Languages
