"""One question to several sources under way; any number of people may wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from lookup.judging.merge import fair_over, merged
from lookup.link import naver_link
from lookup.stopping import asked_to_stop
from lookup.types import PriceAnswer, PriceQuote, PriceSource, SourceState

log = logging.getLogger(__name__)

Landed = Callable[[PriceSource, PriceQuote], None]


class Flight:
    """Asks `sources` for `code` side by side; `known` are quotes that need no asking.

    `first` is done once all have answered or `deadline_s` is over; those still under way go on
    until `total_s` is over, then they are cancelled without waiting for them. `landed` is told
    each answer.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- what a question is made of
        self,
        code: str,
        sources: Sequence[PriceSource],
        known: Mapping[str, PriceQuote],
        landed: Landed,
        deadline_s: float,
        total_s: float,
    ) -> None:
        self.code = code
        self._sources = tuple(sources)
        self._known = dict(known)
        self._landed = landed
        self._left_s = max(0.0, total_s - deadline_s)
        self._over = False
        self._tasks = {
            source.key: asyncio.create_task(self._ask(source), name=f"price-{source.key}")
            for source in sources
            if source.key not in known
        }
        self.first = asyncio.create_task(self._until(deadline_s))
        self.whole = asyncio.create_task(self._until_all())

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self._over or (self.first.done() and not self._under_way())

    def answer(self) -> PriceAnswer:
        """What is known by now; a source that has not answered is SLOW."""
        quotes = [self._quote(source) for source in self._sources]
        pending = () if self._over else tuple(self._under_way())
        return PriceAnswer(self.code, merged(quotes), naver_link(self.code), pending)

    def heard(self) -> tuple[PriceQuote, ...]:
        """What the sources that were asked say themselves, as far as its prices are fair."""
        quotes = [self._quote(source) for source in self._sources]
        fair = fair_over(quotes)
        return tuple(fair.within(quote) for quote in quotes if quote.source in self._tasks)

    async def news(self) -> None:
        """Wait until one more source has answered, or nothing more comes."""
        waited: list[asyncio.Task[PriceQuote] | asyncio.Task[None]] = [self.whole]
        waited += self._under_way().values()
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)

    def _under_way(self) -> dict[str, asyncio.Task[PriceQuote]]:
        return {key: task for key, task in self._tasks.items() if not task.done()}

    async def _until(self, deadline_s: float) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=deadline_s)
        if not self._left_s:
            self._let_go()

    async def _until_all(self) -> None:
        try:
            await asyncio.wait([self.first])
            if under_way := self._under_way():
                await asyncio.wait(under_way.values(), timeout=self._left_s)
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """Cancel stragglers without waiting: a source that ignores it holds nobody up."""
        self._over = True
        for task in self._under_way().values():
            task.cancel()

    def _quote(self, source: PriceSource) -> PriceQuote:
        if source.key in self._known:
            return self._known[source.key]
        task = self._tasks[source.key]
        if not task.done() or task.cancelled():
            return _failed(source, self.code, SourceState.SLOW)
        return task.result()

    async def _ask(self, source: PriceSource) -> PriceQuote:
        """The source's quote; whatever it does instead of answering is DOWN."""
        try:
            quote = await source.quote(self.code)
        except asyncio.CancelledError:
            if self._over:
                self._landed(source, _failed(source, self.code, SourceState.SLOW))
                raise
            if asked_to_stop():  # the process ends in the middle of a question
                raise
            log.error("price source %s cancelled itself", source.key)
            quote = _failed(source, self.code, SourceState.DOWN)
        except Exception as error:
            if self._over:
                log.debug("%s failed after its deadline", source.key, exc_info=error)
            else:
                log.error("price source %s failed", source.key, exc_info=error)
            quote = _failed(source, self.code, SourceState.DOWN)
        self._landed(source, quote)
        return quote


def _failed(source: PriceSource, code: str, state: SourceState) -> PriceQuote:
    return PriceQuote(code, source.key, source.name, state, datetime.now(UTC))
