"""How much at once is taken from everybody and from one address, and how slowly it may come.

One address is one household or office, or somebody who makes as many guests as they like: without a
cookie each request is a new person's. All of it is counted in memory, by each process for itself.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from time import monotonic

from bot.channels.web.wire import RequestError
from bot.guarding.buckets import Buckets
from surroundings.addresses import party


@dataclass(frozen=True, slots=True)
class Pace:
    """How slowly a request's bytes may come; who is slower is cut off.

    `least_bytes_s` on average, after the first `grace_s` seconds, and all within `deadline_s`.
    """

    least_bytes_s: float = 2048.0  # a tenth of what a bad telephone line does
    grace_s: float = 10.0
    deadline_s: float = 180.0

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[Callable[[int], None]]:
        """Gives what to call with the number of bytes that came. Raises TimeoutError."""
        began, size = asyncio.get_running_loop().time(), 0
        async with asyncio.timeout_at(began + min(self.grace_s, self.deadline_s)) as limit:

            def came(more: int) -> None:
                nonlocal size
                size += more
                seconds = self.grace_s + size / self.least_bytes_s
                limit.reschedule(began + min(seconds, self.deadline_s))

            yield came


@dataclass(frozen=True, slots=True)
class RushLimits:
    """What is taken: uploads at once, by everybody and by one address; photos of one in a minute.

    0 photos: no limit.
    """

    uploads: int = 16  # each is a file that grows
    uploads_of_one: int = 4
    photos_per_minute: int = 0
    pace: Pace = Pace()


class Rush:
    """Counts what comes, by address."""

    def __init__(self, limits: RushLimits, clock: Callable[[], float] = monotonic) -> None:
        self.pace = limits.pace
        self._limits = limits
        self._arriving: Counter[str] = Counter()
        most = limits.photos_per_minute
        self._photos = Buckets(most, clock) if most else None

    @contextmanager
    def slot(self, address: str | None) -> Iterator[None]:
        """Room for one upload. Raises `RequestError` where there is none."""
        whose, limits = party(address), self._limits
        if self._arriving.total() >= limits.uploads:
            raise RequestError("busy")
        if self._arriving[whose] >= limits.uploads_of_one:
            raise RequestError("busy")
        self._arriving[whose] += 1
        try:
            yield
        finally:
            self._arriving[whose] -= 1
            if not self._arriving[whose]:
                del self._arriving[whose]

    def photo(self, address: str | None) -> None:
        """Count a photo before it is taken. Raises `RequestError` for one too many.

        Who has sent none for a minute may send all at once; then they come back evenly.
        """
        if self._photos is not None and self._photos.take(address):
            raise RequestError("crowded")
