"""What prices were seen, from day to day: written aside, so that no answer waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import date, datetime
from statistics import median
from typing import Protocol

from bot.talk.desk import KST
from lookup.types import PriceQuote
from storage.watch_types import PriceSeen
from stylecode import key as code_key

log = logging.getLogger(__name__)

_MOST_WAITING = 5_000  # answers, while the database cannot keep up
_BATCH_ANSWERS = 200  # answers in one transaction


class SeenTable(Protocol):
    """Where prices seen are kept; `storage.tables.prices_seen.PricesSeen` is the real one."""

    async def add(self, seen: Sequence[PriceSeen]) -> None:
        """Keep what was seen; a day keeps its lowest price."""
        ...

    async def of(self, code_keys: Collection[str], since: date) -> Sequence[PriceSeen]:
        """What was seen of these codes from that day on, oldest first."""
        ...


class PriceRecorder:
    """Keeps each source's answers; `hear` is what `lookup.service.PriceLookup` calls.

    `start` and `stop` belong to the running loop; what is heard before is kept at the start.
    """

    def __init__(self, table: SeenTable) -> None:
        self._table = table
        self._waiting: list[PriceSeen] = []
        self._came = asyncio.Event()
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def hear(self, quote: PriceQuote) -> None:
        """Remember an answer; without comparable offers there is nothing to remember."""
        seen = seen_in(quote)
        if seen is None:
            return
        if len(self._waiting) >= _MOST_WAITING:
            log.warning("prices seen cannot be kept: the database does not keep up")
            return
        self._waiting.append(seen)
        self._came.set()

    async def of(self, code_keys: Collection[str], since: date) -> Sequence[PriceSeen]:
        """What was seen of these codes from that day on, what was just heard included."""
        await self._write()
        return await self._table.of(code_keys, since)

    async def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._keep_writing(), name="prices-seen")

    async def stop(self) -> None:
        """Write what waits, and end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._write()

    async def _keep_writing(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            await self._write()

    async def _write(self) -> None:
        """Write what waits; trouble is logged, since no answer hangs on it."""
        async with self._writing:
            while self._waiting:
                some, self._waiting = self._waiting[:_BATCH_ANSWERS], self._waiting[_BATCH_ANSWERS:]
                try:
                    await self._table.add(some)
                except asyncio.CancelledError:
                    self._waiting = [*some, *self._waiting]
                    raise
                except Exception:
                    log.exception("%d prices seen could not be kept", len(some))


def seen_in(quote: PriceQuote) -> PriceSeen | None:
    """What an answer tells about its day, None where it has no price of one new pair."""
    prices = [offer.price_won for offer in quote.offers if offer.comparable]
    if not prices:
        return None
    return PriceSeen(
        code_key(quote.code),
        quote.source,
        quote.source_name,
        day_of(quote.fetched_at),
        min(prices),
        round(median(prices)),
        len(prices),
    )


def day_of(at: datetime) -> date:
    """The day in Korea."""
    return at.astimezone(KST).date()
