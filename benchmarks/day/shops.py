"""The price services of a simulated day: real HTTP servers that fail in turn, and real sources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from benchmarks.stand_ins import elevenst, naver, serpapi
from bot.running.price_sources import CallBook, ShopRows
from lookup.service import PriceLookup
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.means import CallManners, Means
from lookup.sources.settings import SourceSettings
from lookup.types import PriceQuote, PriceSource
from storage.store import Store

# What goes wrong at which hour of the day in Korea, by service; otherwise it works.
TROUBLE = {
    "naver": {2: "broken", 6: "slow", 9: "per_second", 12: "dropped", 15: "html", 21: "slow"},
    "elevenst": {3: "broken", 7: "slow", 10: "broken_200", 13: "truncated", 16: "cut", 21: "slow"},
    "serpapi": {
        4: "unavailable",
        8: "slow",
        11: "throughput",
        14: "html",
        17: "nothing",
        21: "slow",
    },
}
_SLOW_S, _DEADLINE_S, _TOTAL_S = 1.6, 0.3, 1.2  # instead of 8 s in all: the day is compressed
_MANNERS = CallManners(deadline_s=_TOTAL_S, rest_s=0.5)
_CALLS_PER_S = 400.0


class ElevenStreet(elevenst.FakeElevenStreet):
    """Sells every code, at a price of its own."""

    fallen = False

    def found(self, code: str) -> bytes:
        """The answer for a code."""
        price = fallen_price(code) if self.fallen else price_of(code) + 3_000
        return elevenst.answer([elevenst.product(f"운동화 {code}", str(price))])


class SerpApi(serpapi.FakeSerpApi):
    """Sells every code, a little dearer."""

    fallen = False

    def found(self, code: str) -> bytes:
        """The answer for a code."""
        price = fallen_price(code) if self.fallen else price_of(code) + 5_000
        row = serpapi.google_row(1, f"운동화 {code}", f"₩{price:,}")
        self.rows["google_shopping"] = [row]
        return super().found(code)


@dataclass(slots=True)
class Shops:
    """The services, and the look-up over them."""

    naver: naver.FakeNaver
    elevenst: ElevenStreet
    serpapi: SerpApi
    lookup: PriceLookup
    quotas: dict[str, int]
    codes: tuple[str, ...]

    def hour(self, hour: int, *, fallen: bool) -> None:
        """What is wrong now, and whether all prices have fallen to the same one."""
        if fallen and not self.elevenst.fallen:
            self.elevenst.fallen = self.serpapi.fallen = True
            self.naver.items = [
                naver.item(f"운동화 {each}", str(fallen_price(each))) for each in self.codes
            ]
        for name, trouble in TROUBLE.items():
            getattr(self, name).always = trouble.get(hour, "")

    def calls(self) -> dict[str, int]:
        """How many calls each service got."""
        return {name: len(getattr(self, name).queries) for name in TROUBLE}

    def refusals(self) -> int:
        """How many of them it found wrong."""
        return sum(len(getattr(self, name).refusals) for name in TROUBLE)


def price_of(code: str) -> int:
    """The lowest price of a code in won."""
    return 60_000 + sum(map(ord, code)) % 90 * 1_000


def fallen_price(code: str) -> int:
    """What it costs everywhere in the evening."""
    return price_of(code) - 10_000


@asynccontextmanager
async def open_shops(
    store: Store,
    codes: tuple[str, ...],
    quotas: dict[str, int],
    now: Callable[[], datetime],
    heard: Callable[[PriceQuote], None],
) -> AsyncIterator[Shops]:
    """All services, and a look-up whose quotas are counted in the store."""
    items = [naver.item(f"운동화 {code}", str(price_of(code))) for code in codes]
    services = naver.FakeNaver(items), ElevenStreet(), SerpApi()
    async with AsyncExitStack() as stack:
        for service in services:
            service.slow_s = _SLOW_S
            await stack.enter_async_context(service)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        means = Means(session, _MANNERS, CallBook(store.price_calls), now)
        sources: list[PriceSource] = [
            *_web_sources(*services, quotas, means),
            CatalogueSource(ShopRows(store.catalogue)),
        ]
        yield Shops(*services, _lookup(sources, now, heard), quotas, codes)


def _web_sources(
    first: naver.FakeNaver,
    second: ElevenStreet,
    third: SerpApi,
    quotas: dict[str, int],
    means: Means,
) -> Iterator[PriceSource]:
    often = {"calls_per_s": _CALLS_PER_S}
    told: tuple[SourceSettings, ...] = (
        first.settings(calls_a_day=quotas["naver"], **often),
        second.settings(calls_a_day=quotas["elevenst"], **often),
        third.settings(calls_a_month=quotas["serpapi"], engines="google_shopping", **often),
    )
    for each in told:
        yield from each.open(means)


def _lookup(
    sources: Sequence[PriceSource],
    now: Callable[[], datetime],
    heard: Callable[[PriceQuote], None],
) -> PriceLookup:
    def clock() -> float:
        return now().timestamp()

    return PriceLookup(sources, _DEADLINE_S, total_s=_TOTAL_S, clock=clock, heard=heard)
