"""Everything that happens in a person's conversation, told to all of their open pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

EARS_OF_ONE = 20
EARS_OF_ALL = 2000
_MOST_LATE = 256  # that a page may be late


class Ear:
    """What one page has yet to be told."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[bytes] = asyncio.Queue(_MOST_LATE)
        self.closed = False
        self.missed = False

    def hear(self, line: bytes) -> None:
        """Keep a line; a page that is too late has missed it and starts over."""
        try:
            self._lines.put_nowait(line)
        except asyncio.QueueFull:
            self.missed = True

    def close(self) -> None:
        """Nothing comes any more."""
        self.closed = True
        self.hear(b"")

    async def next(self, seconds: float) -> bytes:
        """The next line, or nothing after this time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._lines.get()
        except TimeoutError:
            return b""

    def start_over(self) -> None:
        """Forget what waits."""
        self.missed = False
        while not self._lines.empty():
            self._lines.get_nowait()


class Hub:
    """Who listens to whose conversation."""

    def __init__(self) -> None:
        self._ears: dict[str, set[Ear]] = {}
        self.closed = False

    def tell(self, user: str, line: bytes) -> None:
        """Tell all pages of a person."""
        for ear in self._ears.get(user, ()):
            ear.hear(line)

    def full(self, user: str) -> bool:
        """Whether no further page of this person can listen."""
        mine = len(self._ears.get(user, ()))
        return self.closed or mine >= EARS_OF_ONE or self._all() >= EARS_OF_ALL

    @contextmanager
    def listen(self, user: str) -> Iterator[Ear]:
        """An ear for one page, as long as it is there."""
        ear = Ear()
        self._ears.setdefault(user, set()).add(ear)
        try:
            yield ear
        finally:
            mine = self._ears[user]
            mine.discard(ear)
            if not mine:
                del self._ears[user]

    def close(self) -> None:
        """Let all pages go."""
        self.closed = True
        for ears in self._ears.values():
            for ear in ears:
                ear.close()

    def _all(self) -> int:
        return sum(map(len, self._ears.values()))
