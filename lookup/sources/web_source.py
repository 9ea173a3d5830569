"""What every source on the web shares: its manners towards the service, and its trouble as a state.

Each call waits for its turn (calls per second), is left out while the service rests after failures
in a row (circuit breaker), is counted in the quota book, and is tried once more where that helps.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from asyncio import timeout
from dataclasses import replace
from datetime import datetime

from aiolimiter import AsyncLimiter
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from lookup.errors import (
    BookUnreadable,
    QuotaSpent,
    ServiceRetired,
    SourceRests,
    SourceTrouble,
)
from lookup.sources.means import Means
from lookup.sources.quota import Quota, next_midnight
from lookup.sources.settings import SourceSettings
from lookup.types import Offer, PriceQuote, SourceState, Usage
from stylecode.grammar.normalise import key as code_key

log = logging.getLogger(__name__)

BACK_OFF_S = 0.5  # the longest wait before the second try; half of it on average


class WebSource(ABC):
    """A price source on the web; subclasses make one call in `_ask_once`.

    A retired service is remembered and never asked again; a spent quota until it starts anew.
    """

    key: str
    name: str

    def __init__(self, quota: Quota, settings: SourceSettings, means: Means) -> None:
        self.kept_s = settings.kept_s
        self._calls_per_s = settings.calls_per_s
        self._quota = quota
        self._session = means.session
        self._manners = means.manners
        self._book = means.book
        self._now = means.now
        self._limiter: AsyncLimiter | None = None
        self._breakers = AsyncCircuitBreakerFactory(
            self._manners.failures,
            self._manners.rest_s,
            exclude=[(SourceTrouble, lambda trouble: not trouble.ill)],
        )
        self._retired = False
        self._quota_until: datetime | None = None
        self._told: SourceState | None = None
        self._resting = False
        self._ill = SourceState.DOWN  # what it rests from

    @abstractmethod
    async def _ask_once(self, code: str) -> tuple[Offer, ...]:
        """Offers for one code by one call, cheapest first. Raises `SourceTrouble`."""

    @property
    def resting(self) -> bool:
        """Whether the last question found the service resting after failures in a row."""
        return self._resting

    async def quote(self, code: str) -> PriceQuote:
        """Ask for one code, within the manners' deadline. Never raises."""
        known = self._known_state(code)
        if known is not None:
            return self._quote(code, known)
        try:
            async with timeout(self._manners.deadline_s):
                offers = await self._ask(code)
        except TimeoutError:
            self._tell(SourceState.SLOW, f"no answer in {self._manners.deadline_s} s")
            return self._quote(code, SourceState.SLOW)
        except SourceTrouble as trouble:
            self._remember(trouble)
            return self._quote(code, trouble.state)
        self._told = None
        return self._quote(code, SourceState.OK if offers else SourceState.EMPTY, offers)

    async def usage(self) -> Usage:
        """What is used of the quota in this period. Raises what the book raises."""
        now = self._now()
        used = await self._book.used(self._quota.bucket, self._quota.named(now))
        return replace(used, limit=self._quota.calls, gone=self._quota.gone(now))

    async def _ask(self, code: str) -> tuple[Offer, ...]:
        tries = AsyncRetrying(
            stop=stop_after_attempt(self._manners.tries),
            wait=wait_random_exponential(multiplier=BACK_OFF_S, max=BACK_OFF_S),
            retry=retry_if_exception(lambda e: isinstance(e, SourceTrouble) and e.again),
            reraise=True,
        )
        return await tries(self._ask_politely, code)

    async def _ask_politely(self, code: str) -> tuple[Offer, ...]:
        """One call with all manners."""
        if self._limiter is None:  # a limiter belongs to the loop it is first used in
            self._limiter = AsyncLimiter(max(1.0, self._calls_per_s), 1.0)
        await self._limiter.acquire()
        breaker = await self._breakers.get_breaker(self.key, exclude=[])
        try:
            async with breaker:
                self._resting = False
                await self._count()
                # Being cut off in here by a deadline counts as a failure, too.
                return await self._ask_once(code)
        except OpenedState:
            self._resting = True
            rest = f"left alone for {self._manners.rest_s:g} s after failures"
            raise SourceRests(rest, self._ill) from None

    async def _count(self) -> None:
        """Take one call from the quota. Raises `QuotaSpent` or `BookUnreadable`."""
        now = self._now()
        period = self._quota.named(now)
        try:
            if await self._book.take(self._quota.bucket, period, self._quota.calls, now):
                return
            used = await self._book.used(self._quota.bucket, period)
        except Exception as error:  # the book may be any database
            log.exception("calls of price source %s cannot be counted", self.key)
            raise BookUnreadable(f"quota book failed ({type(error).__name__})") from None
        told = used.spent_until is not None and now < used.spent_until
        until = used.spent_until if told and used.spent_until else self._quota.ends(now)
        self._quota_until = until
        raise QuotaSpent(f"{used.calls} calls used in {period}", until)

    async def _say_spent(self, text: str) -> QuotaSpent:
        """The error for a service's own "quota spent"; other processes hear of it by the book."""
        now = self._now()
        until = next_midnight(now, self._quota.zone)
        try:
            await self._book.spend(self._quota.bucket, self._quota.named(now), until)
        except Exception:  # this process knows; the others will hear it from the service
            log.exception("spent quota of price source %s cannot be written", self.key)
        return QuotaSpent(text, until)

    def _known_state(self, code: str) -> SourceState | None:
        """The answer where no call is needed."""
        if self._retired:
            return SourceState.RETIRED
        if self._quota_until is not None and self._now() < self._quota_until:
            return SourceState.QUOTA
        return None if code_key(code) else SourceState.EMPTY

    def _quote(self, code: str, state: SourceState, offers: tuple[Offer, ...] = ()) -> PriceQuote:
        until = self._quota_until if state is SourceState.QUOTA else None
        return PriceQuote(code, self.key, self.name, state, self._now(), offers, until)

    def _remember(self, trouble: SourceTrouble) -> None:
        """Keep what stays true beyond this question."""
        if isinstance(trouble, ServiceRetired):
            self._retired = True
        elif isinstance(trouble, QuotaSpent):
            self._quota_until = trouble.until
        elif isinstance(trouble, SourceRests):
            log.debug("price source %s: %s", self.key, trouble)  # its failures were told
            return
        elif trouble.ill:
            self._ill = trouble.state
        self._tell(trouble.state, str(trouble))

    def _tell(self, state: SourceState, text: str) -> None:
        """Warn the operator once per kind of trouble, until an answer is good again."""
        level = logging.DEBUG if state is self._told else logging.WARNING
        self._told = state
        log.log(level, "price source %s is %s: %s", self.key, state, text)
