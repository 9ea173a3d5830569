"""One answer as it arises: its lines, which several requests may follow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from bot.channels.web.wire import line


class WebTurn:
    """The lines of one answer, as they arise; `tell` hands each to all pages of the person."""

    def __init__(self, name: str, tell: Callable[[bytes], None] | None = None) -> None:
        self._name = name
        self._tell = tell
        self._lines: list[bytes] = []
        self._done = False
        self._grown = asyncio.Event()

    def add(self, kind: str, **fields: Any) -> None:
        """Hand a line to everyone who follows."""
        made = line(kind, turn=self._name, **fields)
        self._lines.append(made)
        if self._tell:
            self._tell(made)
        self._wake()

    def end(self) -> None:
        """No more lines."""
        self._done = True
        self._wake()

    async def follow(self) -> AsyncIterator[bytes]:
        """All lines from the first, waiting for those to come."""
        seen = 0
        while True:
            grown = self._grown
            while seen < len(self._lines):
                seen += 1
                yield self._lines[seen - 1]
            if self._done:
                return
            if grown is self._grown:
                await grown.wait()

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()
