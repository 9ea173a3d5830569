"""All price sources asked at the same time; one answer, whatever happens to any of them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace

from cachetools import TLRUCache

from lookup.flight import Flight
from lookup.types import (
    MeteredSource,
    PriceAnswer,
    PriceQuote,
    PriceSource,
    SourceState,
    SourceStatus,
    Usage,
)
from stylecode.grammar.normalise import display
from stylecode.grammar.normalise import key as code_key

log = logging.getLogger(__name__)

MOST_KEPT_ANSWERS = 2_000
"""Of single sources, over all codes."""
MOST_CHECKED = 5
"""Codes checked for one reading."""

_FOR_PEOPLE = 0.2  # of a quota is left alone by checks of codes that nobody asked prices for
_WORTH_KEEPING = frozenset({SourceState.OK, SourceState.EMPTY})


class PriceLookup:
    """Asks `sources` side by side; works with none.

    A source has `deadline_s` seconds until an answer is shown without it, and `total_s` (at least
    the deadline, which it is by default) until it is given up. Its answer is kept as long as it
    says itself, by `clock` (seconds). The same code asked twice at once is asked of the sources
    once. `heard` is told what each source said, once all have: what is a fair price is seen by all
    of them. It must neither raise nor take long. Raises `ValueError` when made with two sources of
    one key.
    """

    def __init__(
        self,
        sources: Sequence[PriceSource],
        deadline_s: float = 2.5,
        *,
        total_s: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        heard: Callable[[PriceQuote], None] | None = None,
    ) -> None:
        keys = [source.key for source in sources]
        if len(set(keys)) != len(keys):
            raise ValueError(f"price sources with the same key: {keys}")
        self._sources = tuple(sources)
        self._deadline_s = deadline_s
        self._total_s = max(deadline_s, total_s or deadline_s)
        kept_s = {source.key: source.kept_s for source in sources}
        self._kept: TLRUCache[tuple[str, str], PriceQuote] = TLRUCache(
            MOST_KEPT_ANSWERS, lambda name, _, now: now + kept_s[name[0]], clock
        )
        self._flights: dict[str, Flight] = {}
        self._checks: dict[str, Flight] = {}
        self._answers: Counter[tuple[str, SourceState]] = Counter()
        self._last: dict[str, PriceQuote] = {}
        self._heard = heard

    async def quote(self, code: str) -> PriceAnswer:
        """All sources' quotes in the order of the sources, and the link. Never raises."""
        flight = self._flight(_spelt(code))
        # Shielded: one person who leaves must not take the answer away from the others.
        await asyncio.shield(flight.first)
        return _as_asked(flight.answer(), code)

    async def follow(self, code: str) -> AsyncGenerator[PriceAnswer, None]:
        """What `quote` answers, then the answer again each time a late source has answered.

        Ends when no source is under way any more. Never raises; may be left at any time.
        """
        flight = self._flight(_spelt(code))
        await asyncio.shield(flight.first)
        shown = flight.answer()
        yield _as_asked(shown, code)
        while shown.pending:
            await flight.news()
            answer = flight.answer()
            if answer.quotes != shown.quotes and _tells_more(answer, shown):
                yield _as_asked(answer, code)
            shown = answer

    async def knows(
        self, codes: Sequence[str], deadline_s: float | None = None
    ) -> Mapping[str, bool | None]:
        """Whether each of the first few codes is on sale: True, False, or None where nobody knows.

        What was answered lately counts first; then sources are asked, as far as the check leaves
        enough of their quota for people's own questions. A shop's own catalogue without the code
        says nothing. Takes at most `deadline_s` seconds. Never raises.
        """
        wanted = list(dict.fromkeys(code.strip() for code in codes))[:MOST_CHECKED]
        found = await asyncio.gather(
            *(self._known(code, deadline_s, len(wanted)) for code in wanted)
        )
        return dict(zip(wanted, found, strict=True))

    async def check(self, code: str) -> PriceAnswer:
        """What the sources say that can be asked without hurry; nobody is waiting for it.

        A source with a quota is asked only while all of its calls so far lie below the part of the
        quota that the day (or month) has come to, so that checks are spread over it and a fifth is
        left for people's own questions. Waits for slow sources. Never raises.
        """
        spelt = _spelt(code)
        flight = self._flights.get(spelt)
        if flight is None or flight.over:
            sources = [source for source in self._sources if await self._has_time(source, spelt)]
            flight = self._take_off(spelt, sources, self._checks)
        await asyncio.wait([flight.whole])
        return _as_asked(flight.answer(), code)

    async def status(self) -> tuple[SourceStatus, ...]:
        """How each source is doing, in their order. Never raises."""
        return tuple([await self._status(source) for source in self._sources])

    def _flight(self, code: str) -> Flight:
        flight = self._flights.get(code)
        if flight is None or flight.over:
            flight = self._take_off(code, self._sources, self._flights)
        return flight

    def _take_off(
        self, code: str, sources: Sequence[PriceSource], flights: dict[str, Flight]
    ) -> Flight:
        kept = {source.key: self._kept.get((source.key, code)) for source in sources}
        known = {key: quote for key, quote in kept.items() if quote is not None}
        flight = Flight(code, sources, known, self._landed, self._deadline_s, self._total_s)
        flights[code] = flight
        flight.whole.add_done_callback(lambda _: self._ended(flights, flight))
        return flight

    def _landed(self, source: PriceSource, quote: PriceQuote) -> None:
        self._answers[source.key, quote.state] += 1
        self._last[source.key] = quote
        if quote.state in _WORTH_KEEPING and source.kept_s > 0:
            self._kept[source.key, quote.code] = quote

    def _ended(self, flights: dict[str, Flight], flight: Flight) -> None:
        if flights.get(flight.code) is flight:
            del flights[flight.code]
        if self._heard is not None:
            for quote in flight.heard():
                self._heard(quote)

    async def _known(self, code: str, deadline_s: float | None, calls: int) -> bool | None:
        code = _spelt(code)
        kept = [self._kept.get((source.key, code)) for source in self._sources]
        if any(quote is not None and quote.sells for quote in kept):
            return True
        flight = self._flights.get(code) or self._checks.get(code)
        if flight is None or flight.over:
            sources = [source for source in self._sources if await self._may_check(source, calls)]
            flight = self._take_off(code, sources, self._checks)
        await asyncio.wait([flight.first], timeout=deadline_s)
        return self._verdict(flight.answer().quotes)

    def _verdict(self, quotes: Sequence[PriceQuote]) -> bool | None:
        states = {quote.source: quote.state for quote in quotes}
        if any(quote.sells for quote in quotes):
            return True
        web = {source.key for source in self._sources if isinstance(source, MeteredSource)}
        asked = [states[key] for key in web & set(states)]
        return False if SourceState.EMPTY in asked else None

    async def _may_check(self, source: PriceSource, calls: int) -> bool:
        if not isinstance(source, MeteredSource):
            return True
        usage = await _usage(source)
        if usage is None or source.resting:
            return False
        return usage.left is None or usage.left - calls >= _FOR_PEOPLE * usage.limit

    async def _has_time(self, source: PriceSource, code: str) -> bool:
        if not isinstance(source, MeteredSource) or (source.key, code) in self._kept:
            return True
        usage = await _usage(source)
        if usage is None or source.resting:
            return False
        due = usage.limit * (1 - _FOR_PEOPLE) * usage.gone
        return not usage.limit or usage.calls + 1 <= due

    async def _status(self, source: PriceSource) -> SourceStatus:
        last = self._last.get(source.key)
        status = SourceStatus(
            source.key,
            source.name,
            last.state if last else None,
            last.fetched_at if last else None,
            {state: self._answers[source.key, state] for state in SourceState},
        )
        if isinstance(source, MeteredSource):
            return replace(status, usage=await _usage(source), resting=source.resting)
        return status


def _spelt(code: str) -> str:
    """The code as its brand prints it, so that "dd1391 100" is the same question."""
    return display(code) if code_key(code) else code.strip()


def _as_asked(answer: PriceAnswer, code: str) -> PriceAnswer:
    return replace(answer, code=code.strip())


def _tells_more(answer: PriceAnswer, shown: PriceAnswer) -> bool:
    """Whether a source that was SLOW before says something now."""
    states = {quote.source: quote.state for quote in shown.quotes}
    return any(states.get(quote.source) != quote.state for quote in answer.quotes)


async def _usage(source: MeteredSource) -> Usage | None:
    try:
        return await source.usage()
    except Exception:  # the book may be any database
        log.exception("the quota book cannot be read")
        return None
