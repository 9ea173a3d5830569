"""All price sources asked at the same time; one answer, whatever happens to any of them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lookup.link import naver_link
from lookup.types import PriceAnswer, PriceQuote, PriceSource, SourceState

log = logging.getLogger(__name__)

# Seconds an answer stays good, by source key. The own catalogue is asked each time: it is near,
# and an import must show at once.
LIFETIMES_S: Mapping[str, float] = {"naver": 300.0}
MOST_KEPT = 2_000
_WORTH_KEEPING = frozenset({SourceState.OK, SourceState.EMPTY})


@dataclass(frozen=True, slots=True)
class _Kept:
    quote: PriceQuote
    good_until: float


class PriceLookup:
    """Asks `sources` side by side, each for at most `deadline_s` seconds; works with none.

    `lifetimes_s` says by source key how many seconds an OK or EMPTY quote is reused (sources not
    named: never). The same code asked twice at once is asked of the sources once.
    Raises `ValueError` when made with two sources of one key.
    """

    def __init__(
        self,
        sources: Sequence[PriceSource],
        deadline_s: float = 2.5,
        *,
        lifetimes_s: Mapping[str, float] = LIFETIMES_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        keys = [source.key for source in sources]
        if len(set(keys)) != len(keys):
            raise ValueError(f"price sources with the same key: {keys}")
        self._sources = tuple(sources)
        self._deadline_s = deadline_s
        self._lifetimes_s = dict(lifetimes_s)
        self._clock = clock
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._flights: dict[str, asyncio.Task[tuple[PriceQuote, ...]]] = {}
        self._stragglers: set[asyncio.Task[PriceQuote]] = set()

    async def quote(self, code: str) -> PriceAnswer:
        """All sources' quotes in the order of the sources, and the link. Never raises."""
        code = code.strip()
        flight = self._flights.get(code)
        if flight is None:
            flight = asyncio.create_task(self._ask_all(code))
            self._flights[code] = flight
            flight.add_done_callback(lambda _: self._flights.pop(code, None))
        # Shielded: one person who leaves must not take the answer away from the others.
        quotes = await asyncio.shield(flight)
        return PriceAnswer(code, quotes, naver_link(code))

    async def _ask_all(self, code: str) -> tuple[PriceQuote, ...]:
        kept = [self._recall(source, code) for source in self._sources]
        tasks = {
            source.key: asyncio.create_task(_call(source, code), name=f"price-{source.key}")
            for source, quote in zip(self._sources, kept, strict=True)
            if quote is None
        }
        try:
            if tasks:
                await asyncio.wait(tasks.values(), timeout=self._deadline_s)
        finally:
            for task in tasks.values():
                self._let_go(task)
        return tuple(
            quote or self._outcome(source, code, tasks[source.key])
            for source, quote in zip(self._sources, kept, strict=True)
        )

    def _let_go(self, task: asyncio.Task[PriceQuote]) -> None:
        """Cancel a straggler without waiting: a source that ignores it holds nobody up."""
        if task.done():
            return
        task.cancel()
        self._stragglers.add(task)
        task.add_done_callback(self._straggler_ended)

    def _straggler_ended(self, task: asyncio.Task[PriceQuote]) -> None:
        self._stragglers.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.debug("%s failed after its deadline", task.get_name(), exc_info=task.exception())

    def _outcome(
        self, source: PriceSource, code: str, task: asyncio.Task[PriceQuote]
    ) -> PriceQuote:
        if not task.done():
            return _failed(source, code, SourceState.SLOW)
        if task.cancelled():
            log.error("price source %s cancelled itself", source.key)
            return _failed(source, code, SourceState.DOWN)
        error = task.exception()
        if error is not None:
            log.error("price source %s failed", source.key, exc_info=error)
            return _failed(source, code, SourceState.DOWN)
        quote = task.result()
        self._keep(source, code, quote)
        return quote

    def _recall(self, source: PriceSource, code: str) -> PriceQuote | None:
        kept = self._kept.get((source.key, code))
        return kept.quote if kept is not None and self._clock() < kept.good_until else None

    def _keep(self, source: PriceSource, code: str, quote: PriceQuote) -> None:
        lifetime_s = self._lifetimes_s.get(source.key, 0.0)
        if lifetime_s <= 0 or quote.state not in _WORTH_KEEPING:
            return
        # Out and in again, so that the first entry is always the oldest.
        self._kept.pop((source.key, code), None)
        self._kept[source.key, code] = _Kept(quote, self._clock() + lifetime_s)
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]


async def _call(source: PriceSource, code: str) -> PriceQuote:
    """A task of its own, so that whatever `quote` does while it is called is contained too."""
    return await source.quote(code)


def _failed(source: PriceSource, code: str, state: SourceState) -> PriceQuote:
    return PriceQuote(code, source.key, source.name, state, datetime.now(UTC))
